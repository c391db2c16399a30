import { FootingError } from '../../model/errors.ts';

const hashMagic = 0x061561;
/** Pages of a hash file: free, unsorted and sorted hash, overflow, metadata. */
const pageType = { all: [0, 2, 7, 8, 13], hash: [2, 13], overflow: 7 } as const;
const itemType = { inline: 1, offPage: 3 } as const;

/**
 * Values of a Berkeley DB hash file, as rpm before 4.16 kept its `Packages` in (Berkeley DB's db_page.h). The order is
 * that of the pages. The entry with the key 0 is rpm's counter and is left out.
 * @throws FootingError `bad-rpmdb`
 */
export function readBerkeleyHash(bytes: Uint8Array): readonly Uint8Array[] {
	const file = new HashFile(bytes);
	const values: Uint8Array[] = [];
	for (let page = 1; page < file.pages; page += 1) values.push(...file.values(page));
	return values;
}

class HashFile {
	readonly pages: number;
	readonly #view: DataView;
	readonly #bytes: Uint8Array;
	readonly #little: boolean;
	readonly #size: number;
	#taken = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		if (bytes.length < 512) throw bad('it is too short');
		this.#little = this.#view.getUint32(12, true) === hashMagic;
		if (!this.#little && this.#view.getUint32(12, false) !== hashMagic) throw bad('it does not begin as a hash file');
		this.#size = this.#u32(20);
		if (this.#size < 512 || this.#size > 65_536 || (this.#size & (this.#size - 1)) !== 0) throw bad('its page size is impossible');
		this.pages = Math.min(this.#u32(32) + 1, Math.floor(bytes.length / this.#size));
	}

	#u32(at: number): number {
		return this.#view.getUint32(at, this.#little);
	}

	#u16(at: number): number {
		return this.#view.getUint16(at, this.#little);
	}

	/** Items of a page come in pairs of key and value. */
	values(page: number): readonly Uint8Array[] {
		const base = page * this.#size;
		const type = this.#view.getUint8(base + 25);
		if (!(pageType.all as readonly number[]).includes(type)) throw bad(`page ${page} is of an unknown kind`);
		if (!(pageType.hash as readonly number[]).includes(type)) return [];
		const items = this.#u16(base + 20);
		if (26 + items * 2 > this.#size) throw bad(`page ${page} has more items than room`);
		const values: Uint8Array[] = [];
		for (let i = 0; i + 1 < items; i += 2) {
			const key = this.#item(base, i);
			if (key.type === itemType.inline && key.length === 4 && this.#u32(key.at) === 0) continue;
			values.push(this.#value(this.#item(base, i + 1)));
		}
		return values;
	}

	/** Items grow down from the end of the page; each ends where the one before begins. */
	#item(base: number, index: number): { readonly type: number; readonly at: number; readonly length: number } {
		const start = this.#u16(base + 26 + index * 2);
		const end = index === 0 ? this.#size : this.#u16(base + 26 + (index - 1) * 2);
		if (start < 26 || start >= end || end > this.#size) throw bad('an item lies outside its page');
		return { type: this.#view.getUint8(base + start), at: base + start + 1, length: end - start - 1 };
	}

	#value(item: { readonly type: number; readonly at: number; readonly length: number }): Uint8Array {
		if (item.type === itemType.inline) return this.#bytes.subarray(item.at, item.at + item.length);
		if (item.type !== itemType.offPage || item.length < 11) throw bad('a value is of an unknown kind');
		const total = this.#u32(item.at + 7);
		this.#taken += total;
		if (this.#taken > this.#bytes.length) throw bad('its values are larger than the file');
		return this.#chain(this.#u32(item.at + 3), total);
	}

	#chain(first: number, total: number): Uint8Array {
		const value = new Uint8Array(total);
		let filled = 0;
		for (let page = first, hops = 0; filled < total; hops += 1) {
			const base = page * this.#size;
			if (page === 0 || page >= this.pages || hops > this.pages) throw bad('a value ends too early');
			if (this.#view.getUint8(base + 25) !== pageType.overflow) throw bad('a value leads to a page of another kind');
			const length = Math.min(this.#u16(base + 22), total - filled, this.#size - 26);
			value.set(this.#bytes.subarray(base + 26, base + 26 + length), filled);
			filled += length;
			page = this.#u32(base + 16);
		}
		return value;
	}
}

function bad(why: string): FootingError {
	return new FootingError('bad-rpmdb', `cannot read the Berkeley DB file: ${why}`);
}
