import type { Problem } from '../model/problem.ts';
import { readStanzas, type Stanza } from './stanzas.ts';

/** dpkg(1), "Package states". */
export const dpkgStates = [
	'not-installed',
	'config-files',
	'half-installed',
	'unpacked',
	'half-configured',
	'triggers-awaited',
	'triggers-pending',
	'installed',
] as const;
export type DpkgState = (typeof dpkgStates)[number];

export interface DpkgRecord {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
	/** `unstated`: a record without a Status field, as in a .deb's control file and in distroless images. */
	readonly state: DpkgState | 'unstated';
	readonly multiArch?: string;
	readonly source?: { readonly name: string; readonly version: string };
	/** Line of the record's first field, counted from 1. */
	readonly line: number;
}

const wanted = new Set(['package', 'version', 'architecture', 'status', 'source', 'multi-arch']);
const maxProblems = 100;

/**
 * Records of dpkg's `status` file (dpkg-query(1), deb822(5)). Every state is returned; which of them count as installed is
 * the reader's decision. Records without a name or version become problems.
 */
export function readDpkgStatus(
	bytes: Uint8Array,
	where: string,
): { readonly records: readonly DpkgRecord[]; readonly problems: readonly Problem[] } {
	const records: DpkgRecord[] = [];
	const problems: Problem[] = [];
	for (const stanza of readStanzas(bytes, wanted)) {
		const record = recordOf(stanza);
		if (typeof record !== 'string') records.push(record);
		if (problems.length >= maxProblems) continue;
		if (typeof record === 'string')
			problems.push({ code: 'broken-dpkg-status', where, message: `the record at line ${stanza.line} ${record}` });
		else if (stanza.strayLines > 0)
			problems.push({
				code: 'broken-dpkg-status',
				where,
				message: `the record at line ${stanza.line} has ${stanza.strayLines} lines that are no field`,
			});
	}
	return { records, problems };
}

function recordOf(stanza: Stanza): DpkgRecord | string {
	const { fields, line } = stanza;
	const name = fields.get('package') ?? '';
	if (name === '') return 'has no Package field';
	const state = stateOf(fields.get('status'));
	if (state === undefined) return 'has a Status that dpkg does not know';
	const version = fields.get('version') ?? '';
	// dpkg keeps a record without a version for what was removed with its configuration
	if (version === '' && state !== 'not-installed' && state !== 'config-files') return 'has no Version field';
	const multiArch = fields.get('multi-arch');
	return {
		name,
		version,
		architecture: fields.get('architecture') ?? '',
		state,
		line,
		...(multiArch === undefined ? {} : { multiArch }),
		...sourceOf(fields.get('source'), name, version),
	};
}

/** `want flag state`: what dpkg was asked to do (install, hold, deinstall …) says nothing about what is there. */
function stateOf(status: string | undefined): DpkgRecord['state'] | undefined {
	if (status === undefined) return 'unstated';
	const state = status.split(/\s+/)[2];
	return dpkgStates.find((s) => s === state);
}

/** Debian Policy 5.6.1: `Source: name (version)`, both only where they differ from the binary package's. */
function sourceOf(field: string | undefined, name: string, version: string): Pick<DpkgRecord, 'source'> {
	if (field === undefined || field === '') return {};
	const open = field.indexOf('(');
	const sourceName = (open === -1 ? field : field.slice(0, open)).trim();
	const sourceVersion =
		open === -1
			? version
			: field
					.slice(open + 1)
					.replace(/\)\s*$/, '')
					.trim();
	return sourceName === name && sourceVersion === version ? {} : { source: { name: sourceName, version: sourceVersion } };
}

/** Lines of `info/NAME.list`: absolute paths, directories too; `/.` is the root. */
export function readDpkgList(bytes: Uint8Array): readonly string[] {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
	return text.split('\n').filter((line) => line.startsWith('/') && line !== '/.');
}

/** Lines of `NAME.md5sums`: 32 hexadecimal digits, two spaces, a path without the leading slash. */
export function readMd5sums(bytes: Uint8Array): readonly string[] {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
	return text
		.split('\n')
		.filter((line) => line.length > 34 && line[32] === ' ')
		.map((line) => `/${line.slice(34).replace(/^\.?\//, '')}`);
}

/** One line group of `diversions`: what another package installs as `from` is kept at `to`. */
export interface Diversion {
	readonly from: string;
	readonly to: string;
	/** The package whose own `from` stays where it is; `:` for the administrator. */
	readonly by: string;
}

/** dpkg-divert(1): three lines each. */
export function readDiversions(bytes: Uint8Array): readonly Diversion[] {
	const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').split('\n');
	const diversions: Diversion[] = [];
	for (let i = 0; i + 2 < lines.length; i += 3)
		diversions.push({ from: lines[i] as string, to: lines[i + 1] as string, by: lines[i + 2] as string });
	return diversions;
}
