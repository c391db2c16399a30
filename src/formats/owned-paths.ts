import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';

/** PATH_MAX of Linux: no process can name more. */
const longestPath = 4096;

/**
 * Joins directories and names of a package database that writes each directory once. A hostile one would make terabytes
 * of a few megabytes, so the characters of all paths together are limited. Undefined: longer than a path can be.
 * @throws FootingError `limit`
 */
export function ownedPaths(): (directory: string, name: string) => string | undefined {
	let total = 0;
	return (directory, name) => {
		const length = directory.length + name.length;
		if (length > longestPath) return undefined;
		total += length;
		if (total > limits.ownedPaths)
			throw new FootingError('limit', `cannot read the package database: it lists paths of more than ${limits.ownedPaths} characters`);
		return directory + name;
	};
}
