import type { Item } from '../../model/surface.ts';
import type { Metric, Scene } from '../metric.ts';
import { baseName, type Program } from '../program.ts';
import { programItem } from '../program-item.ts';

/** Names under which distributions install shells; counts only for an ELF program whose bytes say nothing. */
const shellNames: ReadonlySet<string> = new Set(
	'sh ash bash bsh csh dash elvish es fish hush ksh ksh93 loksh mksh mrsh nu oksh osh pdksh posh pwsh rbash rc sash scsh tcsh xonsh yash zsh'.split(
		' ',
	),
);
const shellApplets = ['sh', 'ash', 'hush', 'msh', 'lash', 'bash'];

/** Programs that read commands from somebody, told by their bytes wherever they lie and whatever they are called. */
export const shells: Metric<'shells'> = {
	title: 'shells',
	unit: 'items',
	begin: (scene) => ({
		finish() {
			const items = scene.programs.flatMap((p) => shellItem(scene, p) ?? []);
			return { count: items.length, items };
		},
	}),
};

/** One item for a file, whatever number of shells it plays. Undefined: no shell, or one that cannot start here. */
export function shellItem(scene: Scene, program: Program): Item | undefined {
	if (program.kind !== 'elf' || program.cannotStart !== undefined) return undefined;
	for (const identity of program.is) {
		if (identity.kind === 'shell') return programItem(scene, program, `${identity.name}: ${identity.shows}`, identity.name);
		if (identity.kind !== 'many-in-one') continue;
		const applets = shellsIn(scene, program);
		if (applets.length === 0) return undefined;
		return programItem(scene, program, `${identity.name} with ${applets.join(', ')}: ${identity.shows}`, identity.name);
	}
	const named = program.names.map(baseName).find((n) => shellNames.has(n));
	return named === undefined ? undefined : programItem(scene, program, 'told by its name only', named);
}

/** A list that cannot be read is taken to have a shell: nearly every build has. */
function shellsIn(scene: Scene, program: Program): readonly string[] {
	const applets = scene.applets.get(program.entry.inode);
	return applets === undefined ? ['sh'] : shellApplets.filter((a) => applets.includes(a));
}
