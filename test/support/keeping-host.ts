import { createHost } from '../../src/host/create-host.ts';
import type { Host } from '../../src/model/host.ts';

/** A host that keeps results in memory and notes which local files were opened. */
export interface KeepingHost extends Host {
	readonly kept: Map<string, Uint8Array>;
	readonly opened: string[];
}

export function keepingHost(build = 'one'): KeepingHost {
	const host = createHost();
	const kept = new Map<string, Uint8Array>();
	const opened: string[] = [];
	return {
		...host,
		build,
		disk: {
			...host.disk,
			open: async (path, options) => {
				opened.push(path);
				return host.disk.open(path, options);
			},
		},
		cache: { get: async (key) => kept.get(key), put: async (key, bytes) => void kept.set(key, bytes) },
		kept,
		opened,
	};
}
