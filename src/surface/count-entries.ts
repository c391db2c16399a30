import type { Entry } from '../model/rootfs.ts';
import type { Count, Item } from '../model/surface.ts';
import type { Scene, Tally } from './metric.ts';
import { baseName } from './program.ts';

/** Counts the names that `find` would print for a condition on type and mode; hard links are names of their own. */
export function countEntries(scene: Scene, wanted: (entry: Entry) => boolean, shows: (entry: Entry) => string): Tally<Count> {
	const items: Item[] = [];
	return {
		see(entry) {
			if (wanted(entry)) items.push(itemOf(scene, entry, shows(entry)));
		},
		finish: () => ({ count: items.length, items }),
	};
}

function itemOf(scene: Scene, entry: Entry, shows: string): Item {
	const owner = scene.inventory.owner(entry.path);
	return {
		name: baseName(entry.path),
		path: entry.path,
		because: [{ path: entry.path, layer: entry.layer, shows }],
		...(owner === undefined ? {} : { package: owner.name }),
	};
}

/** `mode 4755, owner 0:0` */
export function rights(entry: Entry): string {
	return `mode ${entry.mode.toString(8).padStart(4, '0')}, owner ${entry.uid}:${entry.gid}`;
}
