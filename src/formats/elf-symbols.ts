import { limits } from '../model/limits.ts';
import type { ElfSymbol, ElfVersionNeed } from '../model/rootfs.ts';
import { ElfDefect, type ElfTable, type ElfView } from './elf-view.ts';

/** What the dynamic section says about a table of versions; offsets into the file. */
export interface VersionTables {
	readonly needOffset: number | undefined;
	readonly needCount: number;
	readonly definitionOffset: number | undefined;
	readonly definitionCount: number;
}

export interface Versions {
	readonly needs: readonly ElfVersionNeed[];
	readonly definitions: readonly string[];
	/** Version name by the index that symbols use. */
	readonly names: ReadonlyMap<number, string>;
}

/** Entries of a version table are read through windows, as its length is not written anywhere. */
const window = 16;

/** GNU symbol versioning: `Elf_Verneed`/`Elf_Vernaux` and `Elf_Verdef`/`Elf_Verdaux`; all have one layout in 32 and 64 bit. */
export function readVersions(view: ElfView, strings: ElfTable, tables: VersionTables): Versions {
	const names = new Map<number, string>();
	const needs = tables.needOffset === undefined ? [] : readNeeds(view, strings, tables.needOffset, tables.needCount, names);
	const definitions =
		tables.definitionOffset === undefined ? [] : readDefinitions(view, strings, tables.definitionOffset, tables.definitionCount, names);
	return { needs, definitions, names };
}

function readNeeds(view: ElfView, strings: ElfTable, start: number, count: number, names: Map<number, string>): ElfVersionNeed[] {
	const needs: ElfVersionNeed[] = [];
	let budget: number = limits.elfEntries;
	for (let at = start, i = 0; i < count; i += 1) {
		const need = view.table(at, window, 'the table of needed versions');
		const versions: { name: string; weak: boolean }[] = [];
		let aux = at + need.u32(8);
		for (let j = need.u16(2); j > 0; j -= 1) {
			budget -= 1;
			if (budget < 0) throw new ElfDefect('the table of needed versions does not end');
			const version = view.table(aux, window, 'the table of needed versions');
			const name = strings.string(version.u32(8)) ?? '';
			versions.push({ name, weak: (version.u16(4) & 2) !== 0 });
			names.set(version.u16(6) & 0x7fff, name);
			const next = version.u32(12);
			if (next === 0) break;
			aux += next;
		}
		needs.push({ library: strings.string(need.u32(4)) ?? '', versions });
		const next = need.u32(12);
		if (next === 0) break;
		at += next;
	}
	return needs;
}

function readDefinitions(view: ElfView, strings: ElfTable, start: number, count: number, names: Map<number, string>): string[] {
	const definitions: string[] = [];
	for (let at = start, i = 0; i < Math.min(count, limits.elfEntries); i += 1) {
		const definition = view.table(at, 20, 'the table of defined versions');
		const name = strings.string(view.table(at + definition.u32(12), 8, 'the table of defined versions').u32(0)) ?? '';
		names.set(definition.u16(4) & 0x7fff, name);
		// the base version is the name of the file itself
		if ((definition.u16(2) & 1) === 0) definitions.push(name);
		const next = definition.u32(16);
		if (next === 0) break;
		at += next;
	}
	return definitions;
}

export interface SymbolTables {
	readonly offset: number;
	readonly entrySize: number;
	readonly count: number;
	/** DT_VERSYM; absent when symbols carry no versions. */
	readonly versionOffset: number | undefined;
}

/** The dynamic symbols, global and weak ones, apart into those that must be found elsewhere and those that are offered. */
export function readSymbols(
	view: ElfView,
	strings: ElfTable,
	tables: SymbolTables,
	names: ReadonlyMap<number, string>,
): { readonly undefined: ElfSymbol[]; readonly defined: ElfSymbol[] } {
	const found = { undefined: [] as ElfSymbol[], defined: [] as ElfSymbol[] };
	const size = view.wide ? 24 : 16;
	if (tables.entrySize !== size) throw new ElfDefect('the symbol table has entries of an unknown size');
	const symbols = view.table(tables.offset, tables.count * size, 'the symbol table');
	const versions =
		tables.versionOffset === undefined ? undefined : view.table(tables.versionOffset, tables.count * 2, 'the table of symbol versions');
	for (let i = 1; i < tables.count; i += 1) {
		const at = i * size;
		const info = symbols.bytes[at + (view.wide ? 4 : 12)] as number;
		const binding = info >> 4;
		if (binding !== 1 && binding !== 2 && binding !== 10) continue;
		const name = strings.string(symbols.u32(at));
		if (name === undefined || name === '') continue;
		const section = symbols.u16(at + (view.wide ? 6 : 14));
		const index = versions?.u16(i * 2);
		// index 0 is local to the file: hidden from everybody else
		if (section !== 0 && index === 0) continue;
		const version = index === undefined || (index & 0x7fff) < 2 ? undefined : names.get(index & 0x7fff);
		const symbol: ElfSymbol = {
			name,
			binding: binding === 2 ? 'weak' : 'global',
			type: symbolTypes[info & 15] ?? 'other',
			...(version === undefined ? {} : { version }),
			...(section !== 0 && index !== undefined && (index & 0x8000) !== 0 ? { hidden: true } : {}),
		};
		(section === 0 ? found.undefined : found.defined).push(symbol);
	}
	return found;
}

const symbolTypes: Readonly<Record<number, ElfSymbol['type']>> = { 1: 'object', 2: 'function', 6: 'tls', 10: 'function' };
