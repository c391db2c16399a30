import type { Identity } from '../formats/access.ts';
import { type CapabilityName, capabilityNames, capabilityTitles } from '../model/capability.ts';
import type { BlindSpot } from '../model/package.ts';
import { quote } from '../model/quote.ts';
import type { CapabilityAnswer, Surface, Way } from '../model/surface.ts';
import { actorOf } from './actor.ts';
import { capabilityWays } from './capability-ways.ts';
import type { Scene } from './metric.ts';
import { gatherTools, type Tools } from './tools.ts';

/** Counts whose blind spots could hide a way; those of privileged files only for `escalate`. */
const ofPrograms: ReadonlySet<string> = new Set(['shells', 'utilities', 'interpreters', 'compilers', 'packageManagers', 'executables']);
const ofRights: ReadonlySet<string> = new Set(['setuid', 'setgid', 'fileCapabilities']);

/** What somebody can do who may start programs of the image as its user, and by which files. */
export async function tellCapabilities(
	scene: Scene,
	surface: Surface,
	blindSpots: readonly BlindSpot[],
): Promise<readonly CapabilityAnswer[]> {
	const tools = gatherTools(scene, surface, await actorOf(scene.rootfs, scene.config.user));
	return capabilityNames.map((name) => {
		const ways = once(capabilityWays[name](tools));
		const title = capabilityTitles[name];
		if (ways.length > 0) return { name, title, answer: 'holds', ways, because: summary(ways) };
		const hides = blindSpots.find((spot) => spot.hides.some((count) => (name === 'escalate' ? ofRights : ofPrograms).has(count)));
		if (hides !== undefined) return { name, title, answer: 'unknown', ways, because: `nothing was found, but ${hides.message}` };
		return { name, title, answer: 'fails', ways, because: absence(name, scene, tools) };
	});
}

/** The same file by the same means once, whatever number of names it has. */
function once(ways: readonly Way[]): readonly Way[] {
	return [...new Map(ways.map((way) => [JSON.stringify([way.path, way.through]), way] as const)).values()];
}

function summary(ways: readonly Way[]): string {
	const names = [...new Set(ways.map(({ through }) => through))];
	const inherent = ways.find((way) => way.inherent);
	const some = names.slice(0, 4).map((name) => quote(name, 60));
	const more = names.length > some.length ? ` and ${names.length - some.length} more` : '';
	const stays = inherent === undefined ? '' : `; ${quote(inherent.through, 60)} is the application's own runtime and stays`;
	return `${some.join(', ')}${more}${stays}`;
}

const nothingFor: Readonly<Record<CapabilityName, string>> = {
	'run-commands': 'no shell, and no language that starts programs',
	download: 'nothing that fetches files',
	exfiltrate: 'nothing that sends data',
	'reverse-shell': 'nothing that connects and runs what it is sent',
	'bind-shell': 'nothing that waits for a connection and runs what it is sent',
	scan: 'nothing that looks at the network',
	compile: 'no compiler, assembler or linker',
	'install-packages': 'no package manager',
	escalate: 'no file that gives further rights',
	'read-processes': 'nothing that reads files or shows processes',
	persist: 'nothing that starts programs later or in the background',
};

function absence(name: CapabilityName, scene: Scene, { actor }: Tools): string {
	const loader = scene.programs.find((program) => program.kind === 'loader');
	if (name === 'run-commands' && loader !== undefined)
		return `${nothingFor[name]}; the loader ${quote(loader.entry.path)} starts any ELF file that was brought, also one without an execute bit`;
	if (name === 'escalate' && isRoot(actor)) return `${nothingFor[name]}; it runs as root already`;
	return nothingFor[name];
}

function isRoot(actor: Identity | undefined): boolean {
	return actor?.uid === 0;
}
