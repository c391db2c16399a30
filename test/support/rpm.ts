import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A package header as rpm's database keeps it; numbers are the tags of rpmtag.h. */
export interface RpmFacts {
	readonly name: string;
	readonly version?: string;
	readonly release?: string;
	readonly arch?: string;
	readonly epoch?: number;
	readonly sourceRpm?: string;
	/** Absolute paths; with a `!` before it the package only reserves it. */
	readonly files?: readonly string[];
}

export function rpmHeader(facts: RpmFacts): Buffer {
	const { name, version = '1.0', release = '1.el9', arch = 'x86_64', epoch, sourceRpm, files = [] } = facts;
	const paths = files.map((f) => f.replace('!', ''));
	const directories = [...new Set(paths.map((p) => p.slice(0, p.lastIndexOf('/') + 1)))];
	const tags: [number, 'string' | 'strings' | 'numbers', readonly (string | number)[]][] = [
		[1000, 'string', [name]],
		[1001, 'string', [version]],
		[1002, 'string', [release]],
		[1022, 'string', [arch]],
	];
	if (epoch !== undefined) tags.push([1003, 'numbers', [epoch]]);
	if (sourceRpm !== undefined) tags.push([1044, 'string', [sourceRpm]]);
	if (files.length > 0) {
		tags.push([1037, 'numbers', files.map((f) => (f.startsWith('!') ? 64 : 0))]);
		tags.push([1116, 'numbers', paths.map((p) => directories.indexOf(p.slice(0, p.lastIndexOf('/') + 1)))]);
		tags.push([1117, 'strings', paths.map((p) => p.slice(p.lastIndexOf('/') + 1))]);
		tags.push([1118, 'strings', directories]);
	}
	return assemble(tags);
}

function assemble(tags: readonly (readonly [number, 'string' | 'strings' | 'numbers', readonly (string | number)[]])[]): Buffer {
	const index: Buffer[] = [];
	let data = Buffer.alloc(0);
	for (const [tag, kind, values] of tags) {
		if (kind === 'numbers') data = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
		const entry = Buffer.alloc(16);
		entry.writeUInt32BE(tag, 0);
		entry.writeUInt32BE({ string: 6, strings: 8, numbers: 4 }[kind], 4);
		entry.writeUInt32BE(data.length, 8);
		entry.writeUInt32BE(values.length, 12);
		index.push(entry);
		data = Buffer.concat([data, ...values.map((v) => (typeof v === 'string' ? Buffer.from(`${v}\0`) : u32be(v)))]);
	}
	return Buffer.concat([u32be(index.length), u32be(data.length), ...index, data]);
}

function u32be(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

export interface SqliteFiles {
	readonly file: Uint8Array;
	/** What the write-ahead log holds when the database is not closed. */
	readonly wal: Uint8Array;
}

/** A database written by SQLite itself; rows of `logged` are only in the write-ahead log. */
export function sqliteRpmdb(headers: readonly Uint8Array[], logged: readonly Uint8Array[] = []): SqliteFiles {
	const directory = mkdtempSync(join(tmpdir(), 'rpmdb-'));
	const path = join(directory, 'rpmdb.sqlite');
	const database = new DatabaseSync(path);
	try {
		database.exec('PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0');
		database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
		const insert = database.prepare('INSERT INTO Packages(blob) VALUES (?)');
		for (const header of headers) insert.run(header);
		database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		for (const header of logged) insert.run(header);
		return { file: readFileSync(path), wal: readFileSync(`${path}-wal`) };
	} finally {
		database.close();
		rmSync(directory, { recursive: true });
	}
}

const ndbPage = 4096;

/** rpm's own format, one page of slots. */
export function ndbRpmdb(headers: readonly Uint8Array[]): Buffer {
	const slots = Buffer.alloc(ndbPage);
	for (let at = 32; at < ndbPage; at += 16) slots.write('Slot', at, 'latin1');
	slots.write('RpmP', 0, 'latin1');
	slots.writeUInt32LE(1, 12);
	const blobs: Buffer[] = [];
	let block = ndbPage / 16;
	headers.forEach((header, i) => {
		const head = Buffer.alloc(16);
		head.write('BlbS', 0, 'latin1');
		head.writeUInt32LE(i + 1, 4);
		head.writeUInt32LE(header.length, 12);
		const blocks = Math.ceil((16 + header.length + 12) / 16);
		slots.writeUInt32LE(i + 1, 32 + i * 32 + 4);
		slots.writeUInt32LE(block, 32 + i * 32 + 8);
		slots.writeUInt32LE(blocks, 32 + i * 32 + 12);
		blobs.push(Buffer.concat([head, header], blocks * 16));
		block += blocks;
	});
	return Buffer.concat([slots, ...blobs]);
}

const bdbPage = 512;

/** A Berkeley DB hash file: small values inline, others in a chain of overflow pages; with rpm's counter under the key 0. */
export function berkeleyRpmdb(headers: readonly Uint8Array[], order: 'LE' | 'BE' = 'LE'): Buffer {
	const u32 = (page: Buffer, value: number, at: number): number =>
		order === 'LE' ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at);
	const u16 = (page: Buffer, value: number, at: number): number =>
		order === 'LE' ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at);
	const meta = Buffer.alloc(bdbPage);
	const pages: Buffer[] = [meta];
	const pair = (key: number, value: (page: Buffer, end: number) => number): void => {
		const page = Buffer.alloc(bdbPage);
		page[25] = 13;
		u16(page, 2, 20);
		const keyAt = bdbPage - 5;
		page[keyAt] = 1;
		u32(page, key, keyAt + 1);
		u16(page, keyAt, 26);
		pages.push(page);
		u16(page, value(page, keyAt), 28);
	};
	const inline = (bytes: Uint8Array) => (page: Buffer, end: number) => {
		page.set([1, ...bytes], end - bytes.length - 1);
		return end - bytes.length - 1;
	};
	const offPage = (bytes: Uint8Array) => (page: Buffer, end: number) => {
		page[end - 12] = 3;
		u32(page, pages.length, end - 12 + 4);
		u32(page, bytes.length, end - 12 + 8);
		for (let at = 0; at < bytes.length; at += bdbPage - 26) {
			const part = bytes.subarray(at, at + bdbPage - 26);
			const overflow = Buffer.alloc(bdbPage);
			overflow[25] = 7;
			u32(overflow, at + part.length < bytes.length ? pages.length + 1 : 0, 16);
			u16(overflow, part.length, 22);
			overflow.set(part, 26);
			pages.push(overflow);
		}
		return end - 12;
	};
	pair(0, inline(Buffer.alloc(4, 9)));
	headers.forEach((header, i) => {
		pair(i + 1, header.length < 300 ? inline(header) : offPage(header));
	});
	u32(meta, 0x061561, 12);
	u32(meta, bdbPage, 20);
	u32(meta, pages.length - 1, 32);
	return Buffer.concat(pages);
}
