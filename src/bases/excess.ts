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

/**
 * Per metric, what a base offers beyond what the application uses there. `capabilities`: how many kinds of things its other
 * utilities can do. `root`: 1 unless it is known not to start as root.
 */
export type Excess = Readonly<Record<Metric | 'capabilities' | 'root', number>>;

/** Stands for what was not measured where an order is needed all the same. */
export const noExcess: Excess = { ...perMetric(() => 0), capabilities: 0, root: 0 };

function perMetric(value: (metric: Metric) => number): Readonly<Record<Metric, number>> {
	return Object.fromEntries(metrics.map((metric) => [metric, value(metric)])) as Record<Metric, number>;
}

/**
 * What decides between two bases that run, one after the other: only when all before are equal is the next one looked at.
 * The order is that of what an intruder gains (docs/methods/choosing.md); it is total because the last step compares
 * references.
 */
export const excessOrder: readonly ExcessStep[] = [
	{
		name: 'shell, package manager and compiler',
		because:
			'how many of the three are there at all. With a shell every other tool works, a package manager brings any tool, a compiler makes one',
		value: (e) => present(e, 'shells') + present(e, 'packageManagers') + present(e, 'compilers'),
	},
	{
		name: 'interpreters',
		because: 'run any script an intruder brings; the runtime that the application uses is not counted',
		value: (e) => e.interpreters,
	},
	{
		name: 'setuid, setgid and file capabilities',
		because: 'programs that give rights the process does not have',
		value: (e) => sum(e, 'setuid', 'setgid', 'fileCapabilities'),
	},
	{
		name: 'capabilities of utilities',
		because:
			'how many kinds of things the programs lying there can do: download, connect, scan, escalate, install … One tool of a kind is enough',
		value: (e) => e.capabilities,
	},
	{
		name: 'shells, package managers and compilers',
		because: 'of two bases that have them, the one with fewer',
		value: (e) => sum(e, 'shells', 'packageManagers', 'compilers'),
	},
	{ name: 'packages', because: 'each is something to update and to have vulnerabilities in', value: (e) => e.packages },
	{
		name: 'utilities',
		because: 'of two bases that can do the same kinds of things, the one with fewer programs for them',
		value: (e) => e.utilities,
	},
	{ name: 'executables', because: 'what else could be started', value: (e) => e.executables },
	{
		name: 'starting as root',
		because: '1 unless it is known that the process starts as somebody else. Late in the order, for one line mends it on any base',
		value: (e) => e.root,
	},
	{ name: 'world-writable paths', because: 'where tools can be put', value: (e) => e.worldWritable },
	{ name: 'libraries', because: 'code that could be loaded', value: (e) => e.libraries },
	{ name: 'files', because: 'everything else that is there', value: (e) => e.files },
	{ name: 'bytes', because: 'the size; what is equal in all else differs here', value: (e) => e.bytes },
];

interface ExcessStep {
	readonly name: string;
	/** Why it is looked at, for docs/methods/choosing.md. */
	readonly because: string;
	value(excess: Excess): number;
}

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
	const capabilities = capabilitiesBeyond(surface.utilities, used);
	return { ...perMetric((metric) => beyond(surface[metric], used)), capabilities, root: candidate.runsAs?.root === 'fails' ? 0 : 1 };
}

function beyond(count: Count, used: ReadonlySet<string>): number {
	return Math.max(0, count.count - usedItems(count, used).length);
}

/** Kinds of things that the utilities which the application does not use can do; from the totals where they are not listed. */
function capabilitiesBeyond(utilities: Surface['utilities'], used: ReadonlySet<string>): number {
	const { items, byCapability } = utilities;
	if (items === undefined) return Object.values(byCapability).filter((count) => count > 0).length;
	const needed = new Set(usedItems(utilities, used));
	return new Set(items.filter((item) => !needed.has(item)).flatMap((item) => item.capabilities ?? [])).size;
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

/** The first step of the order in which the two differ, as a sentence about `b`; undefined when they are equal. */
export function differenceBetween(a: Excess, b: Excess, nameOfB: string): string | undefined {
	const step = excessOrder.find(({ value }) => value(a) !== value(b));
	if (step === undefined) return undefined;
	const [own, other] = [step.value(a), step.value(b)];
	if (step.name === 'starting as root')
		return other > own ? `${nameOfB} starts as root, or it is not known` : `${nameOfB} does not start as root`;
	return `${step.name} beyond the needs: ${own} against ${other} in ${nameOfB}`;
}
