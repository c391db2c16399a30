import type { Application, Check, Need, Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { unseenAt } from '../application/unseen.ts';
import type { NeedKind } from '../need-kind.ts';
import { type Fact, type Language, strongest } from '../source/fact.ts';
import { checkFile, evidenceOf, type FileData, fileNeeds } from '../source/file-need.ts';
import type { PlaceClass } from '../source/places.ts';
import { readSource } from '../source/read-source.ts';

type Zone = { readonly ask: 'zone'; readonly zone: string; readonly language: Language; readonly unseen?: string };
type Data = FileData | Zone;

const classes: ReadonlySet<PlaceClass> = new Set(['zone']);

/** Python's zoneinfo.TZPATH and Go's time/zoneinfo_unix.go. */
const directories: Readonly<Record<'go' | 'python' | 'native', readonly string[]>> = {
	go: ['/usr/share/zoneinfo', '/usr/share/lib/zoneinfo', '/usr/lib/locale/TZ', '/etc/zoneinfo'],
	// glibc has the first compiled in, musl the others too (src/time/__tz.c)
	native: ['/usr/share/zoneinfo', '/share/zoneinfo', '/etc/zoneinfo'],
	python: ['/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/share/lib/zoneinfo', '/etc/zoneinfo'],
};
const variables = { go: 'ZONEINFO', python: 'PYTHONTZPATH', native: 'TZDIR' } as const;
const messages: Readonly<Record<keyof typeof directories, (zone: string) => string>> = {
	go: (zone) => `unknown time zone ${zone}`,
	python: (zone) => `No time zone found with key ${zone}`,
	// the C library says nothing and counts in UTC
	native: (zone) => `the hours of ${zone} are those of UTC`,
};
const zoneName = /^[A-Za-z0-9_+-]{1,60}(\/[A-Za-z0-9_+-]{1,60}){0,3}$/;

/**
 * Time zones: files of the zone database that the source opens, and zones asked for by name from runtimes that take them from
 * the system. Node.js and Java carry their own; Go may (`time/tzdata`), Python may (the package tzdata).
 */
export const timeZones: NeedKind<Data> = {
	kind: 'time-zones',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		return [...fileNeeds('time-zones', application, facts, classes), ...zoneNeeds(application, facts)];
	},
	async check(need, standing) {
		const { data } = need;
		return data.ask === 'file' ? checkFile({ ...need, data }, standing) : checkZone({ ...need, data }, standing);
	},
};

function zoneNeeds(application: Application, facts: readonly Fact[]): readonly Need<Zone>[] {
	const unseen = unseenAt(application.unseen, '/usr/share/zoneinfo/x');
	const byZone = new Map<string, Fact[]>();
	for (const fact of facts)
		if (fact.action.kind === 'zone' && (fact.action.zone === '' || zoneName.test(fact.action.zone)) && fact.action.zone !== 'UTC')
			byZone.set(fact.action.zone, [...(byZone.get(fact.action.zone) ?? []), fact]);
	return [...byZone].slice(0, 100).map(([zone, found]) => ({
		kind: 'time-zones',
		what: zone === '' ? 'the zone database' : `the time zone ${zone}`,
		certainty: strongest(found.map((fact) => fact.certainty)),
		because: evidenceOf(found),
		data: { ask: 'zone', zone, language: (found[0] as Fact).language, ...(unseen === undefined ? {} : { unseen: unseen.message }) },
	}));
}

function checkZone(need: Need<Zone>, { combined, config }: Standing): Check {
	const { zone, language, unseen } = need.data;
	const by = language === 'go' || language === 'native' ? language : 'python';
	const own = config.env.findLast(({ name }) => name === variables[by])?.value;
	const places = [...(own?.split(':') ?? []), ...directories[by]];
	for (const place of places) {
		const entry = combined.resolve(`${place}/${zone}`);
		const there = zone === '' ? entry?.type === 'directory' : entry?.type === 'file';
		if (entry !== undefined && there) return { need, answer: 'holds', because: [{ path: entry.path, shows: 'is there' }] };
	}
	const bundled = language === 'python' ? tzdataPackage(combined, zone) : undefined;
	if (bundled !== undefined) return { need, answer: 'holds', because: [{ path: bundled, shows: 'is in the package tzdata' }] };
	if (unseen !== undefined) return { need, answer: 'unknown', because: [], hint: `${unseen}; it may bring the zone database` };
	return {
		need,
		answer: 'fails',
		because: [{ path: `${places[0] ?? ''}/${zone}`, shows: 'is not there' }],
		message: messages[by](zone),
		hint: 'copy /usr/share/zoneinfo from a stage with the package tzdata, or bring the zones with the application',
	};
}

/** The package tzdata of PyPI, wherever packages are installed. */
function tzdataPackage(rootfs: Rootfs, zone: string): string | undefined {
	for (const entry of rootfs.entries()) {
		if (entry.type !== 'directory' || !/\/(site|dist)-packages\/tzdata\/zoneinfo$/.test(entry.path)) continue;
		const found = rootfs.resolve(`${entry.path}/${zone}`);
		if (found?.type === 'file') return found.path;
	}
	return undefined;
}
