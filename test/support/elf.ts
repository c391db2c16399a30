/** A symbol that a test file defines: `name`, `name@@VERSION`, or `name@VERSION` for a hidden one. */
export type Definition = string;
/** A symbol that it needs: `name`, or `name@VERSION` where `versions` says which library has it. */
export interface Import {
	readonly name: string;
	readonly weak?: boolean;
	/** How relocations refer to it; several make several. Default: `plt`. */
	readonly by?: readonly ('plt' | 'got' | 'data')[];
}

/** What an ELF file of a test is like; everything has a default that fits a shared library for x86-64. */
export interface ElfSpec {
	readonly bits?: 32 | 64;
	readonly endian?: 'little' | 'big';
	/** e_machine */
	readonly machine?: number;
	readonly type?: 'executable' | 'shared' | 'relocatable';
	readonly interpreter?: string;
	/** False: no PT_DYNAMIC at all. */
	readonly dynamic?: boolean;
	readonly soname?: string;
	readonly needed?: readonly string[];
	readonly rpath?: string;
	readonly runpath?: string;
	readonly defines?: readonly Definition[];
	readonly imports?: readonly (string | Import)[];
	/** Versions needed, by library: `{ 'libc.so.6': ['GLIBC_2.34'] }`. A `?` behind a version makes it weak. */
	readonly versions?: Readonly<Record<string, readonly string[]>>;
	readonly bindNow?: boolean;
	readonly pie?: boolean;
	readonly hash?: 'gnu' | 'sysv' | 'none';
	/** Machine code in hexadecimal digits: where every definition begins. */
	readonly code?: string;
	/** Functions in a symbol table that strip left in; it lies behind what is mapped. */
	readonly functions?: readonly string[];
	/** Bytes behind everything else. */
	readonly tail?: string;
}

/** Relocation types by e_machine: linkage table, offset table, data. */
const relocationTypes = new Map<number, readonly [number, number, number]>([
	[3, [7, 6, 1]],
	[8, [127, 3, 3]],
	[40, [22, 21, 2]],
	[62, [7, 6, 1]],
	[183, [1026, 1025, 257]],
	[22, [11, 10, 22]],
]);

interface Section {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** Writes integers in the order and width of the file. */
class Writer {
	readonly #parts: number[] = [];
	readonly #wide: boolean;
	readonly #little: boolean;

	constructor(wide: boolean, little: boolean) {
		this.#wide = wide;
		this.#little = little;
	}

	int(value: number, bytes: number): this {
		const parts = Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
		this.#parts.push(...(this.#little ? parts : parts.reverse()));
		return this;
	}

