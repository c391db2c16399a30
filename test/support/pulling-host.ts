import { createNetwork } from '../../src/host/network.ts';
import type { Host } from '../../src/model/host.ts';
import { type DiskEntry, hostWithDisk } from './disk.ts';

/** A host that pulls over the real network of this machine; it writes down how long it was told to sleep and goes on at once. */
export interface PullingHost extends Host {
	/** Milliseconds of each sleep. */
	readonly slept: number[];
	/** Moves the clock on. */
	pass(ms: number): void;
}

export function pullingHost(
	options: {
		readonly files?: Readonly<Record<string, DiskEntry>>;
		readonly env?: Readonly<Record<string, string>>;
		readonly processes?: Host['processes'];
	} = {},
): PullingHost {
	const slept: number[] = [];
	let clock = Date.UTC(2026, 10, 25, 12);
	const base = hostWithDisk(options.files ?? {});
	return {
		...base,
		env: { HOME: '/home/user', ...options.env },
		network: createNetwork({}),
		processes: options.processes ?? base.processes,
		now: () => new Date(clock),
		sleep: async (ms) => {
			slept.push(ms);
			clock += ms;
		},
		slept,
		pass: (ms) => {
			clock += ms;
		},
	};
}
