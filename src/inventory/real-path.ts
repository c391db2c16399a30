import type { Rootfs } from '../model/rootfs.ts';

/**
 * Where a path that a database names really lies: links in its directories followed (merged `/usr`: `/bin/sh` is
 * `/usr/bin/sh`), the last component kept. Directories are looked up once each.
 */
export function realPaths(rootfs: Rootfs): (path: string) => string {
	const known = new Map<string, string>();
	const realDirectory = (directory: string): string => {
		let real = known.get(directory);
		if (real === undefined) {
			const entry = rootfs.resolve(directory);
			real = entry === undefined ? directory : entry.path;
			known.set(directory, real);
		}
		return real;
	};
	// lists name what is in one directory one after the other
	let last = '/';
	let lastReal = '/';
	return (path) => {
		const slash = path.lastIndexOf('/');
		if (slash !== last.length || !path.startsWith(last)) {
			last = slash <= 0 ? '/' : path.slice(0, slash);
			lastReal = realDirectory(last);
		}
		// a text that is put together anew has to be hashed anew, and most directories are where they are named
		if (lastReal === last && last !== '/') return path;
		return lastReal === '/' ? path.slice(slash) : lastReal + path.slice(slash);
	};
}