	word(value: number): this {
		return this.int(value, this.#wide ? 8 : 4);
	}

	raw(bytes: Iterable<number>): this {
		for (const byte of bytes) this.#parts.push(byte);
		return this;
	}

	bytes(): Uint8Array {
		return Uint8Array.from(this.#parts);
	}
}

class Strings {
	#text = '\0';
	readonly #places = new Map<string, number>([['', 0]]);

	at(text: string): number {
		const known = this.#places.get(text);
		if (known !== undefined) return known;
		const place = this.#text.length;
		this.#places.set(text, place);
		this.#text += `${text}\0`;
		return place;
	}

	bytes(): Uint8Array {
		return Buffer.from(this.#text, 'latin1');
	}
}

interface Symbol {
	readonly name: string;
	readonly defined: boolean;
	readonly weak: boolean;
	readonly version: number;
	readonly by: readonly ('plt' | 'got' | 'data')[];
}

/** The bytes of an ELF file: header, program headers, dynamic section and its tables; one segment maps all of it. */
export function elf(spec: ElfSpec = {}): Uint8Array {
	const wide = (spec.bits ?? 64) === 64;
	const little = (spec.endian ?? 'little') === 'little';
	const writer = (): Writer => new Writer(wide, little);
	const strings = new Strings();
	const versions = versionIndices(spec);
	const symbols = symbolsOf(spec, versions);
	const sections = spec.dynamic === false ? [] : dynamicSections(spec, symbols, versions, strings, writer);
	return assemble(spec, sections, strings, writer, wide, little);
}

interface VersionIndices {
	readonly needs: ReadonlyMap<string, number>;
	readonly definitions: ReadonlyMap<string, number>;
}

function versionIndices(spec: ElfSpec): VersionIndices {
	let next = 2;
	const number = (names: Iterable<string>): Map<string, number> => new Map([...new Set(names)].map((name) => [name, next++]));
	const definitions = number((spec.defines ?? []).flatMap((definition) => definition.split(/@@?/)[1] ?? []));
	const needs = number(Object.values(spec.versions ?? {}).flatMap((list) => list.map((version) => version.replace('?', ''))));
	return { needs, definitions };
}

function symbolsOf(spec: ElfSpec, versions: VersionIndices): readonly Symbol[] {
	const imports = (spec.imports ?? []).map((item): Symbol => {
		const { name, weak, by }: Import = typeof item === 'string' ? { name: item } : item;
		const [plain = '', version] = name.split('@');
		const index = version === undefined ? 1 : (versions.needs.get(version) ?? 1);
		return { name: plain, defined: false, weak: weak === true, version: index, by: by ?? ['plt'] };
	});
	const defined = (spec.defines ?? []).map((definition): Symbol => {
		const [name = '', version] = definition.split(/@@?/);
		const hidden = /[^@]@[^@]/.test(definition) ? 0x8000 : 0;
		return {
			name,
			defined: true,
			weak: false,
			version: version === undefined ? 1 : hidden + (versions.definitions.get(version) ?? 1),
			by: [],
		};
	});
	return spec.hash === 'sysv' || spec.hash === 'none' ? [...imports, ...defined] : [...imports, ...byBucket(defined)];
}

const gnuHash = (name: string): number => [...name].reduce((hash, c) => (Math.imul(hash, 33) + c.charCodeAt(0)) >>> 0, 5381);
const bucketCount = 3;
const byBucket = (symbols: readonly Symbol[]): readonly Symbol[] =>
	[...symbols].sort((a, b) => (gnuHash(a.name) % bucketCount) - (gnuHash(b.name) % bucketCount));

function dynamicSections(
	spec: ElfSpec,
	symbols: readonly Symbol[],
	versions: VersionIndices,
	strings: Strings,
	writer: () => Writer,
): readonly Section[] {
	const wide = (spec.bits ?? 64) === 64;
	const table = writer().raw(new Uint8Array(wide ? 24 : 16));
	const versym = writer().int(0, 2);
	for (const { name, defined, weak, version } of symbols) {
		const info = (weak ? 2 : 1) * 16 + 2;
		const section = defined ? 7 : 0;
		const value = defined ? definitionAt(spec) : 0;
		if (wide) table.int(strings.at(name), 4).int(info, 1).int(0, 1).int(section, 2).word(value).word(0);
		else table.int(strings.at(name), 4).word(value).word(0).int(info, 1).int(0, 1).int(section, 2);
		versym.int(version, 2);
	}
	const relocations = (kinds: readonly string[]): Uint8Array => {
		const out = writer();
		const types = relocationTypes.get(spec.machine ?? 62) ?? [7, 6, 1];
		symbols.forEach(({ by }, i) => {
			for (const kind of by.filter((k) => kinds.includes(k)))
				relocation(out, spec, i + 1, types[['plt', 'got', 'data'].indexOf(kind)] as number);
		});
		return out.bytes();
	};
	return [
		{ name: 'symbols', bytes: table.bytes() },
		...(spec.hash === 'none' ? [] : [hashSection(spec, symbols, writer)]),
		{ name: 'versym', bytes: versym.bytes() },
		{ name: 'needs', bytes: needSection(spec, versions, strings, writer) },
		{ name: 'definitions', bytes: definitionSection(spec, versions, strings, writer) },
		{ name: 'rela', bytes: relocations(['got', 'data']) },
		{ name: 'plt', bytes: relocations(['plt']) },
	];
}

/** Code comes first behind the headers, where its place is known before anything is written. */
function definitionAt(spec: ElfSpec): number {
	return spec.code === undefined ? 0x1000 : Math.ceil(headersSize(spec) / 8) * 8;
}

function programCount(spec: ElfSpec): number {
	return 1 + (spec.interpreter === undefined ? 0 : 1) + (spec.dynamic === false ? 0 : 1);
}

function headersSize(spec: ElfSpec): number {
	const wide = (spec.bits ?? 64) === 64;
	return (wide ? 64 : 52) + programCount(spec) * (wide ? 56 : 32);
}

function relocation(out: Writer, spec: ElfSpec, symbol: number, type: number): void {
	const little = (spec.endian ?? 'little') === 'little';
	out.word(0x2000);
	if ((spec.bits ?? 64) === 32) out.int(symbol * 256 + type, 4);
	else if (spec.machine === 8) little ? out.int(symbol, 4).int(type * 0x1000000, 4) : out.int(symbol, 4).int(type, 4);
	else if (little) out.int(type, 4).int(symbol, 4);
	else out.int(symbol, 4).int(type, 4);
	out.word(0);
}

function hashSection(spec: ElfSpec, symbols: readonly Symbol[], writer: () => Writer): Section {
	const out = writer();
	if (spec.hash === 'sysv') {
		out
			.int(1, 4)
			.int(symbols.length + 1, 4)
			.int(1, 4);
		for (let i = 0; i <= symbols.length; i += 1) out.int(i < symbols.length ? i + 1 : 0, 4);
		return { name: 'sysv', bytes: out.bytes() };
	}
	const first = 1 + symbols.filter(({ defined }) => !defined).length;
	const hashes = symbols.slice(first - 1).map(({ name }) => gnuHash(name));
	out.int(bucketCount, 4).int(first, 4).int(1, 4).int(6, 4).word(0);
	for (let bucket = 0; bucket < bucketCount; bucket += 1) {
		const at = hashes.findIndex((hash) => hash % bucketCount === bucket);
		out.int(at < 0 ? 0 : first + at, 4);
	}
	hashes.forEach((hash, i) => {
		const last = i + 1 === hashes.length || (hashes[i + 1] as number) % bucketCount !== hash % bucketCount;
		out.int(hash - (hash % 2) + (last ? 1 : 0), 4);
	});
	return { name: 'gnu', bytes: out.bytes() };
}

function needSection(spec: ElfSpec, versions: VersionIndices, strings: Strings, writer: () => Writer): Uint8Array {
	const out = writer();
	const libraries = Object.entries(spec.versions ?? {});
	libraries.forEach(([library, list], i) => {
		const more = i + 1 < libraries.length;
		out
			.int(1, 2)
			.int(list.length, 2)
			.int(strings.at(library), 4)
			.int(16, 4)
			.int(more ? 16 + list.length * 16 : 0, 4);
		list.forEach((version, j) => {
			const name = version.replace('?', '');
			out
				.int(0, 4)
				.int(version.endsWith('?') ? 2 : 0, 2)
				.int(versions.needs.get(name) ?? 0, 2);
			out.int(strings.at(name), 4).int(j + 1 < list.length ? 16 : 0, 4);
		});
	});
	return out.bytes();
}

function definitionSection(spec: ElfSpec, versions: VersionIndices, strings: Strings, writer: () => Writer): Uint8Array {
	const out = writer();
	if (versions.definitions.size === 0) return out.bytes();
	const all: (readonly [string, number, number])[] = [[spec.soname ?? 'base', 1, 1]];
	for (const [name, index] of versions.definitions) all.push([name, index, 0]);
	all.forEach(([name, index, flags], i) => {
		out
			.int(1, 2)
			.int(flags, 2)
			.int(index, 2)
			.int(1, 2)
			.int(0, 4)
			.int(20, 4)
			.int(i + 1 < all.length ? 28 : 0, 4);
		out.int(strings.at(name), 4).int(0, 4);
	});
	return out.bytes();
}

function assemble(
	spec: ElfSpec,
	sections: readonly Section[],
	strings: Strings,
	writer: () => Writer,
	wide: boolean,
	little: boolean,
): Uint8Array {
	const headerSize = wide ? 64 : 52;
	const programSize = wide ? 56 : 32;
	const interpreter = spec.interpreter === undefined ? undefined : Buffer.from(`${spec.interpreter}\0`, 'latin1');
	const programs = programCount(spec);
	const places = new Map<string, { readonly at: number; readonly size: number }>();
	const body: number[] = [];
	const put = (name: string, bytes: Uint8Array): void => {
		while ((headersSize(spec) + body.length) % 8 !== 0) body.push(0);
		places.set(name, { at: headersSize(spec) + body.length, size: bytes.length });
		for (const byte of bytes) body.push(byte);
	};
	if (spec.code !== undefined) put('code', Buffer.from(spec.code, 'hex'));
	if (interpreter !== undefined) put('interpreter', interpreter);
	const named = dynamicNames(spec, strings);
	for (const { name, bytes } of sections) {
		if (bytes.length > 0) put(name, bytes);
		// as linkers do: without a hash table the number of symbols can only be told by what follows them
		if (name === 'symbols') put('strings', strings.bytes());
	}
	if (spec.dynamic !== false) {
		put('dynamic', dynamicSection(spec, named, places, writer, wide));
	}
	if (spec.tail !== undefined) put('tail', Buffer.from(spec.tail, 'latin1'));
	const total = headersSize(spec) + body.length;
	const left = spec.functions === undefined ? undefined : leftSymbols(spec.functions, total, writer, wide);
	const out = writer().raw([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
	out
		.int({ relocatable: 1, executable: 2, shared: 3 }[spec.type ?? 'shared'], 2)
		.int(spec.machine ?? 62, 2)
		.int(1, 4);
	out
		.word(0)
		.word(headerSize)
		.word(left?.headers ?? 0)
		.int(0, 4)
		.int(headerSize, 2)
		.int(programSize, 2)
		.int(programs, 2);
	out
		.int(left === undefined ? 0 : wide ? 64 : 40, 2)
		.int(left === undefined ? 0 : 3, 2)
		.int(0, 2);
	programHeader(out, wide, 1, { at: 0, size: total });
	for (const [type, name] of [
		[3, 'interpreter'],
		[2, 'dynamic'],
	] as const)
		if (places.has(name)) programHeader(out, wide, type, places.get(name) as { at: number; size: number });
	return out
		.raw(body)
		.raw(left?.bytes ?? [])
		.bytes();
}

/** .symtab, .strtab and the section headers, placed at `start`. */
function leftSymbols(
	names: readonly string[],
	start: number,
	writer: () => Writer,
	wide: boolean,
): { readonly bytes: Uint8Array; readonly headers: number } {
	const strings = new Strings();
	const table = writer().raw(new Uint8Array(wide ? 24 : 16));
	for (const name of names) {
		if (wide) table.int(strings.at(name), 4).int(0x12, 1).int(0, 1).int(1, 2).word(0).word(0);
		else table.int(strings.at(name), 4).word(0).word(0).int(0x12, 1).int(0, 1).int(1, 2);
	}
	const symbols = table.bytes();
	const text = strings.bytes();
	const headers = writer().raw(new Uint8Array(wide ? 64 : 40));
	const section = (type: number, at: number, size: number, link: number): void => {
		headers.int(0, 4).int(type, 4).word(0).word(0).word(at).word(size).int(link, 4).int(0, 4).word(1);
		headers.word(wide ? 24 : 16);
	};
	section(2, start, symbols.length, 2);
	section(3, start + symbols.length, text.length, 0);
	return { bytes: Buffer.concat([symbols, text, headers.bytes()]), headers: start + symbols.length + text.length };
}

function programHeader(out: Writer, wide: boolean, type: number, { at, size }: { readonly at: number; readonly size: number }): void {
	if (wide) out.int(type, 4).int(5, 4).word(at).word(at).word(at).word(size).word(size).word(8);
	else out.int(type, 4).word(at).word(at).word(at).word(size).word(size).int(5, 4).word(8);
}

/** Entries whose value is a place in the string table: they must be written before it. */
function dynamicNames(spec: ElfSpec, strings: Strings): readonly (readonly [number, number])[] {
	const named: (readonly [number, number])[] = (spec.needed ?? []).map((name) => [1, strings.at(name)] as const);
	if (spec.soname !== undefined) named.push([14, strings.at(spec.soname)]);
	if (spec.rpath !== undefined) named.push([15, strings.at(spec.rpath)]);
	if (spec.runpath !== undefined) named.push([29, strings.at(spec.runpath)]);
	return named;
}

function dynamicSection(
	spec: ElfSpec,
	named: readonly (readonly [number, number])[],
	places: ReadonlyMap<string, { readonly at: number; readonly size: number }>,
	writer: () => Writer,
	wide: boolean,
): Uint8Array {
	const entries: (readonly [number, number])[] = [...named];
	const at = (tag: number, name: string): void => {
		const place = places.get(name);
		if (place !== undefined) entries.push([tag, place.at]);
	};
	const size = (tag: number, name: string, unit = 1): void => {
		const place = places.get(name);
		if (place !== undefined) entries.push([tag, Math.floor(place.size / unit)]);
	};
	at(5, 'strings');
	size(10, 'strings');
	at(6, 'symbols');
	entries.push([11, wide ? 24 : 16]);
	at(4, 'sysv');
	at(0x6ffffef5, 'gnu');
	at(0x6ffffff0, 'versym');
	at(0x6ffffffe, 'needs');
	if (places.has('needs')) entries.push([0x6fffffff, Object.keys(spec.versions ?? {}).length]);
	at(0x6ffffffc, 'definitions');
	if (places.has('definitions')) size(0x6ffffffd, 'definitions', 28);
	at(7, 'rela');
	size(8, 'rela');
	at(23, 'plt');
	size(2, 'plt');
	if (places.has('plt')) entries.push([20, 7]);
	if (spec.bindNow === true) entries.push([24, 0]);
	if (spec.pie === true) entries.push([0x6ffffffb, 0x8000000]);
	const out = writer();
	for (const [tag, value] of [...entries, [0, 0] as const]) out.word(tag).word(value);
	return out.bytes();
}
