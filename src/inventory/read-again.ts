import type { BlindSpot } from '../model/package.ts';
import type { Entry, Rootfs } from '../model/rootfs.ts';

/** Larger files are not read whole. */
const maxBytes = 512 * 1024 * 1024;
/** Bodies that are in memory together; one alone may be larger. */
const together = 128 * 1024 * 1024;
/** Files that are read again: each pass over a layer has its price. */
const most = 64;

/**
 * Bodies of the few files that were too large to be kept while their layer streamed by, some at a time, and the blind spot when that
 * would be too much.
 */
export async function readAgain(
	rootfs: Rootfs,
	entries: readonly Entry[],
	use: (entry: Entry, body: Uint8Array) => void,
): Promise<readonly BlindSpot[]> {
	const read = entries.filter(({ size }) => size <= maxBytes).slice(0, most);
	for (let at = 0; at < read.length; ) {
		const batch: Entry[] = [];
		let bytes = 0;
		while (at < read.length && (batch.length === 0 || bytes + (read[at] as Entry).size <= together)) {
			bytes += (read[at] as Entry).size;
			batch.push(read[at++] as Entry);
		}
		const bodies = await rootfs.readMany(
			batch.map(({ path }) => path),
			{ limit: maxBytes },
		);
		for (const entry of batch) use(entry, bodies.get(entry.path) ?? new Uint8Array(0));
	}
	if (read.length === entries.length) return [];
	const left = entries.filter((entry) => !read.includes(entry));
	const names = left.slice(0, 3).map(({ path }) => path);
	return [
		{
			code: 'too-large',
			hides: ['packages'],
			message: `${left.length} files are too large, or too many, to be read for packages: ${names.join(', ')}`,
		},
	];
}
