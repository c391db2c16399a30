import { parentPort, workerData } from 'node:worker_threads';
import type { Disk } from '../model/host.ts';
import { createDisk } from './disk.ts';

/** A module that can be run in a worker thread. */
interface Served {
	serve(disk: Disk): (request: unknown) => Promise<unknown>;
}

const port = parentPort;
if (port !== null) {
	const module = (await import((workerData as { readonly module: string }).module)) as Served;
	const answer = module.serve(createDisk());
	let last: Promise<void> = Promise.resolve();
	port.on('message', (request: unknown) => {
		last = last.then(async () => port.postMessage(await answer(request)));
	});
}
