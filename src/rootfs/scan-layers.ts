import { type ErrorCode, FootingError } from '../model/errors.ts';
import type { Host, WorkerPort } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import type { Interest } from '../model/rootfs.ts';
import { LayerCollector } from './layer-collector.ts';
import type { LayerRecords } from './layer-records.ts';
import type { WorkerAnswer, WorkerRequest } from './layer-worker.ts';
import { scanDirectory } from './scan-directory.ts';
import { layerChunks, promiseOf, scanChunks } from './scan-source.ts';

/** Below this many stored bytes a worker thread is not worth its start (about 45 ms). */
const workerThreshold = 12 * 1024 * 1024;

/** Reads one layer; each lane has its own way. */
type Lane = (layer: Layer, index: number) => Promise<LayerRecords>;

/** The records of all layers of an image, lowest first; two are read at a time where there are two processors. */
export async function scanLayers(host: Host, image: Image, interest: Interest): Promise<readonly LayerRecords[]> {
	const layers = image.layers;
	const order = layers.map((_, index) => index).sort((a, b) => (layers[b] as Layer).size - (layers[a] as Layer).size || a - b);
	const stored = layers.reduce((sum, layer) => sum + (layer.body.kind === 'tree' ? 0 : layer.size), 0);
	const worker = host.cores > 1 && layers.length > 1 && stored >= workerThreshold ? startWorker(host) : undefined;
	const lanes: Lane[] = [hereLane(host, layers.length, interest)];
	if (worker !== undefined) lanes.unshift(workerLane(worker, host, layers.length, interest));
	const results: (LayerRecords | undefined)[] = layers.map(() => undefined);
	const state = { next: 0, done: 0, failed: false };
	const run = async (lane: Lane): Promise<void> => {
		for (let index = order[state.next++]; index !== undefined && !state.failed; index = order[state.next++]) {
			try {
				results[index] = await lane(layers[index] as Layer, index);
			} catch (error) {
				state.failed = true;
				throw error;
			}
			state.done += 1;
			host.progress?.(`read ${state.done} of ${layers.length} layers`);
		}
	};
	try {
		const ended = await Promise.allSettled(lanes.map(run));
		for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
	} finally {
		await worker?.stop();
	}
	return results as LayerRecords[];
}

function hereLane(host: Host, count: number, interest: Interest): Lane {
	return async (layer, index) => {
		const collector = new LayerCollector(interest, { whiteouts: layer.body.kind !== 'tree' });
		if (layer.body.kind === 'tree') await scanDirectory(host.disk, layer.body.directory, collector);
		else await scanChunks(layerChunks(host.disk, layer), promiseOf(layer, index, count), collector);
		return collector.records();
	};
}

interface Worker {
	ask(request: WorkerRequest): Promise<WorkerAnswer>;
	stop(): Promise<void>;
}

function startWorker(host: Host): Worker {
	const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
	const port: WorkerPort = host.startWorker(new URL(`./layer-worker.${extension}`, import.meta.url));
	let waiting: { readonly resolve: (answer: WorkerAnswer) => void; readonly reject: (error: Error) => void } | undefined;
	let failure: Error | undefined;
	port.onMessage((message) => waiting?.resolve(message as WorkerAnswer));
	port.onFailure((error) => {
		failure = error;
		waiting?.reject(error);
	});
	return {
		ask: (request) =>
			new Promise((resolve, reject) => {
				waiting = { resolve, reject };
				if (failure === undefined) port.post(request);
				else reject(failure);
			}),
		stop: () => port.stop(),
	};
}

function workerLane(worker: Worker, host: Host, count: number, interest: Interest): Lane {
	return async (layer, index) => {
		const promise = promiseOf(layer, index, count);
		const body = layer.body;
		if (body.kind === 'tree') return hereLane(host, count, interest)(layer, index);
		if (body.kind === 'file')
			return recordsOf(await worker.ask({ type: 'file', path: body.path, offset: body.offset, length: body.length, promise, interest }));
		expectReady(await worker.ask({ type: 'open', promise, interest }));
		for await (const bytes of body.open()) expectReady(await worker.ask({ type: 'chunk', bytes }));
		return recordsOf(await worker.ask({ type: 'end' }));
	};
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
