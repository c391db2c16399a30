import { FootingError } from '../model/errors.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** A file tree that notes whether reading went wrong. */
export interface Watched {
	readonly rootfs: Rootfs;
	/** A body could not be read for another reason than its size: what follows from the tree may be wrong another day. */
	failed(): boolean;
}

/** Who asks for a body may go on without it; what was found out then is for this run alone. */
export function watched(rootfs: Rootfs): Watched {
	let failed = false;
	const read: Rootfs['readMany'] = async (paths, options) => {
		try {
			return await rootfs.readMany(paths, options);
		} catch (error) {
			if (!(error instanceof FootingError && error.code === 'limit')) failed = true;
			throw error;
		}
	};
	return {
		failed: () => failed,
		rootfs: {
			layerCount: rootfs.layerCount,
			problems: rootfs.problems,
			get size() {
				return rootfs.size;
			},
			get: rootfs.get,
			resolve: rootfs.resolve,
			list: rootfs.list,
			entries: rootfs.entries,
			read: async (path, options) => (await read([path], options)).get(path),
			readMany: read,
			elf: rootfs.elf,
			shebang: rootfs.shebang,
			jar: rootfs.jar,
		},
	};
}
