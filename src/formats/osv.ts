import { FootingError } from '../model/errors.ts';

/** OSV schema, "affected[].ranges[].events[]": one of them an event. */
export interface OsvEvent {
	readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
	readonly version: string;
}

export interface OsvAffected {
	/** `Debian:12`, `npm` … as written. */
	readonly ecosystem: string;
	readonly name: string;
	readonly ranges: readonly { readonly type: string; readonly events: readonly OsvEvent[] }[];
	/** Versions that are affected one by one. */
	readonly versions: readonly string[];
}

/** https://ossf.github.io/osv-schema/ – the part that says what is affected. */
export interface OsvRecord {
	readonly id: string;
	readonly modified: string;
	/** The record was taken back: it affects nothing. */
	readonly withdrawn?: string;
	readonly affected: readonly OsvAffected[];
}

/** Ranges, events and versions of one record. */
const most = 100_000;

/** @throws FootingError `bad-advisory` with the field that is wrong */
export function readOsv(text: string): OsvRecord {
	const record = object(parsed(text), 'the record');
	const withdrawn = record['withdrawn'];
	return {
		id: string(record['id'], 'id'),
		modified: string(record['modified'], 'modified'),
		...(withdrawn === undefined || withdrawn === null ? {} : { withdrawn: string(withdrawn, 'withdrawn') }),
		affected: list(record['affected'], 'affected').flatMap(affectedOf),
	};
}

/** An entry without a package speaks of source code alone. */
function affectedOf(value: unknown): readonly OsvAffected[] {
	const entry = object(value, 'affected[]');
	if (entry['package'] === undefined) return [];
	const named = object(entry['package'], 'affected[].package');
	return [
		{
			ecosystem: string(named['ecosystem'], 'affected[].package.ecosystem'),
			name: string(named['name'], 'affected[].package.name'),
			ranges: list(entry['ranges'], 'affected[].ranges').map((item) => {
				const range = object(item, 'affected[].ranges[]');
				return { type: string(range['type'], 'ranges[].type'), events: list(range['events'], 'ranges[].events').map(eventOf) };
			}),
			versions: list(entry['versions'], 'affected[].versions').map((version) => string(version, 'affected[].versions[]')),
		},
	];
}

function eventOf(value: unknown): OsvEvent {
	const event = object(value, 'events[]');
	for (const kind of ['introduced', 'fixed', 'last_affected', 'limit'] as const)
		if (event[kind] !== undefined) return { kind, version: string(event[kind], `events[].${kind}`) };
	throw bad('an event is none of introduced, fixed, last_affected, limit');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw bad('it is no JSON', cause);
	}
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${what} is no object`);
	// names that a prototype would answer are not taken for fields
	return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function list(value: unknown, what: string): readonly unknown[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw bad(`${what} is no list`);
	if (value.length > most) throw bad(`${what} has more than ${most} items`);
	return value;
}

function string(value: unknown, what: string): string {
	if (typeof value !== 'string' || value.length > 10_000) throw bad(`${what} is no text`);
	return value;
}

function bad(why: string, cause?: unknown): FootingError {
	return new FootingError('bad-advisory', `cannot read an OSV record: ${why}`, cause === undefined ? {} : { cause });
}
