import { limits } from '../model/limits.ts';
import { fileOffset, type Segment, tag } from './elf-dynamic.ts';
import { ElfDefect, type ElfView } from './elf-view.ts';

/** How a relocation refers to a symbol; bits of `ElfSymbolTables.references`. */
export const reference = { plt: 1, got: 2, other: 4 } as const;

/** Relocation types that fill a slot of the global offset table or of the procedure linkage table, by e_machine (the processor supplements). */
const slotTypes = new Map<number, { readonly got?: number; readonly plt: number }>([
	[2, { got: 20, plt: 21 }], // SPARC
	[3, { got: 6, plt: 7 }], // i386
	[4, { got: 20, plt: 21 }], // m68k
	[8, { plt: 127 }], // MIPS
	[20, { got: 20, plt: 21 }], // PowerPC
	[21, { got: 20, plt: 21 }], // PowerPC 64
	[22, { got: 10, plt: 11 }], // S/390
	[40, { got: 21, plt: 22 }], // Arm
	[42, { got: 163, plt: 164 }], // SuperH
	[43, { got: 20, plt: 21 }], // SPARC 64
	[62, { got: 6, plt: 7 }], // x86-64
	[183, { got: 1025, plt: 1026 }], // AArch64
	[243, { plt: 5 }], // RISC-V
	[258, { plt: 5 }], // LoongArch
]);

interface Table {
	readonly offset: number;
	readonly size: number;
	readonly entrySize: number;
}

/** One byte per symbol: the union of `reference` bits. Undefined when a table of relocations is not at hand or too long. */
export function readReferences(
	view: ElfView,
	segments: readonly Segment[],
	values: ReadonlyMap<number, number>,
	machine: number,
	symbols: number,
): Uint8Array | undefined {
	const references = new Uint8Array(symbols);
	const slots = slotTypes.get(machine);
	try {
		for (const table of tables(view, segments, values)) {
			const bytes = view.table(table.offset, table.size, 'the relocation table');
			const count = Math.floor(table.size / table.entrySize);
			if (count > limits.elfEntries) return undefined;
			for (let i = 0; i < count; i += 1) {
				const { symbol, type } = infoAt(bytes, view, i * table.entrySize, machine);
				if (symbol === 0 || symbol >= symbols) continue;
				references[symbol] = (references[symbol] as number) | bitOf(type, slots);
			}
		}
	} catch (error) {
		if (!(error instanceof ElfDefect)) throw error;
		return undefined;
	}
	return references;
}

function bitOf(type: number, slots: { readonly got?: number; readonly plt: number } | undefined): number {
	if (type === slots?.plt) return reference.plt;
	return type === slots?.got ? reference.got : reference.other;
}

/** r_info: symbol and type (gABI, "Relocation"); 64-bit MIPS in little-endian order keeps the symbol in the low word. */
function infoAt(
	bytes: { u32(at: number): number },
	view: ElfView,
	at: number,
	machine: number,
): { readonly symbol: number; readonly type: number } {
	if (!view.wide) {
		const info = bytes.u32(at + 4);
		return { symbol: info >>> 8, type: info & 0xff };
	}
	const first = bytes.u32(at + 8);
	const second = bytes.u32(at + 12);
	if (machine === 8) return view.little ? { symbol: first, type: second >>> 24 } : { symbol: first, type: second & 0xff };
	return view.little ? { symbol: second, type: first } : { symbol: first, type: second };
}

function tables(view: ElfView, segments: readonly Segment[], values: ReadonlyMap<number, number>): readonly Table[] {
	const rela = view.wide ? 24 : 12;
	const rel = view.wide ? 16 : 8;
	const found: Table[] = [];
	const add = (at: number, length: number, entrySize: number): void => {
		const address = values.get(at);
		const size = values.get(length);
		if (address === undefined || size === undefined || size === 0) return;
		const offset = fileOffset(segments, address);
		if (offset === undefined) throw new ElfDefect('the relocation table is in no segment');
		found.push({ offset, size, entrySize });
	};
	add(tag.rela, tag.relaSize, rela);
	add(tag.rel, tag.relSize, rel);
	add(tag.pltRelocations, tag.pltSize, values.get(tag.pltKind) === tag.rela ? rela : rel);
	return found;
}
