import { limits } from '../model/limits.ts';
import { ElfDefect, type ElfView } from './elf-view.ts';

/** A PT_LOAD segment: file range and the address it is mapped at. */
export interface Segment {
	readonly offset: number;
	readonly address: number;
	readonly fileSize: number;
	/** p_flags: 1 executable, 2 writable, 4 readable. */
	readonly flags?: number;
}

/** The dynamic section: single values by tag, and all DT_NEEDED in order. */
export interface Dynamic {
	readonly values: ReadonlyMap<number, number>;
	readonly needed: readonly number[];
	/** False when the section ends without DT_NULL. */
	readonly ended: boolean;
}

export const tag = {
	needed: 1,
	pltSize: 2,
	hash: 4,
	strings: 5,
	symbols: 6,
	rela: 7,
	relaSize: 8,
	stringsSize: 10,
	symbolSize: 11,
	soname: 14,
	rpath: 15,
	rel: 17,
	relSize: 18,
	pltKind: 20,
	pltRelocations: 23,
	bindNow: 24,
	runpath: 29,
	flags: 30,
	gnuHash: 0x6ffffef5,
	versionSymbols: 0x6ffffff0,
	flags1: 0x6ffffffb,
	definitions: 0x6ffffffc,
	definitionCount: 0x6ffffffd,
	needs: 0x6ffffffe,
	needCount: 0x6fffffff,
} as const;

export function readDynamic(view: ElfView, offset: number, size: number): Dynamic {
	const entry = view.wide ? 16 : 8;
	const count = Math.floor(size / entry);
	if (count > limits.elfEntries) throw new ElfDefect('the dynamic section is too long');
	const table = view.table(offset, count * entry, 'the dynamic section');
	const values = new Map<number, number>();
	const needed: number[] = [];
	for (let i = 0; i < count; i += 1) {
		const key = table.word(i * entry);
		const value = table.word(i * entry + entry / 2);
		if (key === 0) return { values, needed, ended: true };
		if (key === tag.needed) needed.push(value);
		else if (!values.has(key)) values.set(key, value);
	}
	return { values, needed, ended: false };
}

/** Where in the file an address is; undefined when no segment holds it. */
export function fileOffset(segments: readonly Segment[], address: number | undefined): number | undefined {
	if (address === undefined) return undefined;
	for (const s of segments) if (address >= s.address && address < s.address + s.fileSize) return s.offset + (address - s.address);
	return undefined;
}

/** The number of dynamic symbols, and where DT_GNU_HASH lies when there is one. */
export interface SymbolCount {
	readonly count: number;
	readonly gnuHash: { readonly offset: number; readonly length: number } | undefined;
}

/** DT_HASH says the number of symbols, DT_GNU_HASH is walked to the end of its last chain. */
export function symbolCount(view: ElfView, segments: readonly Segment[], values: ReadonlyMap<number, number>): SymbolCount | undefined {
	const at = fileOffset(segments, values.get(tag.gnuHash));
	const gnu = at === undefined ? undefined : readGnuHash(view, at);
	const hash = fileOffset(segments, values.get(tag.hash));
	const said = hash === undefined ? undefined : bounded(view.table(hash, 8, 'the hash table').u32(4));
	if (gnu !== undefined) {
		const count = said ?? (gnu.last === undefined ? withoutHash(values) : gnu.last + 1);
		return count === undefined ? undefined : { count, gnuHash: { offset: gnu.offset, length: gnu.length } };
	}
	const count = said ?? withoutHash(values);
	return count === undefined ? undefined : { count, gnuHash: undefined };
}

/** Without a hash table, or with one that hashes nothing: the string table follows the symbols in what linkers write. */
function withoutHash(values: ReadonlyMap<number, number>): number | undefined {
	const symbols = values.get(tag.symbols);
	const strings = values.get(tag.strings);
	const size = values.get(tag.symbolSize);
	if (symbols === undefined || strings === undefined || size === undefined || size === 0 || strings <= symbols) return undefined;
	return bounded(Math.floor((strings - symbols) / size));
}

/** DT_GNU_HASH: header, Bloom filter, buckets, and chains up to the last symbol (none when every bucket is empty). */
function readGnuHash(
	view: ElfView,
	offset: number,
): { readonly offset: number; readonly length: number; readonly last: number | undefined } {
	const head = view.table(offset, 16, 'the hash table');
	const buckets = bounded(head.u32(0));
	const first = bounded(head.u32(4));
	const start = offset + 16 + bounded(head.u32(8)) * (view.wide ? 8 : 4);
	const table = view.table(start, buckets * 4, 'the hash table');
	let last = 0;
	for (let i = 0; i < buckets; i += 1) last = Math.max(last, table.u32(i * 4));
	const chains = start + buckets * 4;
	if (last === 0 || last < first) return { offset, length: chains - offset, last: undefined };
	for (let i = bounded(last); i < limits.elfEntries; i += 1) {
		const at = chains + (i - first) * 4;
		if ((view.table(at, 4, 'the hash table').u32(0) & 1) === 1) return { offset, length: at + 4 - offset, last: i };
	}
	throw new ElfDefect('the hash table does not end');
}

function bounded(count: number): number {
	if (count > limits.elfEntries) throw new ElfDefect(`a table of ${count} entries`);
	return count;
}
