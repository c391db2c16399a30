import type { Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import { limits } from '../model/limits.ts';
import type { Interest } from '../model/rootfs.ts';
import { layerCache } from './layer-cache.ts';
import { LayerCollector } from './layer-collector.ts';
import type { LayerRecords } from './layer-records.ts';
import { checkRemembered } from './memory-budget.ts';
import { scanDirectory } from './scan-directory.ts';
import { layerChunks, promiseOf, scanChunks } from './scan-source.ts';
import { type LayerWorker, startLayerWorker } from './worker-lane.ts';

/** Below this many stored bytes a worker thread is not worth its start (about 45 ms). */
const workerThreshold = 12 * 1024 * 1024;

/** Reads one layer; each lane has its own way. */
type Lane = (layer: Layer, index: number) => Promise<LayerRecords>;

/** The records of all layers of an image, lowest first; two are read at a time where there are two processors. */
export async function scanLayers(host: Host, image: Image, interest: Interest): Promise<readonly LayerRecords[]> {
	const layers = image.layers;
	const cache = layerCache(host, interest);
	const account = imageAccount();
	const results: (LayerRecords | undefined)[] = [];
	for (const layer of layers) {
		const known = await cache?.get(layer);
		results.push(known === undefined ? undefined : account(known));
	}
	const unread = layers.map((_, index) => index).filter((index) => results[index] === undefined);
	const order = unread.sort((a, b) => (layers[b] as Layer).size - (layers[a] as Layer).size || a - b);
	const stored = order.reduce((sum, index) => sum + ((layers[index] as Layer).body.kind === 'tree' ? 0 : (layers[index] as Layer).size), 0);
	const worker = host.cores > 1 && order.length > 1 && stored >= workerThreshold ? startLayerWorker(host) : undefined;
	const lanes: Lane[] = [hereLane(host, layers.length, interest)];
	if (worker !== undefined) lanes.unshift(workerLane(worker, host, layers.length, interest));
	const state = { next: 0, done: layers.length - order.length, failed: false };
	const run = async (lane: Lane): Promise<void> => {
		for (let index = order[state.next++]; index !== undefined && !state.failed; index = order[state.next++]) {
			try {
				const records = await lane(layers[index] as Layer, index);
				results[index] = account(records);
				await cache?.put(layers[index] as Layer, records);
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

/** Adds up what the layers take together; bodies that are too much are let go, to be read again when they are asked for. */
function imageAccount(): (records: LayerRecords) => LayerRecords {
	let remembered = 0;
	let kept = 0;
	return (records) => {
		remembered += records.remembered;
		checkRemembered(remembered);
		let bytes = 0;
		for (const body of records.bodies.values()) bytes += body.length;
		if (kept + bytes > limits.keptBodies) return { ...records, bodies: new Map() };
		kept += bytes;
		return records;
	};
}

function hereLane(host: Host, count: number, interest: Interest): Lane {
	return async (layer, index) => {
		const collector = new LayerCollector(interest, { whiteouts: layer.body.kind !== 'tree' });
		if (layer.body.kind === 'tree') await scanDirectory(host.disk, layer.body.directory, collector);
		else await scanChunks(layerChunks(host.disk, layer), promiseOf(layer, index, count), collector);
		return collector.records();
	};
}

function workerLane(worker: LayerWorker, host: Host, count: number, interest: Interest): Lane {
	return async (layer, index) => {
		const promise = promiseOf(layer, index, count);
		const body = layer.body;
		if (body.kind === 'tree') return hereLane(host, count, interest)(layer, index);
		return body.kind === 'file' ? worker.file(body, promise, interest) : worker.stream(body.open(), promise, interest);
	};
}
