import type { Difference, ReportedPackage } from '../model/report.ts';
import type { CapabilityAnswer, Item, Surface } from '../model/surface.ts';
import type { Verdict } from '../model/verdict.ts';
import type { ToldImage } from './kept-report.ts';

/** What can be listed by name; files and bytes are only counted. */
const listed = [
	'shells',
	'packageManagers',
	'utilities',
	'interpreters',
	'compilers',
	'setuid',
	'setgid',
	'fileCapabilities',
	'worldWritable',
	'libraries',
] as const satisfies readonly (keyof Surface)[];

/** What goes and what comes from one image to the other; metrics without any change are left out. */
export function differencesBetween(from: ToldImage, to: ToldImage): readonly Difference[] {
	const ends = { from: from.report.image.reference, to: to.report.image.reference };
	const lists = listed.map((metric) => ({
		...ends,
		metric,
		...apart(names(from.report.surface[metric].items, metric), names(to.report.surface[metric].items, metric)),
	}));
	const abilities = abilityChanges(from.report.capabilities ?? [], to.report.capabilities ?? []);
	return [
		{ ...ends, metric: 'packages', ...packageChanges(from.packages, to.packages) },
		...lists,
		{ ...ends, metric: 'capabilities', ...abilities },
	].filter(({ gone, added, ...rest }) => gone.length + added.length + ('changed' in rest ? rest.changed.length : 0) > 0);
}

/** Libraries and privileged files are told by their path, the rest by the name people use. */
function names(items: readonly Item[] | undefined, metric: (typeof listed)[number]): ReadonlySet<string> {
	const byPath = ['setuid', 'setgid', 'fileCapabilities', 'worldWritable'].includes(metric);
	return new Set((items ?? []).map((item) => (byPath ? (item.path ?? item.name) : item.name)));
}

function apart(
	from: ReadonlySet<string>,
	to: ReadonlySet<string>,
): { readonly gone: readonly string[]; readonly added: readonly string[] } {
	return { gone: [...from].filter((name) => !to.has(name)).sort(), added: [...to].filter((name) => !from.has(name)).sort() };
}

/**
 * What could be done and cannot any more, and the other way round; `changed` where it is still possible in another number of
 * ways, or where it is no longer known.
 */
function abilityChanges(
	from: readonly CapabilityAnswer[],
	to: readonly CapabilityAnswer[],
): Pick<Difference, 'gone' | 'added'> & { readonly changed: readonly string[] } {
	const pairs = from.flatMap((before) => to.filter(({ name }) => name === before.name).map((after) => ({ before, after })));
	const became = (was: Verdict, is: Verdict): readonly string[] =>
		pairs.filter(({ before, after }) => before.answer === was && after.answer === is).map(({ before }) => before.title);
	const changed = pairs.flatMap(({ before, after }) => {
		const [was, is] = [waysOf(before), waysOf(after)];
		return was === is || was === 'no' || is === 'no' ? [] : [`${before.title} ${was} → ${is}`];
	});
	return { gone: became('holds', 'fails'), added: became('fails', 'holds'), changed };
}

function waysOf({ answer, ways }: CapabilityAnswer): string {
	if (answer !== 'holds') return answer === 'fails' ? 'no' : 'unknown';
	return String(new Set(ways.map(({ through }) => through)).size);
}

function packageChanges(
	from: readonly ReportedPackage[],
	to: readonly ReportedPackage[],
): Omit<Difference, 'from' | 'to' | 'metric'> & { readonly changed: readonly string[] } {
	const before = versionsByName(from);
	const after = versionsByName(to);
	const both = apart(new Set(before.keys()), new Set(after.keys()));
	const changed = [...before].flatMap(([name, version]) => {
		const other = after.get(name);
		return other === undefined || other === version ? [] : [`${name} ${version} → ${other}`];
	});
	return { ...both, changed: changed.sort() };
}

function versionsByName(packages: readonly ReportedPackage[]): ReadonlyMap<string, string> {
	const versions = new Map<string, string[]>();
	for (const { name, version, ecosystem } of packages) {
		const key = ecosystem === 'deb' || ecosystem === 'apk' || ecosystem === 'rpm' ? name : `${ecosystem}:${name}`;
		const known = versions.get(key);
		if (known === undefined) versions.set(key, [version]);
		else if (!known.includes(version)) known.push(version);
	}
	return new Map([...versions].map(([name, all]) => [name, all.sort().join(', ')]));
}
