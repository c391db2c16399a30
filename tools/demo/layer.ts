import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { encodePath } from '../../src/formats/path-text.ts';
import { member } from '../../test/support/tar.ts';
import type { Member } from './deb.ts';

/** A finished layer: a gzip blob in the layout. */
export interface LayerBlob {
	readonly digest: string;
	readonly diffId: string;
	/** Compressed bytes. */
	readonly size: number;
	readonly createdBy: string;
}

export interface LayerWriter {
	add(members: Iterable<Member>): Promise<void>;
	finish(): Promise<LayerBlob>;
}

/** Writes one layer into `blobs` as it goes: only one package is in memory at a time. Later members of one path are dropped. */
export function startLayer(blobs: string, createdBy: string): LayerWriter {
	const part = join(blobs, `part-${process.pid}`);
	const plain = createHash('sha256');
	const packed = createHash('sha256');
	const gzip = createGzip({ level: 1, chunkSize: 256 * 1024 });
	const file = createWriteStream(part);
	gzip.on('data', (chunk: Buffer) => packed.update(chunk));
	gzip.pipe(file);
	const seen = new Set(['/']);
	async function write(bytes: Uint8Array): Promise<void> {
		plain.update(bytes);
		if (!gzip.write(bytes)) await once(gzip, 'drain');
	}
	return {
		async add(members) {
			for (const one of members) {
				if (seen.has(one.path)) continue;
				seen.add(one.path);
				await write(header(one));
				if (one.body === undefined || one.body.length === 0) continue;
				await write(one.body);
				await write(padding.subarray(0, (512 - (one.body.length % 512)) % 512));
			}
		},
		async finish() {
			await write(new Uint8Array(1024));
			gzip.end();
			await finished(file);
			const digest = `sha256:${packed.digest('hex')}`;
			renameSync(part, join(blobs, digest.slice(7)));
			return { digest, diffId: `sha256:${plain.digest('hex')}`, size: statSync(join(blobs, digest.slice(7))).size, createdBy };
		},
	};
}

const flags = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;

const padding = new Uint8Array(512);

/** The header of a tar member; names that do not fit it get a PAX record. */
function header({ path, type, mode, uid = 0, gid = 0, link = '', body }: Member): Uint8Array {
	const name = type === 'directory' ? `${path.slice(1)}/` : path.slice(1);
	const target = type === 'hardlink' ? link.slice(1) : link;
	const pax = { ...(tooLong(name) ? { path: name } : {}), ...(tooLong(target) ? { linkpath: target } : {}) };
	return member({
		name,
		flag: flags[type],
		mode,
		uid,
		gid,
		link: target,
		size: body?.length ?? 0,
		...(Object.keys(pax).length === 0 ? {} : { pax }),
	});
}

function tooLong(name: string): boolean {
	return encodePath(name).length > 100;
}
