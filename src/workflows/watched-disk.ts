import { FootingError } from '../model/errors.ts';
import type { Disk } from '../model/host.ts';

/** A disk that notes whether reading went wrong. */
export interface WatchedDisk {
	readonly disk: Disk;
	/** Something could not be read for another reason than its size: what was found out may be wrong another day. */
	failed(): boolean;
}

export function watchedDisk(disk: Disk): WatchedDisk {
	let failed = false;
	const noted = async <T>(reading: Promise<T>): Promise<T> => {
		try {
			return await reading;
		} catch (error) {
			if (!(error instanceof FootingError && error.code === 'limit')) failed = true;
			throw error;
		}
	};
	return {
		failed: () => failed,
		disk: {
			...disk,
			readFile: (path, limit, options) => noted(disk.readFile(path, limit, options)),
			stat: (path, options) => noted(disk.stat(path, options)),
			readLink: (path) => noted(disk.readLink(path)),
			list: (directory) => noted(disk.list(directory)),
			async open(path, options) {
				const file = await noted(disk.open(path, options));
				return { ...file, read: (position, length, into) => noted(file.read(position, length, into)) };
			},
		},
	};
}
