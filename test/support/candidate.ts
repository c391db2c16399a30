import type { Candidate, EndOfLife } from '../../src/model/base.ts';
import type { Check, Fit, FitAnswer, Need } from '../../src/model/need.ts';
import type { Count, Measurement, Surface, Tier } from '../../src/model/surface.ts';

/** A base in one line of a table: what was counted there and whether the application runs. */
export interface BaseSketch {
	readonly reference: string;
	readonly fit?: FitAnswer | 'unchecked';
	readonly tier?: Tier;
	/** Paths; each is one item. */
	readonly shells?: readonly string[];
	readonly packageManagers?: readonly string[];
	readonly compilers?: readonly string[];
	readonly utilities?: readonly string[];
	readonly interpreters?: readonly string[];
	readonly setuid?: readonly string[];
	readonly packages?: number;
	readonly executables?: number;
	readonly bytes?: number;
	/** Paths that a required need stands on there. */
	readonly uses?: readonly string[];
	/** Needs that are not met, with what would mend them. */
	readonly unmet?: readonly {
		readonly what: string;
		readonly answer?: 'fails' | 'unknown';
		readonly message?: string;
		readonly hint?: string;
		readonly onlyElsewhere?: true;
	}[];
	readonly changes?: readonly string[];
	readonly ends?: readonly EndOfLife[];
	readonly user?: string;
	readonly hides?: readonly string[];
	readonly digest?: string;
	readonly current?: boolean;
	readonly failed?: string;
}

export function candidate(sketch: BaseSketch): Candidate {
	const { reference, digest, failed } = sketch;
	const base = {
		reference,
		because: 'tried',
		from: sketch.current === true ? ('current' as const) : ('family' as const),
		...(digest === undefined ? {} : { digest }),
	};
	if (failed !== undefined) return { ...base, failed: { code: 'image-not-found', message: failed } };
	return {
		...base,
		measurement: measurement(sketch),
		...(sketch.fit === 'unchecked' ? {} : { fit: fitOf(sketch) }),
		endOfLife: sketch.ends ?? [supported],
		...(sketch.user === undefined ? {} : { runsAs: { user: sketch.user, root: /^0?$|^root$/.test(sketch.user) ? 'holds' : 'fails' } }),
	};
}

const supported: EndOfLife = { what: 'Debian 13', date: '2030-06-30', past: false, source: 'https://wiki.debian.org/LTS' };
export const ended: EndOfLife = { what: 'Debian 11', date: '2026-08-31', past: true, source: 'https://wiki.debian.org/LTS' };

function measurement(sketch: BaseSketch): Measurement {
	const hides = sketch.hides ?? [];
	const surface: Surface = {
		packages: { count: sketch.packages ?? 0, byEcosystem: {} },
		shells: items(sketch.shells),
		packageManagers: items(sketch.packageManagers),
		utilities: { ...capable(items(sketch.utilities)), byCapability: {} },
		interpreters: items(sketch.interpreters),
		compilers: items(sketch.compilers),
		setuid: items(sketch.setuid),
		setgid: { count: 0 },
		fileCapabilities: { count: 0 },
		worldWritable: { count: 1 },
		executables: { count: sketch.executables ?? 0 },
		libraries: { count: 0 },
		files: { count: 1 },
		bytes: { count: sketch.bytes ?? 0 },
	};
	const blindSpots = hides.length === 0 ? [] : [{ code: 'unread', hides, message: `${hides.join(' and ')} could not be read` }];
	const coverage = { executables: { owned: 0, unowned: 0 }, ghostPackages: { count: 0 }, blindSpots };
	return { surface, coverage, capabilities: [], software: [], tier: sketch.tier ?? 'custom', tierBecause: [] };
}

function items(paths: readonly string[] = []): Count & { readonly items: NonNullable<Count['items']> } {
	return {
		count: paths.length,
		items: paths.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path, because: [{ path, shows: 'is there' }] })),
	};
}

/** Every utility of a sketch can do one thing of its own name. */
function capable(count: Count): Count {
	return { ...count, items: (count.items ?? []).map((item) => ({ ...item, capabilities: [item.name] })) };
}

function fitOf({ reference, fit = 'runs', uses = [], unmet = [], changes = [] }: BaseSketch): Fit {
	const met = uses.map((path): Check => ({ need: need(`needs ${path}`), answer: 'holds', because: [{ path, shows: 'is there' }] }));
	const open = unmet.map(
		(one): Check => ({
			need: need(one.what),
			answer: one.answer ?? (fit === 'unknown' ? 'unknown' : 'fails'),
			because: [],
			...(one.message === undefined ? {} : { message: one.message }),
			...(one.hint === undefined ? {} : { hint: one.hint }),
			...(one.onlyElsewhere === undefined ? {} : { onlyElsewhere: true }),
		}),
	);
	return {
		reference,
		answer: fit as FitAnswer,
		checks: [...met, ...open],
		changes: changes.map((what) => ({ what, because: 'the fit says so' })),
	};
}

export function need(what: string): Need {
	return { kind: 'sketch', what, certainty: 'required', because: [{ path: 'Dockerfile', line: 1, shows: what }], data: undefined };
}
