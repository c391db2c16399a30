import { availableParallelism } from 'node:os';
import { isatty } from 'node:tty';
import type { Host } from '../model/host.ts';
import { buildIdentity } from './build.ts';
import { createCache } from './cache.ts';
import { createDisk } from './disk.ts';
import { beforeEnd } from './endings.ts';
import { logsLater, networkLater, processesLater } from './later.ts';
import { createSelf } from './self.ts';
import { sweepTemporaryFiles } from './temporary-files.ts';
import { startWorker } from './worker.ts';

export interface HostOptions {
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Where talk for the user goes; absent: nowhere. */
	readonly progress?: NonNullable<Host['progress']>;
	/** Directory for results that are kept between runs; absent: nothing is kept. */
	readonly cacheDirectory?: string;
	/** What other programs said is kept in the user's directory for state; else it is not kept. */
	readonly logs?: boolean;
}

/** The real world. The start also removes what an earlier process that was killed left in the directory for temporary files. */
export function createHost(options: HostOptions = {}): Host {
	const env = options.env ?? process.env;
	sweepTemporaryFiles();
	return {
		disk: createDisk(),
		network: networkLater(env),
		processes: processesLater(env),
		env,
		now: () => new Date(),
		sleep: async (ms, signal) => {
			const { setTimeout: wait } = await import('node:timers/promises');
			await wait(ms, undefined, signal === undefined ? {} : { signal });
		},
		cores: availableParallelism(),
		startWorker: (module) => startWorker(module, options.cacheDirectory),
		...(options.cacheDirectory === undefined ? {} : keeping(options.cacheDirectory)),
		...(options.logs === true ? { logs: logsLater(env) } : {}),
		self: createSelf(),
		beforeEnd,
		...(isatty(0) ? {} : { input: () => process.stdin }),
		...(options.progress === undefined ? {} : { progress: options.progress }),
	};
}

function keeping(directory: string): Pick<Host, 'cache' | 'build'> {
	const build = buildIdentity();
	return { cache: createCache(directory), ...(build === undefined ? {} : { build }) };
}
