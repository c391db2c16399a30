import type { Item } from '../model/surface.ts';
import type { Scene } from './metric.ts';
import { baseName, type Program } from './program.ts';
import { programItem } from './program-item.ts';

/**
 * Programs known by a name or by their bytes: one item for each file. `nameOf` gives the plain name for a program's own
 * name, undefined when it is none of them.
 */
export function programsNamed(scene: Scene, nameOf: (name: string) => string | undefined): readonly Item[] {
	return scene.programs.flatMap((program) => {
		if (program.cannotStart !== undefined || program.kind !== 'elf') return [];
		const found = named(program, nameOf) ?? applet(scene, program, nameOf);
		return found === undefined ? [] : [programItem(scene, program, found.shows, found.name)];
	});
}

interface Named {
	readonly name: string;
	readonly shows: string;
}

function named(program: Program, nameOf: (name: string) => string | undefined): Named | undefined {
	const told = program.is.find((i) => nameOf(i.name) === i.name);
	if (told !== undefined) return { name: told.name, shows: `${told.name}: ${told.shows}` };
	for (const path of program.names) {
		const name = nameOf(baseName(path));
		if (name !== undefined && !program.is.some((i) => i.kind === 'many-in-one')) return { name, shows: `program named ${baseName(path)}` };
	}
	return undefined;
}

function applet(scene: Scene, program: Program, nameOf: (name: string) => string | undefined): Named | undefined {
	const found = scene.applets.get(program.entry.inode)?.find((a) => nameOf(a) !== undefined);
	return found === undefined ? undefined : { name: nameOf(found) ?? found, shows: `applet ${found} of BusyBox` };
}
