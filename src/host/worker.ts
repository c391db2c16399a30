import type { WorkerPort } from '../model/host.ts';

/**
 * Starts a thread that runs one of our modules. The module exports `serve(disk, host)`, which gives a function from request
 * to answer; requests are answered one at a time, in order. `host` makes a host of the thread's own with the same cache.
 */
export function startWorker(module: URL, cacheDirectory?: string): WorkerPort {
	const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
	// loaded here and not above: most runs start no thread
	const { Worker } = process.getBuiltinModule('node:worker_threads');
	const worker = new Worker(new URL(`./worker-thread.${extension}`, import.meta.url), {
		workerData: { module: module.href, ...(cacheDirectory === undefined ? {} : { cacheDirectory }) },
	});
	return {
		post: (message, transfer) => worker.postMessage(message, transfer === undefined ? [] : [...transfer]),
		onMessage: (listener) => {
			worker.on('message', listener);
		},
		onFailure: (listener) => {
			worker.on('error', listener);
			worker.on('exit', (code) => {
				if (code !== 0) listener(new Error(`the worker thread ended with code ${code}`));
			});
		},
		stop: async () => {
			await worker.terminate();
		},
	};
}
