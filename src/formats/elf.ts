import type { ElfFacts } from '../model/rootfs.ts';
import { type Dynamic, fileOffset, readDynamic, type Segment, tag } from './elf-dynamic.ts';
import { machines, types } from './elf-names.ts';
import { readSegments } from './elf-segments.ts';
import { readSymbolTables } from './elf-symbols.ts';
import { readVersions } from './elf-versions.ts';
import { ElfDefect, ElfView, type RangeReader } from './elf-view.ts';

export type { RangeReader } from './elf-view.ts';

type Draft = { -readonly [K in keyof ElfFacts]: ElfFacts[K] };

/**
 * What a dynamic linker reads of an ELF file (System V gABI; GNU symbol versioning). Undefined: not an ELF file. A file
 * that is cut or lies gives the facts read so far with `broken`; no input throws. All tables must lie inside the file.
 */
export function readElf(file: RangeReader, options: { readonly symbols: boolean }): ElfFacts | undefined {
	const ident = file.size < 4 ? undefined : file.range(0, Math.min(16, file.size));
	if (ident === undefined || ident[0] !== 0x7f || ident[1] !== 0x45 || ident[2] !== 0x4c || ident[3] !== 0x46) return undefined;
	const facts: Draft = {
		bits: ident[4] === 1 ? 32 : 64,
		endian: ident[5] === 2 ? 'big' : 'little',
		machine: 'unknown',
		machineNumber: 0,
		type: 'other',
		dynamic: false,
		pie: false,
		needed: [],
		versionNeeds: [],
		versionDefinitions: [],
		bindNow: false,
		marks: [],
	};
	try {
		fill(facts, file, ident, options.symbols);
	} catch (error) {
		if (!(error instanceof ElfDefect || error instanceof RangeError)) throw error;
		facts.broken = error instanceof ElfDefect ? error.message : 'a table is cut short';
	}
	return facts;
}

function fill(facts: Draft, file: RangeReader, ident: Uint8Array, symbols: boolean): void {
	if (ident.length < 16 || (ident[4] !== 1 && ident[4] !== 2) || (ident[5] !== 1 && ident[5] !== 2))
		throw new ElfDefect('the identification is cut or unknown');
	const view = new ElfView(file, facts.bits === 64, facts.endian === 'little');
	const header = view.table(0, view.wide ? 64 : 52, 'the header');
	facts.type = types.get(header.u16(16)) ?? 'other';
	facts.machineNumber = header.u16(18);
	facts.machine = machineOf(facts.machineNumber, facts.bits, facts.endian);
	const { segments, interpreter, dynamic } = readSegments(view, header);
	if (interpreter !== undefined) facts.interpreter = interpreter;
	if (dynamic === undefined) return;
	facts.dynamic = true;
	fillDynamic(facts, view, segments, readDynamic(view, dynamic.offset, dynamic.fileSize), symbols);
}

function machineOf(number: number, bits: 32 | 64, endian: 'little' | 'big'): string {
	const name = machines.get(number) ?? 'unknown';
	if (name === 'riscv' || name === 'loongarch') return `${name}${bits}`;
	if (name === 'ppc64' && endian === 'little') return 'ppc64le';
	if (name === 's390x' && bits === 32) return 's390';
	if (name === 'mips') return `mips${bits === 64 ? '64' : ''}${endian === 'little' ? 'el' : ''}`;
	if (name === 'x86-64' && bits === 32) return 'x32';
	return name;
}

function fillDynamic(facts: Draft, view: ElfView, segments: readonly Segment[], dynamic: Dynamic, withSymbols: boolean): void {
	const value = (key: number): number | undefined => dynamic.values.get(key);
	const flags1 = value(tag.flags1) ?? 0;
	facts.pie = facts.type === 'shared' && Math.floor(flags1 / 0x8000000) % 2 === 1;
	facts.bindNow = value(tag.bindNow) !== undefined || ((value(tag.flags) ?? 0) & 8) !== 0 || (flags1 & 1) !== 0;
	const stringsAt = fileOffset(segments, value(tag.strings));
	if (stringsAt === undefined) {
		if (dynamic.needed.length > 0) throw new ElfDefect('the string table is in no segment');
		return;
	}
	const strings = view.table(stringsAt, Math.min(value(tag.stringsSize) ?? 0, view.size - stringsAt), 'the string table');
	const text = (at: number | undefined): string | undefined => (at === undefined ? undefined : strings.string(at));
	const paths = (at: number | undefined): readonly string[] | undefined => text(at)?.split(':');
	facts.needed = dynamic.needed.map((at) => text(at) ?? '');
	const soname = text(value(tag.soname));
	const rpath = paths(value(tag.rpath));
	const runpath = paths(value(tag.runpath));
	if (soname !== undefined) facts.soname = soname;
	if (rpath !== undefined) facts.rpath = rpath;
	if (runpath !== undefined) facts.runpath = runpath;
	if (facts.needed.includes('')) throw new ElfDefect('a needed library has no name');
	const versions = readVersions(view, strings, {
		needOffset: fileOffset(segments, value(tag.needs)),
		needCount: value(tag.needCount) ?? 0,
		definitionOffset: fileOffset(segments, value(tag.definitions)),
		definitionCount: value(tag.definitionCount) ?? 0,
	});
	facts.versionNeeds = versions.needs;
	facts.versionDefinitions = versions.definitions;
	if (withSymbols) facts.symbols = readSymbolTables(view, segments, dynamic, strings, versions.names, facts.machineNumber);
	if (!dynamic.ended) throw new ElfDefect('the dynamic section does not end');
}
