import type { ElfFacts, ElfSymbol, ElfSymbolTables } from '../model/rootfs.ts';
import { ElfTable } from './elf-view.ts';

/** A symbol that must be found elsewhere. */
export interface UndefinedSymbol extends ElfSymbol {
	/** Bits of `reference` (elf-relocations.ts); undefined when the relocations could not be read. */
	readonly references: number | undefined;
}

/** `ElfSymbolTables` behind an index; made once per file. */
interface Index {
	readonly count: number;
	at(index: number): ElfSymbol | undefined;
	isDefined(index: number): boolean;
	/** st_value */
	value(index: number): number;
	/** Indices of symbols whose name may be this. */
	candidates(name: string): Iterable<number>;
}

const indices = new WeakMap<ElfSymbolTables, Index>();

/** Global and weak symbols without a section, in the order of the file; none when symbols were not kept. */
export function undefinedSymbols(facts: ElfFacts): readonly UndefinedSymbol[] {
	const tables = facts.symbols;
	if (tables === undefined) return [];
	const index = indexOf(facts, tables);
	const found: UndefinedSymbol[] = [];
	for (let i = 1; i < index.count; i += 1) {
		const symbol = index.isDefined(i) ? undefined : index.at(i);
		if (symbol !== undefined) found.push({ ...symbol, references: tables.references?.[i] });
	}
	return found;
}

/** Every definition of a name: one per version. */
export function definitionsOf(facts: ElfFacts, name: string): readonly ElfSymbol[] {
	if (facts.symbols === undefined) return [];
	const index = indexOf(facts, facts.symbols);
	const found: ElfSymbol[] = [];
	for (const i of index.candidates(name)) {
		const symbol = index.isDefined(i) ? index.at(i) : undefined;
		if (symbol?.name === name) found.push(symbol);
	}
	return found;
}

export function defines(facts: ElfFacts, name: string): boolean {
	return definitionsOf(facts, name).length > 0;
}

/** st_value of a definition: the address that it has before the file is moved anywhere. */
export function addressOf(facts: ElfFacts, name: string): number | undefined {
	if (facts.symbols === undefined) return undefined;
	const index = indexOf(facts, facts.symbols);
	for (const i of index.candidates(name)) if (index.isDefined(i) && index.at(i)?.name === name) return index.value(i);
	return undefined;
}

/** Every definition; of a large library this makes many objects. */
export function* definedSymbols(facts: ElfFacts): Generator<ElfSymbol> {
	if (facts.symbols === undefined) return;
	const index = indexOf(facts, facts.symbols);
	for (let i = 1; i < index.count; i += 1) {
		const symbol = index.isDefined(i) ? index.at(i) : undefined;
		if (symbol !== undefined) yield symbol;
	}
}

function indexOf(facts: ElfFacts, tables: ElfSymbolTables): Index {
	let index = indices.get(tables);
	if (index === undefined) {
		index = newIndex(facts, tables);
		indices.set(tables, index);
	}
	return index;
}

const symbolTypes: Readonly<Record<number, ElfSymbol['type']>> = { 1: 'object', 2: 'function', 6: 'tls', 10: 'function' };

/** System V gABI, "Symbol Table"; GNU symbol versioning: index 0 is local to the file, bit 15 hides a definition. */
function newIndex(facts: ElfFacts, tables: ElfSymbolTables): Index {
	const wide = facts.bits === 64;
	const little = facts.endian === 'little';
	const size = wide ? 24 : 16;
	const symbols = new ElfTable(tables.symbols, wide, little);
	const strings = new ElfTable(tables.strings, wide, little);
	const versions = tables.versions === undefined ? undefined : new ElfTable(tables.versions, wide, little);
	const count = Math.floor(symbols.length / size);
	const isDefined = (i: number): boolean => symbols.u16(i * size + (wide ? 6 : 14)) !== 0;
	const value = (i: number): number => symbols.word(i * size + (wide ? 8 : 4));
	const at = (i: number): ElfSymbol | undefined => {
		const info = symbols.bytes[i * size + (wide ? 4 : 12)] as number;
		const binding = info >> 4;
		// 10 is STB_GNU_UNIQUE
		if (binding !== 1 && binding !== 2 && binding !== 10) return undefined;
		const name = strings.string(symbols.u32(i * size));
		if (name === undefined || name === '') return undefined;
		const index = versions?.u16(i * 2);
		const defined = isDefined(i);
		if (defined && index === 0) return undefined;
		const version = index === undefined || (index & 0x7fff) < 2 ? undefined : tables.versionNames.get(index & 0x7fff);
		return {
			name,
			binding: binding === 2 ? 'weak' : 'global',
			type: symbolTypes[info & 15] ?? 'other',
			...(version === undefined ? {} : { version }),
			...(defined && index !== undefined && (index & 0x8000) !== 0 ? { hidden: true } : {}),
		};
	};
	const hashed = tables.gnuHash === undefined ? undefined : gnuCandidates(new ElfTable(tables.gnuHash, wide, little), wide, count);
	return { count, at, isDefined, value, candidates: hashed ?? mapCandidates(count, (i) => (isDefined(i) ? at(i)?.name : undefined)) };
}

/** Chains of DT_GNU_HASH: bit 0 ends a chain, the rest is the hash without its lowest bit. Never longer than the table. */
function gnuCandidates(table: ElfTable, wide: boolean, count: number): (name: string) => Iterable<number> {
	const buckets = table.u32(0);
	const first = table.u32(4);
	const bloom = table.u32(8);
	const start = 16 + bloom * (wide ? 8 : 4);
	const chains = start + buckets * 4;
	return function* (name) {
		if (buckets === 0) return;
		const hash = gnuHash(name);
		for (let i = table.u32(start + (hash % buckets) * 4); i >= first && i < count; i += 1) {
			const at = chains + (i - first) * 4;
			if (at + 4 > table.length) return;
			const entry = table.u32(at);
			if (entry >>> 1 === hash >>> 1) yield i;
			if ((entry & 1) === 1) return;
		}
	};
}

function gnuHash(name: string): number {
	let hash = 5381;
	for (let i = 0; i < name.length; i += 1) hash = (Math.imul(hash, 33) + name.charCodeAt(i)) >>> 0;
	return hash;
}

/** For files with DT_HASH alone: made at the first question. */
function mapCandidates(count: number, nameAt: (index: number) => string | undefined): (name: string) => Iterable<number> {
	let byName: Map<string, number[]> | undefined;
	return (name) => {
		if (byName === undefined) {
			byName = new Map();
			for (let i = 1; i < count; i += 1) {
				const key = nameAt(i);
				if (key === undefined) continue;
				const list = byName.get(key);
				if (list === undefined) byName.set(key, [i]);
				else list.push(i);
			}
		}
		return byName.get(name) ?? [];
	};
}
