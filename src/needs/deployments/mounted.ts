import type { Mount } from '../../model/deployment.ts';
import type { Entry, Rootfs } from '../../model/rootfs.ts';

/** The mount that a path lies in: the innermost. */
export function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
	let found: Mount | undefined;
	for (const mount of mounts)
		if ((path === mount.at || path.startsWith(mount.at === '/' ? '/' : `${mount.at}/`)) && mount.at.length >= (found?.at.length ?? 0))
			found = mount;
	return found;
}

/** The tree without what mounts lie over. A file of the build context counts as there where the image has it too. */
export function mounted(rootfs: Rootfs, mounts: readonly Mount[]): Rootfs {
	if (mounts.every(({ content }) => content === 'image')) return rootfs;
	const hidden = (path: string): boolean => {
		const mount = mountAt(mounts, path);
		if (mount === undefined || mount.content === 'image') return false;
		return mount.content === 'context' ? mount.names?.has(path) !== true : path !== mount.at;
	};
	const shown = (entry: Entry | undefined): Entry | undefined => (entry === undefined || hidden(entry.path) ? undefined : entry);
	const resolve: Rootfs['resolve'] = (path, options) => (hidden(path) ? undefined : shown(rootfs.resolve(path, options)));
	return {
		layerCount: rootfs.layerCount,
		problems: rootfs.problems,
		size: rootfs.size,
		get: (path) => shown(rootfs.get(path)),
		resolve,
		list: (path) => rootfs.list(path).filter((name) => !hidden(path === '/' ? `/${name}` : `${path}/${name}`)),
		*entries() {
			for (const entry of rootfs.entries()) if (!hidden(entry.path)) yield entry;
		},
		read: async (path, options) => (resolve(path) === undefined ? undefined : rootfs.read(path, options)),
		readMany: (paths, options) =>
			rootfs.readMany(
				paths.filter((path) => resolve(path) !== undefined),
				options,
			),
		elf: (path) => (resolve(path) === undefined ? undefined : rootfs.elf(path)),
		shebang: (path) => (resolve(path) === undefined ? undefined : rootfs.shebang(path)),
		jar: (path) => (resolve(path) === undefined ? undefined : rootfs.jar(path)),
	};
}
