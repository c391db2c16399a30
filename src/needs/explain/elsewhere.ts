import type { Evidence } from '../../model/evidence.ts';
import type { Entry, Rootfs } from '../../model/rootfs.ts';
import { baseName } from '../application/stage-tree.ts';

const shown = 5;

/** Files of this name wherever they lie, at most five. */
export function elsewhere(rootfs: Rootfs, wanted: (name: string, entry: Entry) => boolean): readonly Entry[] {
	const found: Entry[] = [];
	for (const entry of rootfs.entries()) {
		if (entry.type === 'directory' || !wanted(baseName(entry.path), entry)) continue;
		found.push(entry);
		if (found.length === shown) break;
	}
	return found;
}

export const listed = (entries: readonly Entry[], shows: string): readonly Evidence[] =>
	entries.map(({ path, layer }) => ({ path, layer, shows }));

/** The deepest directory on the way to a path that is there. */
export function deepest(rootfs: Rootfs, path: string): string {
	let here = path;
	while (here !== '') {
		here = here.slice(0, here.lastIndexOf('/'));
		if (rootfs.resolve(here || '/') !== undefined) return here || '/';
	}
	return '/';
}
