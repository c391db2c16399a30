import type { TarSink } from '../formats/tar.ts';
import { FootingError } from '../model/errors.ts';
import type { Disk } from '../model/host.ts';
import type { Layer } from '../model/image.ts';
import { quote } from '../model/quote.ts';
import { type LayerPromise, LayerScan } from './scan-layer.ts';

/** Fits the second-level cache, so that a chunk is still warm when it is hashed, inflated and walked. */
const chunkSize = 256 * 1024;

/**
 * The bytes of a range of a local file; the next chunk is read while one is worked on. Two buffers take turns, so a chunk
 * is valid only until the next one is asked for: fresh ones for each would be garbage by the gigabyte.
 */
export async function* fileChunks(disk: Disk, path: string, offset: number, length: number, follow = true): AsyncGenerator<Uint8Array> {
	const file = await disk.open(path, { follow });
	const buffers = [new Uint8Array(Math.min(chunkSize, length)), new Uint8Array(Math.min(chunkSize, Math.max(0, length - chunkSize)))];
	const readAt = (at: number, turn: number): Promise<Uint8Array> | undefined => {
		if (at >= length) return undefined;
		const next = file.read(offset + at, Math.min(chunkSize, length - at), buffers[turn % 2]);
		// an abandoned read must not become an unhandled rejection
		next.catch(() => {});
		return next;
	};
	let pending: Promise<Uint8Array> | undefined;
	try {
		if (offset + length > file.size)
			throw new FootingError('truncated', `cannot read ${quote(path)}: it ends before byte ${offset + length}`);
		pending = readAt(0, 0);
		for (let at = 0, turn = 1; pending !== undefined; turn += 1) {
			const chunk: Uint8Array = await pending;
			if (chunk.length === 0) throw new FootingError('truncated', `cannot read ${quote(path)}: it became shorter while it was read`);
			at += chunk.length;
			pending = readAt(at, turn);
			yield chunk;
		}
	} finally {
		await pending?.catch(() => {});
		await file.close();
	}
}

/** Streams one layer that is stored as bytes through a sink; every promise is checked before this returns. */
export async function scanChunks(chunks: AsyncIterable<Uint8Array>, promise: LayerPromise, sink: TarSink): Promise<void> {
	const scan = new LayerScan(promise, sink);
	try {
		for await (const chunk of chunks) await scan.write(chunk);
		await scan.end();
	} finally {
		scan.close();
	}
}

export function layerChunks(disk: Disk, layer: Layer): AsyncIterable<Uint8Array> {
	const body = layer.body;
	if (body.kind === 'file') return fileChunks(disk, body.path, body.offset, body.length);
	if (body.kind === 'stream') return body.open();
	throw new FootingError('internal', 'internal error: a directory is not read as a stream');
}

export function promiseOf(layer: Layer, index: number, count: number): LayerPromise {
	return {
		digest: layer.digest,
		diffId: layer.diffId,
		size: layer.body.kind === 'tree' ? undefined : layer.size,
		name: `layer ${index + 1} of ${count}`,
	};
}
