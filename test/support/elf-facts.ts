import type { NewEntry } from '../../src/model/file-tree.ts';
import type { ElfFacts, ElfSymbolTables } from '../../src/model/rootfs.ts';

export interface ElfSketch extends Partial<Omit<ElfFacts, 'symbols'>> {
	/** Global functions that it defines, and those that it wants from elsewhere. */
	readonly defined?: readonly string[];
	readonly wanted?: readonly string[];
}

/** An executable ELF file of x86-64 of which only the facts exist. */
export function elf({ defined = [], wanted = [], ...facts }: ElfSketch = {}, mode = 0o755): Omit<NewEntry, 'path'> {
	const whole: ElfFacts = {
		bits: 64,
		endian: 'little',
		machine: 'x86-64',
		machineNumber: 62,
		type: 'shared',
		dynamic: true,
		pie: true,
		needed: [],
		versionNeeds: [],
		versionDefinitions: [],
		bindNow: false,
		marks: [],
		symbols: tables(defined, wanted),
		...facts,
	};
	return { type: 'file', mode, size: 4096, body: new Uint8Array(4096), elf: whole };
}

/** System V gABI, "Symbol Table": 24 bytes a symbol; the first one is empty. */
function tables(defined: readonly string[], wanted: readonly string[]): ElfSymbolTables {
	const names = [...defined, ...wanted];
	const strings = Buffer.from(`\0${names.join('\0')}\0`);
	const symbols = Buffer.alloc(24 * (names.length + 1));
	let at = 1;
	for (const [index, name] of names.entries()) {
		const base = 24 * (index + 1);
		symbols.writeUInt32LE(at, base);
		symbols.writeUInt8(0x12, base + 4);
		symbols.writeUInt16LE(index < defined.length ? 1 : 0, base + 6);
		at += name.length + 1;
	}
	return { symbols, strings, versionNames: new Map() };
}
