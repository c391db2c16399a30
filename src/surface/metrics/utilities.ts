import type { Evidence } from '../../model/evidence.ts';
import type { Item } from '../../model/surface.ts';
import type { Metric, Scene } from '../metric.ts';
import { baseName, type Program } from '../program.ts';
import { inProgramDirectory } from '../program-directory.ts';
import { ownerOf } from '../program-item.ts';
import { capabilities, utilities as table, utilityName } from '../utilities.ts';

interface Found {
	readonly path: string;
	readonly because: Evidence[];
	readonly package: string | undefined;
}

/**
 * Names of the table of utilities under which something can be started: each name once, wherever and however often it
 * lies. A name counts for an ELF program anywhere, for a script in a directory of programs, and for every applet that the
 * bytes of BusyBox list, with a link or without.
 */
export const utilities: Metric<'utilities'> = {
	title: 'utilities',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const found = new Map<string, Found>();
			for (const program of scene.programs) if (program.cannotStart === undefined) addProgram(scene, program, found);
			const items = [...found].map(([name, f]) => itemOf(name, f)).sort((a, b) => (a.name < b.name ? -1 : 1));
			return { count: items.length, byCapability: byCapability(items), items };
		},
	}),
};

function addProgram(scene: Scene, program: Program, found: Map<string, Found>): void {
	const manyInOne = program.is.find((i) => i.kind === 'many-in-one')?.name;
	const add = (name: string, evidence: Evidence): void => {
		const known = found.get(name);
		if (known === undefined) found.set(name, { path: evidence.path, because: [evidence], package: ownerOf(scene, program) });
		else if (known.because.length < 8) known.because.push(evidence);
	};
	for (const path of program.names) {
		const name = utilityName(baseName(path));
		if (name === undefined || (program.kind === 'script' && !inProgramDirectory(scene, path))) continue;
		add(name, { path, shows: whatItIs(program, path, manyInOne) });
	}
	if (manyInOne === undefined) return;
	for (const applet of scene.applets.get(program.entry.inode) ?? []) {
		if (!table.has(applet) || found.get(applet)?.because.some((e) => scene.rootfs.resolve(e.path)?.inode === program.entry.inode)) continue;
		add(applet, { path: program.entry.path, shows: `applet of ${manyInOne} without a link` });
	}
}

function whatItIs(program: Program, path: string, manyInOne: string | undefined): string {
	if (manyInOne !== undefined && baseName(path) !== manyInOne) return `applet of ${manyInOne} at ${program.entry.path}`;
	if (path !== program.entry.path) return `another name of ${program.entry.path}`;
	return program.kind === 'script' ? `script for ${program.interpreter ?? 'the kernel'}` : 'program';
}

/** Under the name that can be typed: where there is `python3` and no `python`, it is `python3`. */
function itemOf(name: string, found: Found): Item {
	const typed = found.because.map((e) => baseName(e.path)).filter((n) => utilityName(n) === name);
	const exact = found.because.some((e) => e.shows.startsWith('applet')) || typed.includes(name);
	return {
		name: exact ? name : (typed.sort((a, b) => a.length - b.length)[0] ?? name),
		path: found.path,
		because: found.because,
		capabilities: table.get(name) ?? [],
		...(found.package === undefined ? {} : { package: found.package }),
	};
}

function byCapability(items: readonly Item[]): Readonly<Record<string, number>> {
	const counts = Object.keys(capabilities).map((c): [string, number] => [c, items.filter((i) => i.capabilities?.includes(c)).length]);
	return Object.fromEntries(counts.filter(([, n]) => n > 0));
}
