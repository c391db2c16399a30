import type { Rootfs } from '../model/rootfs.ts';

/**
 * Where a path that a database names really lies: links in its directories followed (merged `/usr`: `/bin/sh` is
 * `/usr/bin/sh`), the last component kept. Directories are looked up once each.
 */
export function realPaths(rootfs: Rootfs): (path: string) => string {
	const known = new Map<string, string>();
	return (path) => {
		const slash = path.lastIndexOf('/');
		const directory = slash <= 0 ? '/' : path.slice(0, slash);
		let real = known.get(directory);
		if (real === undefined) {
			const entry = rootfs.resolve(directory);
			real = entry === undefined ? directory : entry.path;
			known.set(directory, real);
		}
		return real === '/' ? path.slice(slash) : real + path.slice(slash);
	};
}
