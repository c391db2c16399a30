import { limits } from '../model/limits.ts';
import type { ElfVersionNeed } from '../model/rootfs.ts';
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
