import type { Evidence } from '../model/evidence.ts';
import type { Item } from '../model/surface.ts';
import type { Scene } from './metric.ts';
import { baseName, type Program } from './program.ts';

/** Further names that are told one by one; an image of hard links has hundreds. */
const toldNames = 8;

/** A program as an item: what it is, its further names, its package. */
export function programItem(scene: Scene, program: Program, shows: string, name: string = baseName(program.entry.path)): Item {
	const owner = ownerOf(scene, program);
	const { path, layer, inode } = program.entry;
	// an applet has no version of its own
	const applet = program.is.some((i) => i.kind === 'many-in-one' && i.name !== name);
	const version = applet ? undefined : scene.versions.get(inode);
	return {
		name,
		path,
		...(version === undefined ? {} : { version }),
		because: [{ path, layer, shows }, ...furtherNames(program)],
		...(owner === undefined ? {} : { package: owner }),
	};
}

/** The package that owns any of its hard links. */
export function ownerOf(scene: Scene, program: Program): string | undefined {
	for (const name of program.names) {
		const owner = scene.inventory.owner(name);
		if (owner !== undefined && scene.rootfs.get(name)?.type === 'file') return owner.name;
	}
	return undefined;
}

function furtherNames(program: Program): readonly Evidence[] {
	const others = program.names.slice(1);
	const told = others.slice(0, toldNames).map((path) => ({ path, shows: `another name of ${program.entry.path}` }));
	const rest = others.length - told.length;
	return rest === 0 ? told : [...told, { path: program.entry.path, shows: `${rest} more names` }];
}
