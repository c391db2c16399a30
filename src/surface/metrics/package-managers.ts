import type { Item } from '../../model/surface.ts';
import type { Metric, Scene } from '../metric.ts';
import { managers } from '../package-managers.ts';
import { baseName, type Program } from '../program.ts';
import { inProgramDirectory } from '../program-directory.ts';
import { programItem } from '../program-item.ts';

/** Programs that bring further packages in, of the system and of languages: one item for each manager. */
export const packageManagers: Metric<'packageManagers'> = {
	title: 'package managers',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = managers.flatMap((m) => managerItem(scene, m.name, m.programs) ?? []);
			return { count: items.length, items };
		},
	}),
};

function managerItem(scene: Scene, name: string, programs: readonly string[]): Item | undefined {
	const wanted = new Set(programs);
	const found = scene.programs.flatMap((p) => (p.cannotStart === undefined ? startedAs(scene, p, wanted) : []));
	const first = found[0];
	if (first === undefined) return undefined;
	return {
		...programItem(scene, first.program, first.shows, name),
		because: found.map((f) => ({ path: f.path, shows: f.shows })),
	};
}

interface Start {
	readonly program: Program;
	readonly path: string;
	readonly shows: string;
}

function startedAs(scene: Scene, program: Program, wanted: ReadonlySet<string>): readonly Start[] {
	const applets = scene.applets.get(program.entry.inode);
	if (applets !== undefined) {
		const applet = applets.find((a) => wanted.has(a));
		return applet === undefined ? [] : [{ program, path: program.entry.path, shows: `applet ${applet} of BusyBox` }];
	}
	const path = program.names.find((n) => wanted.has(baseName(n)) && (program.kind === 'elf' || inProgramDirectory(scene, n)));
	return path === undefined ? [] : [{ program, path, shows: program.kind === 'script' ? 'script' : 'program' }];
}
