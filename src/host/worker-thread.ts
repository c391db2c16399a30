import { parentPort, workerData } from 'node:worker_threads';
import type { Disk, Host } from '../model/host.ts';
import { createDisk } from './disk.ts';

/** A module that can be run in a worker thread. */
interface Served {
	serve(disk: Disk, host: () => Promise<Host>): (request: unknown) => Promise<unknown>;
}

interface Started {
	readonly module: string;
	readonly cacheDirectory?: string;
}

/** The world outside for this thread: it has one processor, since the other threads have the others. */
async function hostHere({ cacheDirectory }: Started): Promise<Host> {
	const { createHost } = await import('./create-host.ts');
	return { ...createHost(cacheDirectory === undefined ? {} : { cacheDirectory }), cores: 1 };
}

const port = parentPort;
if (port !== null) {
	const started = workerData as Started;
	const module = (await import(started.module)) as Served;
	const answer = module.serve(createDisk(), () => hostHere(started));
	let last: Promise<void> = Promise.resolve();
	port.on('message', (request: unknown) => {
		last = last.then(async () => port.postMessage(await answer(request)));
	});
}
