import type { Candidate } from '../model/base.ts';
import type { Count, Item, Surface } from '../model/surface.ts';

/** Metrics of the surface that are weighed, in the order in which reports show them. */
const metrics = [
	'shells',
	'packageManagers',
	'compilers',
	'utilities',
	'interpreters',
	'setuid',
	'setgid',
	'fileCapabilities',
	'packages',
	'executables',
	'worldWritable',
	'libraries',
	'files',
	'bytes',
] as const satisfies readonly (keyof Surface)[];

type Metric = (typeof metrics)[number];

/** Per metric, what a base offers beyond what the application uses there; `root` is 1 unless it is known not to start as root. */
export type Excess = Readonly<Record<Metric | 'root', number>>;

/** Stands for what was not measured where an order is needed all the same. */
export const noExcess: Excess = { ...perMetric(() => 0), root: 0 };

function perMetric(value: (metric: Metric) => number): Readonly<Record<Metric, number>> {
	return Object.fromEntries(metrics.map((metric) => [metric, value(metric)])) as Record<Metric, number>;
}

/**
 * What decides between two bases that run, one after the other: only when all before are equal is the next one looked at.
 * The order is that of what an intruder gains (docs/methods/choosing.md); it is total because the last step compares
 * references.
 */
export const excessOrder: readonly { readonly name: string; readonly value: (excess: Excess) => number }[] = [
	{
		name: 'shell, package manager and compiler',
		value: (e) => present(e, 'shells') + present(e, 'packageManagers') + present(e, 'compilers'),
	},
	{ name: 'utilities', value: (e) => e.utilities },
	{ name: 'interpreters', value: (e) => e.interpreters },
	{ name: 'shells, package managers and compilers', value: (e) => sum(e, 'shells', 'packageManagers', 'compilers') },
	{ name: 'setuid, setgid and file capabilities', value: (e) => sum(e, 'setuid', 'setgid', 'fileCapabilities') },
	{ name: 'packages', value: (e) => e.packages },
	{ name: 'executables', value: (e) => e.executables },
	{ name: 'starting as root', value: (e) => e.root },
	{ name: 'world-writable paths', value: (e) => e.worldWritable },
	{ name: 'libraries', value: (e) => e.libraries },
	{ name: 'files', value: (e) => e.files },
	{ name: 'bytes', value: (e) => e.bytes },
];

function present(excess: Excess, metric: Metric): number {
	return excess[metric] > 0 ? 1 : 0;
}

function sum(excess: Excess, ...names: readonly Metric[]): number {
	return names.reduce((total, name) => total + excess[name], 0);
}

/** Undefined when the candidate was not measured. */
export function excessOf(candidate: Candidate): Excess | undefined {
	const surface = candidate.measurement?.surface;
	if (surface === undefined) return undefined;
	const used = usedPaths(candidate);
	return { ...perMetric((metric) => beyond(surface[metric], used)), root: candidate.runsAs?.root === 'fails' ? 0 : 1 };
}

function beyond(count: Count, used: ReadonlySet<string>): number {
	return Math.max(0, count.count - usedItems(count, used).length);
}

/** The items of a count that a need of the application stands on. */
export function usedItems(count: Count, used: ReadonlySet<string>): readonly Item[] {
	return (count.items ?? []).filter((item) => [item.path, ...item.because.map(({ path }) => path)].some((path) => isUsed(path, used)));
}

function isUsed(path: string | undefined, used: ReadonlySet<string>): boolean {
	return path !== undefined && used.has(merged(path));
}

/** Paths that meet a required or likely need, as the fit found them; links are named with what they lead to. */
export function usedPaths(candidate: Candidate): ReadonlySet<string> {
	const met = (candidate.fit?.checks ?? []).filter((check) => check.answer === 'holds' && check.need.certainty !== 'possible');
	return new Set(met.flatMap((check) => check.because.map(({ path }) => merged(path))));
}

/** `/bin/sh` and `/usr/bin/sh` are one file where /usr is merged; where it is not, no base has two different ones. */
function merged(path: string): string {
	return /^\/(s?bin|lib(32|64|x32)?)\//.test(path) ? `/usr${path}` : path;
}

/** Negative when `a` offers less. 0 only when every step is equal. */
export function compareExcess(a: Excess, b: Excess): number {
	for (const { value } of excessOrder) {
		const difference = value(a) - value(b);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The first step of the order in which the two differ, for people. */
export function firstDifference(a: Excess, b: Excess): { readonly name: string; readonly a: number; readonly b: number } | undefined {
	const step = excessOrder.find(({ value }) => value(a) !== value(b));
	return step === undefined ? undefined : { name: step.name, a: step.value(a), b: step.value(b) };
}
