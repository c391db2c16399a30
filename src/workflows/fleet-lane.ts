import type { KnownBase } from '../bases/identify-base.ts';
import { FootingError } from '../model/errors.ts';
import type { FleetEntry } from '../model/fleet.ts';
import type { Host } from '../model/host.ts';
import type { FleetRequest } from './fleet-worker.ts';
import type { Session } from './session.ts';

/** One image that has to be read. */
export interface Job {
	readonly reference: string;
	/** DiffIDs of its layers; what two images share is read once. */
	readonly layers: readonly string[];
}

/** Threads that read images, one image at a time each; started when there is work, at most one for each processor. */
export interface Lanes {
	read(job: Job): Promise<FleetEntry>;
	stop(): Promise<void>;
}

interface Waiting extends Job {
	readonly resolve: (entry: FleetEntry) => void;
}

export function openLanes(session: Session, named: readonly KnownBase[], whole: boolean): Lanes {
	const { host, ...open } = session;
	const queue: Waiting[] = [];
	const idle: Thread[] = [];
	const all = new Set<Thread>();
	/** Layers that a thread is reading right now. */
	const reading = new Set<string>();
	const known = new Set<string>();
	let stopped = false;

	const pump = (): void => {
		for (;;) {
			const at = queue.findIndex(({ layers }) => !layers.some((layer) => reading.has(layer)));
			if (stopped || at === -1 || (idle.length === 0 && all.size >= host.cores)) return;
			const [job] = queue.splice(at, 1) as [Waiting];
			const thread = idle.pop() ?? startThread(host);
			all.add(thread);
			void run(thread, job);
		}
	};
	const run = async (thread: Thread, job: Waiting): Promise<void> => {
		const mine = job.layers.filter((layer) => !known.has(layer));
		for (const layer of mine) reading.add(layer);
		try {
			const request: FleetRequest = { reference: job.reference, session: open, named, whole };
			job.resolve(await thread.ask(request));
			for (const layer of mine) known.add(layer);
			idle.push(thread);
		} catch (error) {
			// the thread is gone, with it the image that it had no memory for; the others go on in another one
			all.delete(thread);
			job.resolve({ reference: job.reference, failed: { code: 'internal', message: `cannot read it: ${(error as Error).message}` } });
		}
		for (const layer of mine) reading.delete(layer);
		pump();
	};
	return {
		read: (job) =>
			new Promise((resolve) => {
				queue.push({ ...job, resolve });
				pump();
			}),
		stop: async () => {
			// a thread that is ended answers its image with a failure, after which nothing may begin
			stopped = true;
			await Promise.all([...all].map((thread) => thread.stop()));
		},
	};
}

interface Thread {
	/** One request at a time. */
	ask(request: FleetRequest): Promise<FleetEntry>;
	stop(): Promise<void>;
}

function startThread(host: Host): Thread {
	const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
	const port = host.startWorker(new URL(`./fleet-worker.${extension}`, import.meta.url));
	let waiting: { readonly resolve: (entry: FleetEntry) => void; readonly reject: (error: Error) => void } | undefined;
	port.onMessage((message) => waiting?.resolve(message as FleetEntry));
	port.onFailure((error) => waiting?.reject(error));
	return {
		ask: (request) =>
			new Promise((resolve, reject) => {
				waiting = { resolve, reject };
				port.post(request);
			}),
		stop: () => port.stop(),
	};
}

/** What can be expected of an image is an entry; a defect of ours is one too, the others are not its fault. */
export function failureEntry(reference: string, error: unknown): FleetEntry {
	const code = error instanceof FootingError ? error.code : 'internal';
	return { reference, failed: { code, message: error instanceof Error ? error.message : String(error) } };
}
