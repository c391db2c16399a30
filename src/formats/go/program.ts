import { ElfTable } from '../elf-view.ts';

/** A part of the file that is loaded at an address. */
export interface Segment {
	readonly offset: number;
	readonly address: number;
	readonly size: number;
}

/** A loaded program as a function table needs it: where addresses lie in the file. */
export interface LoadedProgram {
	readonly bytes: Uint8Array;
	readonly table: ElfTable;
	readonly machine: 'x86-64' | 'aarch64';
	readonly segments: readonly Segment[];
}

/** The PT_LOAD segments of a 64-bit little-endian ELF file of a machine whose calls can be read; else undefined. */
export function loadedProgram(bytes: Uint8Array): LoadedProgram | undefined {
	if (bytes.length < 64 || bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[4] !== 2 || bytes[5] !== 1) return undefined;
	const table = new ElfTable(bytes, true, true);
	const machine = table.u16(18) === 62 ? 'x86-64' : table.u16(18) === 183 ? 'aarch64' : undefined;
	if (machine === undefined) return undefined;
	const start = table.word(32);
	const size = table.u16(54);
	const segments: Segment[] = [];
	for (let i = 0; i < Math.min(table.u16(56), 128); i += 1) {
		const at = start + i * size;
		if (at + 56 > bytes.length || table.u32(at) !== 1) continue;
		segments.push({ offset: table.word(at + 8), address: table.word(at + 16), size: table.word(at + 32) });
	}
	return { bytes, table, machine, segments };
}

/** Where an address lies in the file; undefined when it is not loaded from it. */
export function offsetOf({ segments, bytes }: LoadedProgram, address: number): number | undefined {
	const segment = segments.find((s) => address >= s.address && address < s.address + s.size);
	const offset = segment && address - segment.address + segment.offset;
	return offset === undefined || offset >= bytes.length ? undefined : offset;
}

export function addressOf({ segments }: LoadedProgram, offset: number): number | undefined {
	const segment = segments.find((s) => offset >= s.offset && offset < s.offset + s.size);
	return segment && offset - segment.offset + segment.address;
}
