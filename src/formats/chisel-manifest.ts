import { limits } from '../model/limits.ts';

/** What a slice came from. */
export interface ChiselPackage {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
	/** Names of its slices that were cut, as `NAME_SLICE` without the first part; in the order of the manifest. */
	readonly slices: readonly string[];
	/** Paths of its slices that are no directories, as Chisel wrote them. */
	readonly files: readonly string[];
}

export interface ChiselManifest {
	readonly packages: readonly ChiselPackage[];
	/** Why not all of it could be understood. */
	readonly broken?: string;
}

const most = { packages: 50_000, path: 4096, lines: limits.entries, bad: 100 } as const;

interface Draft {
	readonly version: string;
	readonly architecture: string;
	readonly slices: string[];
	readonly files: string[];
}

/**
 * A manifest of Chisel, unpacked: "jsonwall", one JSON object a line behind a header that says how many lines there are, of the kinds
 * `package`, `slice`, `path` and `content` (https://documentation.ubuntu.com/chisel, "Chisel manifest"). Packages come before
 * what belongs to them because lines are sorted. Undefined: it is no jsonwall.
 */
export function readChiselManifest(text: string): ChiselManifest | undefined {
	const lines = linesOf(text);
	const header = parsed(lines.next().value ?? '');
	if (header === undefined || typeof header.jsonwall !== 'string') return undefined;
	const drafts = new Map<string, Draft>();
	let broken: string | undefined;
	let bad = 0;
	let count = 1;
	for (const line of lines) {
		count += 1;
		const record = count > most.lines ? undefined : parsed(line);
		if (record !== undefined && take(drafts, record)) continue;
		broken ??= `line ${count} cannot be understood`;
		bad += 1;
		if (bad > most.bad || count > most.lines) break;
	}
	if (header.count !== count) broken ??= `it says that it has ${String(header.count).slice(0, 20)} lines and has ${count}`;
	const packages = [...drafts].map(([name, draft]): ChiselPackage => ({ name, ...draft }));
	return { packages, ...(broken === undefined ? {} : { broken }) };
}

/** Lines one after the other, without the last end of a line; an array of all would be larger than the text. */
function* linesOf(text: string): Generator<string> {
	for (let at = 0; at < text.length; ) {
		const end = text.indexOf('\n', at);
		yield text.slice(at, end === -1 ? text.length : end);
		at = end === -1 ? text.length : end + 1;
	}
}

type Record = Readonly<{ [key: string]: unknown }>;

function parsed(line: string): Record | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record) : undefined;
	} catch {
		return undefined;
	}
}

/** False: the record lacks what its kind must have. Kinds that are not known say nothing of packages. */
function take(drafts: Map<string, Draft>, record: Record): boolean {
	if (record.kind === 'package') return takePackage(drafts, record);
	if (record.kind === 'slice') {
		const [draft, slice] = ownerOf(drafts, record.name);
		draft?.slices.push(slice);
		return draft !== undefined;
	}
	return record.kind === 'path' ? takePath(drafts, record) : typeof record.kind === 'string';
}

function takePackage(drafts: Map<string, Draft>, { name, version, arch }: Record): boolean {
	if (typeof name !== 'string' || name === '' || typeof version !== 'string' || version === '') return false;
	if (drafts.size < most.packages && !drafts.has(name))
		drafts.set(name, { version, architecture: typeof arch === 'string' ? arch : '', slices: [], files: [] });
	return true;
}

/** A path that several slices have belongs to the first of them; directories belong to nobody. */
function takePath(drafts: Map<string, Draft>, { path, slices }: Record): boolean {
	if (typeof path !== 'string' || !path.startsWith('/') || !Array.isArray(slices)) return false;
	const [draft] = ownerOf(drafts, slices[0]);
	if (!path.endsWith('/') && path.length <= most.path) draft?.files.push(path);
	return draft !== undefined;
}

function ownerOf(drafts: ReadonlyMap<string, Draft>, slice: unknown): readonly [Draft | undefined, string] {
	// names of packages have no underscore
	const [, name = '', own = ''] = typeof slice === 'string' ? (/^([^_]+)_(.+)$/.exec(slice) ?? []) : [];
	return [drafts.get(name), own];
}
