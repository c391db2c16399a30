import { FootingError } from '../../model/errors.ts';
import { applyWal } from './sqlite-wal.ts';

/** One row: values of its columns in order; NULL and what nobody here needs is undefined. */
export type SqliteRow = readonly (string | number | Uint8Array | undefined)[];

const maxRows = 2_000_000;

/**
 * Rows of one table of a SQLite 3 database (sqlite.org/fileformat2.html), read from its bytes without the library: the
 * file may be hostile and is never written. `wal` is the write-ahead log beside it, whose committed pages count.
 * @throws FootingError `bad-rpmdb`
 */
export function readSqliteTable(file: Uint8Array, wal: Uint8Array | undefined, table: string): readonly SqliteRow[] {
	const database = new Pages(file, wal);
	for (const [type, name, , root] of database.rows(1)) {
		if (type === 'table' && name === table && typeof root === 'number') return database.rows(root);
	}
	throw bad(`it has no table ${table}`);
}

class Pages {
	readonly #file: Buffer;
	readonly #logged: ReadonlyMap<number, Buffer>;
	readonly #size: number;
	readonly #usable: number;
	#taken = 0;

	constructor(file: Uint8Array, wal: Uint8Array | undefined) {
		this.#file = Buffer.from(file.buffer, file.byteOffset, file.length);
		if (file.length < 512 || this.#file.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw bad('it does not begin as one');
		const size = this.#file.readUInt16BE(16);
		this.#size = size === 1 ? 65_536 : size;
		if (this.#size < 512 || (this.#size & (this.#size - 1)) !== 0) throw bad('its page size is impossible');
		this.#usable = this.#size - (this.#file[20] as number);
		this.#logged = wal === undefined ? new Map() : applyWal(wal, this.#size);
	}

	#page(number: number): Buffer {
		const logged = this.#logged.get(number);
		if (logged !== undefined) return logged;
		const from = (number - 1) * this.#size;
		if (number < 1 || from + this.#size > this.#file.length) throw bad(`page ${number} is not in the file`);
		return this.#file.subarray(from, from + this.#size);
	}

	/** All rows of the table b-tree with this root, in the order of their keys. */
	rows(root: number): readonly SqliteRow[] {
		const found: SqliteRow[] = [];
		const seen = new Set<number>();
		const pending = [root];
		for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
			if (seen.has(number)) throw bad('its pages lead in a circle');
			seen.add(number);
			const page = this.#page(number);
			const header = number === 1 ? 100 : 0;
			const kind = page[header];
			const count = page.readUInt16BE(header + 3);
			if (kind === 0x05) pending.push(...this.#children(page, header, count));
			else if (kind === 0x0d) for (let i = 0; i < count; i += 1) found.push(this.#row(page, cell(page, header + 8, i)));
			else throw bad(`page ${number} is no part of a table`);
			if (found.length > maxRows) throw bad('it has too many rows');
		}
		return found;
	}

	/** Last first, so that the first is taken from the stack first. */
	#children(page: Buffer, header: number, count: number): readonly number[] {
		const children = [page.readUInt32BE(header + 8)];
		for (let i = count - 1; i >= 0; i -= 1) {
			const at = cell(page, header + 12, i);
			if (at + 4 > page.length) throw bad('a cell lies outside its page');
			children.push(page.readUInt32BE(at));
		}
		return children;
	}

	#row(page: Buffer, at: number): SqliteRow {
		const [size, afterSize] = varint(page, at);
		const [, start] = varint(page, afterSize);
		return record(this.#payload(page, start, size));
	}

	/** "Cell payload overflow pages": how much of a payload stays in the page. */
	#payload(page: Buffer, start: number, size: number): Buffer {
		const most = this.#usable - 35;
		if (size <= most) return slice(page, start, size);
		this.#taken += size;
		if (this.#taken > this.#file.length + this.#logged.size * this.#size) throw bad('its rows are larger than the file');
		const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
		const surplus = least + ((size - least) % (this.#usable - 4));
		const local = surplus <= most ? surplus : least;
		const parts = [slice(page, start, local)];
		let next = slice(page, start + local, 4).readUInt32BE(0);
		for (let left = size - local; left > 0; ) {
			const overflow = this.#page(next);
			const part = overflow.subarray(4, 4 + Math.min(left, this.#usable - 4));
			parts.push(part);
			left -= part.length;
			next = overflow.readUInt32BE(0);
		}
		return Buffer.concat(parts, size);
	}
}

function cell(page: Buffer, pointers: number, index: number): number {
	const at = pointers + index * 2;
	if (at + 2 > page.length) throw bad('a cell pointer lies outside its page');
	return page.readUInt16BE(at);
}

function slice(page: Buffer, start: number, length: number): Buffer {
	if (start + length > page.length) throw bad('a cell lies outside its page');
	return page.subarray(start, start + length);
}

/** Big endian, seven bits a byte, eight in the ninth; values above 2^53 are refused. */
function varint(bytes: Buffer, at: number): readonly [value: number, next: number] {
	let value = 0;
	for (let i = 0; i < 9; i += 1) {
		const byte = bytes[at + i];
		if (byte === undefined) throw bad('a number is cut');
		value = i === 8 ? value * 256 + byte : value * 128 + (byte & 0x7f);
		if (value > Number.MAX_SAFE_INTEGER) throw bad('a number is too large');
		if (i === 8 || byte < 0x80) return [value, at + i + 1];
	}
	throw bad('a number does not end');
}

/** "Record format". */
function record(payload: Buffer): SqliteRow {
	const [headerSize, first] = varint(payload, 0);
	const values: (string | number | Uint8Array | undefined)[] = [];
	let body = headerSize;
	for (let at = first; at < headerSize; ) {
		const [type, next] = varint(payload, at);
		const size = sizeOf(type);
		if (body + size > payload.length) throw bad('a value is longer than its row');
		values.push(columnValue(payload, type, body, size));
		body += size;
		at = next;
	}
	return values;
}

function sizeOf(type: number): number {
	if (type >= 12) return (type - (type % 2 === 0 ? 12 : 13)) / 2;
	return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

function columnValue(payload: Buffer, type: number, at: number, size: number): string | number | Uint8Array | undefined {
	if (type >= 12) return type % 2 === 0 ? payload.subarray(at, at + size) : payload.toString('utf8', at, at + size);
	if (type >= 1 && type <= 5) return payload.readIntBE(at, size);
	if (type === 6) return Number(payload.readBigInt64BE(at));
	if (type === 7) return payload.readDoubleBE(at);
	return type === 8 ? 0 : type === 9 ? 1 : undefined;
}

function bad(why: string): FootingError {
	return new FootingError('bad-rpmdb', `cannot read the SQLite database: ${why}`);
}
