/** Random access to a file of which some parts may not have been kept. */
export interface RangeReader {
	readonly size: number;
	/** Undefined: outside the file, or not kept. */
	range(offset: number, length: number): Uint8Array | undefined;
}

/** Why reading an ELF file stopped; caught by `readElf`, which keeps what was read before. */
export class ElfDefect extends Error {}

/** Integers of one ELF file: its byte order and word size are those of the header. */
export class ElfView {
	readonly wide: boolean;
	readonly little: boolean;
	readonly #file: RangeReader;

	constructor(file: RangeReader, wide: boolean, little: boolean) {
		this.#file = file;
		this.wide = wide;
		this.little = little;
	}

	get size(): number {
		return this.#file.size;
	}

	/** @throws ElfDefect when the range is outside the file or was not kept */
	bytes(offset: number, length: number, what: string): Uint8Array {
		if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > this.#file.size) {
			throw new ElfDefect(`${what} lies outside the file`);
		}
		const bytes = this.#file.range(offset, length);
		if (bytes === undefined) throw new ElfDefect(`${what} was not kept: the file is very large`);
		return bytes;
	}

	/** Undefined when it was not kept. */
	peek(offset: number, length: number): Uint8Array | undefined {
		return this.#file.range(offset, length);
	}

	table(offset: number, length: number, what: string): ElfTable {
		return new ElfTable(this.bytes(offset, length, what), this.wide, this.little);
	}
}

/** A part of the file that is at hand. */
export class ElfTable {
	readonly bytes: Uint8Array;
	readonly #view: DataView;
	readonly #wide: boolean;
	readonly #little: boolean;

	constructor(bytes: Uint8Array, wide: boolean, little: boolean) {
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#wide = wide;
		this.#little = little;
	}

	get length(): number {
		return this.bytes.length;
	}

	u16(at: number): number {
		return this.#view.getUint16(at, this.#little);
	}

	u32(at: number): number {
		return this.#view.getUint32(at, this.#little);
	}

	/** An address, offset or size; above 2^53 it is not exact, which every bound refuses. */
	word(at: number): number {
		if (!this.#wide) return this.#view.getUint32(at, this.#little);
		const high = this.#view.getUint32(at + (this.#little ? 4 : 0), this.#little);
		const low = this.#view.getUint32(at + (this.#little ? 0 : 4), this.#little);
		return high * 0x1_0000_0000 + low;
	}

	/** The NUL-terminated string at this place of a string table; undefined when it does not end inside. */
	string(at: number): string | undefined {
		if (at < 0 || at >= this.bytes.length) return undefined;
		const end = this.bytes.indexOf(0, at);
		if (end === -1 || end - at > 32768) return undefined;
		return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + at, end - at).toString('latin1');
	}
}
