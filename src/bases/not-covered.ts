import type { Need } from '../model/need.ts';
import type { BlindSpot } from '../model/package.ts';
import { quote } from '../model/quote.ts';
import type { Count, Surface } from '../model/surface.ts';
import { usedItems, usedPaths } from './excess.ts';
import type { Weighed } from './weigh.ts';

/** At most this many names are listed. */
const shown = 5;

/**
 * What an intruder still has on the chosen base, from what was measured there, and what no base covers. A smaller base is one
 * layer: it makes the time after a break-in harder, it prevents none and mends nothing in the application.
 */
export function notCovered(chosen: Weighed, needs: readonly Need[]): readonly string[] {
	const surface = chosen.candidate.measurement?.surface;
	return [
		ownCode(needs),
		...(surface === undefined ? ['what is left on this base: it was not measured'] : left(surface, usedPaths(chosen.candidate))),
		user(chosen),
		...(surface === undefined ? [] : [writable(surface)]),
		network(surface),
		'the kernel, shared with every container of the host: seccomp, capabilities and updates of the host are separate work',
		...(chosen.candidate.measurement?.coverage.blindSpots ?? []).filter(hidesACount).map((spot) => `not seen: ${spot.message}`),
	];
}

/** Which system it is hides nothing by itself. */
function hidesACount({ hides }: BlindSpot): boolean {
	return hides.some((name) => name !== 'system');
}

/** Files of the application that its needs come from, the Dockerfile apart. */
function ownCode(needs: readonly Need[]): string {
	const paths = new Set(needs.flatMap((need) => need.because.map(({ path }) => path)).filter((path) => !/dockerfile/i.test(path)));
	const where = [...paths]
		.sort()
		.slice(0, 3)
		.map((path) => quote(path, 60));
	const example = where.length === 0 ? '' : ` (${where.join(', ')}${paths.size > 3 ? ' …' : ''})`;
	return `the application's own code and its dependencies${example}: a flaw there stays the way in`;
}

/** What remains to work with: first the runtime, then shells and tools. */
function left(surface: Surface, used: ReadonlySet<string>): readonly string[] {
	const lines = [
		line(
			surface.interpreters,
			used,
			(names) => `what runs any code an intruder brings, opens connections and starts programs without a shell: ${names}`,
		),
		line(surface.shells, used, (names) => `the shell that remains: ${names}`),
		line(surface.packageManagers, used, (names) => `the package manager that remains: ${names}`),
		line(surface.compilers, used, (names) => `the compilers that remain: ${names}`),
		line(withoutNamed(surface), used, (names) => `utilities that remain: ${names}`),
		line(surface.setuid, used, (names) => `programs that give other rights (setuid): ${names}; no-new-privileges takes that away`),
	];
	return lines.filter((text) => text !== undefined);
}

/** Utilities that no line before has named. */
function withoutNamed({ utilities, interpreters, shells, packageManagers, compilers }: Surface): Count {
	if (utilities.items === undefined) return utilities;
	const named = new Set([interpreters, shells, packageManagers, compilers].flatMap(({ items }) => (items ?? []).map(({ path }) => path)));
	const items = utilities.items.filter(({ path }) => !named.has(path));
	return { ...utilities, count: items.length, items };
}

function line(count: Count, used: ReadonlySet<string>, say: (names: string) => string): string | undefined {
	if (count.count === 0 && count.atLeast !== true) return undefined;
	const needed = new Set(usedItems(count, used).map(({ name }) => name));
	const names = [...new Set((count.items ?? []).map(({ name }) => name))].sort();
	const listed = names.slice(0, shown).map((name) => `${quote(name, 40)}${needed.has(name) ? ' (the application uses it)' : ''}`);
	const total = `${count.atLeast === true ? 'at least ' : ''}${count.count}`;
	if (listed.length === 0) return say(total);
	return say(names.length > shown ? `${listed.join(', ')} … (${total})` : listed.join(', '));
}

function user({ candidate: { runsAs } }: Weighed): string {
	if (runsAs === undefined) return 'the user it runs as: not known here';
	const name = quote(runsAs.user === '' ? '0' : runsAs.user, 40);
	if (runsAs.root === 'holds') return `the user it runs as: root (USER ${name}); add a USER line with a number`;
	if (runsAs.root === 'unknown') return `the user it runs as: ${name}, whose number is not known`;
	return `the user it runs as: ${name}, who can read and change all that belongs to it`;
}

function writable({ worldWritable }: Surface): string {
	const everybody =
		worldWritable.count === 0
			? ''
			: ` and at ${worldWritable.atLeast === true ? 'at least ' : ''}${worldWritable.count} world-writable paths`;
	return `the file system: writable where its user may write${everybody}, so tools can be brought in; a read-only root is separate work`;
}

function network(surface: Surface | undefined): string {
	const byCapability = new Map(Object.entries(surface?.utilities.byCapability ?? {}));
	const tools = ['connect', 'listen', 'download', 'upload'].filter((name) => (byCapability.get(name) ?? 0) > 0);
	const inside = tools.length === 0 ? '' : ` (programs that ${tools.join(', ')} are in the image)`;
	return `the network around it${inside}: what the process may reach is for network policies to say`;
}
