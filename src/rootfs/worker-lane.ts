import { type ErrorCode, FootingError } from '../model/errors.ts';
import type { Host, WorkerPort } from '../model/host.ts';
import type { LayerBody } from '../model/image.ts';
import type { Interest } from '../model/rootfs.ts';
import type { LayerRecords } from './layer-records.ts';
import type { WorkerAnswer, WorkerRequest } from './layer-worker.ts';
import type { LayerPromise } from './scan-layer.ts';

/** Bytes of a streamed layer travel in pieces of at least this size: each message costs as much as hashing 20 KB. */
const pieceSize = 256 * 1024;

/** Pieces on their way at a time; the stream waits for the worker beyond that, so memory does not grow. */
const piecesAhead = 4;

/** The other thread. Requests are answered in order. */
export interface LayerWorker {
	file(body: LayerBody & { readonly kind: 'file' }, promise: LayerPromise, interest: Interest): Promise<LayerRecords>;
	stream(chunks: AsyncIterable<Uint8Array>, promise: LayerPromise, interest: Interest): Promise<LayerRecords>;
	stop(): Promise<void>;
}

export function startLayerWorker(host: Host): LayerWorker {
	const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
	const port = host.startWorker(new URL(`./layer-worker.${extension}`, import.meta.url));
	const ask = askInOrder(port);
	return {
		file: async ({ path, offset, length }, promise, interest) =>
			recordsOf(await ask({ type: 'file', path, offset, length, promise, interest })),
		async stream(chunks, promise, interest) {
			expectReady(await ask({ type: 'open', promise, interest }));
			const ahead: Promise<WorkerAnswer>[] = [];
			for await (const bytes of pieces(chunks)) {
				const answer = ask({ type: 'chunk', bytes }, [bytes.buffer]);
				// the answer is looked at later; until then its failure is nobody's
				answer.catch(() => {});
				ahead.push(answer);
				if (ahead.length >= piecesAhead) expectReady(await (ahead.shift() as Promise<WorkerAnswer>));
			}
			for (const answer of ahead) expectReady(await answer);
			return recordsOf(await ask({ type: 'end' }));
		},
		stop: () => port.stop(),
	};
}

type Ask = (request: WorkerRequest, transfer?: readonly ArrayBuffer[]) => Promise<WorkerAnswer>;

function askInOrder(port: WorkerPort): Ask {
	const waiting: { readonly resolve: (answer: WorkerAnswer) => void; readonly reject: (error: Error) => void }[] = [];
	let failure: Error | undefined;
	port.onMessage((message) => waiting.shift()?.resolve(message as WorkerAnswer));
	port.onFailure((error) => {
		failure = error;
		for (const one of waiting.splice(0)) one.reject(error);
	});
	return (request, transfer) =>
		new Promise((resolve, reject) => {
			if (failure !== undefined) {
				reject(failure);
				return;
			}
			waiting.push({ resolve, reject });
			port.post(request, transfer);
		});
}

/** The same bytes in buffers of their own, which can be given away to the other thread. */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	let piece = new Uint8Array(pieceSize);
	let filled = 0;
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length; ) {
			const part = chunk.subarray(at, at + pieceSize - filled);
			piece.set(part, filled);
			filled += part.length;
			at += part.length;
			if (filled < pieceSize) continue;
			yield piece;
			piece = new Uint8Array(pieceSize);
			filled = 0;
		}
	}
	if (filled > 0) yield piece.slice(0, filled);
}

function expectReady(answer: WorkerAnswer): void {
	if (answer.type === 'failed') throw errorOf(answer);
}

function recordsOf(answer: WorkerAnswer): LayerRecords {
	if (answer.type === 'records') return answer.records;
	if (answer.type === 'failed') throw errorOf(answer);
	throw new FootingError('internal', 'internal error: the worker did not answer with records');
}

function errorOf(answer: WorkerAnswer & { readonly type: 'failed' }): FootingError {
	return new FootingError(answer.code as ErrorCode, answer.message, { hint: answer.hint });
}
