import { readBuildNotes } from '../formats/build-notes.ts';
import { type RangeReader, readElf } from '../formats/elf.ts';
import { sectionNamesReach } from '../formats/elf-section.ts';
import type { ElfFacts, Interest } from '../model/rootfs.ts';
import { GoNoteWindow } from './go-note-window.ts';
import { type MarkSearch, markSearch } from './mark-search.ts';

/** Bytes of an ELF file that are kept from its start; what the loader reads of larger files lies there or in its tail tables. */
export const prefixLimit = 24 * 1024 * 1024;
/** One table behind the prefix (the dynamic section, the section headers). */
const tableLimit = 1024 * 1024;

interface Kept {
	readonly offset: number;
	readonly bytes: Uint8Array;
}

/** Gathers the parts of one ELF file at a time into a buffer that is used again, then reads its facts. */
export class ElfCollector {
	readonly #symbols: boolean;
	readonly #built: boolean;
	readonly #marks: MarkSearch;
	/** The file is larger than what is kept of it, so its bytes are searched as they pass. */
	#passing = false;
	#prefix = new Uint8Array(1024 * 1024);
	#prefixLength = 0;
	#size = 0;
	#tables: Kept[] = [];
	#note: GoNoteWindow | undefined;

	constructor(interest: Interest) {
		this.#symbols = interest.symbols ?? false;
		this.#built = interest.built ?? false;
		this.#marks = markSearch(interest.marks ?? []);
	}

	begin(size: number, head: Uint8Array, sparse: boolean): void {
		this.#size = size;
		this.#prefixLength = Math.min(size, prefixLimit);
		if (this.#prefix.length < this.#prefixLength)
			this.#prefix = new Uint8Array(Math.min(prefixLimit, 2 ** Math.ceil(Math.log2(this.#prefixLength))));
		if (sparse) this.#prefix.fill(0, 0, this.#prefixLength);
		const { tables, data } = size > prefixLimit ? tail(head, size) : { tables: [], data: [] };
		this.#tables = tables;
		this.#note = this.#built && data.length > 0 ? new GoNoteWindow(data) : undefined;
		this.#passing = size > prefixLimit && this.#marks.begin(size);
	}

	add(chunk: Uint8Array, position: number): void {
		const room = this.#prefixLength - position;
		if (room > 0) this.#prefix.set(room >= chunk.length ? chunk : chunk.subarray(0, room), position);
		for (const table of this.#tables) copyOverlap(chunk, position, table);
		this.#note?.add(chunk, position);
		if (this.#passing) this.#marks.add(chunk, position);
	}

	finish(): ElfFacts | undefined {
		return this.#read(this.#prefix.subarray(0, this.#prefixLength), this.#size);
	}

	/** For a file whose bytes are all at hand. */
	whole(bytes: Uint8Array): ElfFacts | undefined {
		this.#tables = [];
		this.#note = undefined;
		this.#passing = false;
		return this.#read(bytes, bytes.length);
	}

	#read(prefix: Uint8Array, size: number): ElfFacts | undefined {
		const tables = this.#tables;
		const reader: RangeReader = {
			size,
			range(offset, length) {
				if (offset < 0 || length < 0) return undefined;
				if (offset + length <= prefix.length) return prefix.subarray(offset, offset + length);
				const table = tables.find((t) => offset >= t.offset && offset + length <= t.offset + t.bytes.length);
				return table?.bytes.subarray(offset - table.offset, offset - table.offset + length);
			},
		};
		const facts = readElf(reader, { symbols: this.#symbols });
		if (facts === undefined) return undefined;
		const built = this.#built ? readBuildNotes(reader, this.#note?.note?.bytes) : undefined;
		return { ...facts, ...(built === undefined ? {} : { built }), ...this.#found(prefix, size, executable(facts)) };
	}

	#found(prefix: Uint8Array, size: number, executable: boolean): Pick<ElfFacts, 'marks' | 'captures'> {
		if (!this.#passing) {
			if ((!executable && !this.#marks.inLibraries) || !this.#marks.begin(size)) return { marks: [] };
			this.#marks.add(prefix, 0);
		}
		return this.#marks.finish(executable);
	}
}

/** Could be started: not a library that is only linked. */
function executable(facts: ElfFacts): boolean {
	return facts.type === 'executable' || facts.interpreter !== undefined || (facts.type === 'shared' && facts.soname === undefined);
}

function copyOverlap(chunk: Uint8Array, position: number, table: Kept): void {
	const from = Math.max(position, table.offset);
	const to = Math.min(position + chunk.length, table.offset + table.bytes.length);
	if (from < to) table.bytes.set(chunk.subarray(from - position, to - position), from - table.offset);
}

/**
 * Of a large file: where the dynamic section and the section headers with their names lie, and its data (System V gABI, ELF header and
 * program header).
 */
function tail(
	head: Uint8Array,
	size: number,
): { readonly tables: Kept[]; readonly data: readonly { readonly from: number; readonly to: number }[] } {
	const view = new DataView(head.buffer, head.byteOffset, head.length);
	const wide = head[4] === 2;
	const little = head[5] !== 2;
	if (head.length < 64) return { tables: [], data: [] };
	const word = (at: number): number => (wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
	const programs = {
		at: word(wide ? 32 : 28),
		size: view.getUint16(wide ? 54 : 42, little),
		count: view.getUint16(wide ? 56 : 44, little),
	};
	const sections = {
		at: word(wide ? 40 : 32),
		size: view.getUint16(wide ? 58 : 46, little),
		count: view.getUint16(wide ? 60 : 48, little),
	};
	const names = Math.min(sections.at, sectionNamesReach);
	const wanted: [number, number][] = [[sections.at - names, names + sections.size * sections.count]];
	const data: { from: number; to: number }[] = [];
	for (let i = 0; i < programs.count; i += 1) {
		const at = programs.at + i * programs.size;
		if (!(at >= 0) || at + (wide ? 56 : 32) > head.length) break;
		const [type, flags] = [view.getUint32(at, little), view.getUint32(at + (wide ? 4 : 24), little)];
		const [offset, length] = [word(at + (wide ? 8 : 4)), word(at + (wide ? 32 : 16))];
		if (type === 2) wanted.push([offset, length]);
		else if (type === 1 && (flags & 3) === 2) data.push({ from: offset, to: Math.min(size, offset + length) });
	}
	const tables = wanted
		.filter(([offset, length]) => length > 0 && length <= tableLimit && offset > 0 && offset + length <= size)
		.map(([offset, length]) => ({ offset, bytes: new Uint8Array(length) }));
	return { tables, data };
}
