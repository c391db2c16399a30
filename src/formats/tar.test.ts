import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Member, member, paxRecord, tar } from '../../test/support/tar.ts';
import { FootingError } from '../model/errors.ts';
import { TarReader } from './tar.ts';

/** Reads an archive in chunks of the given size and prints one line per member: `type name → link = body`. */
function read(bytes: Uint8Array, chunk = 1 << 16): string[] {
	const lines: string[] = [];
	let body: Uint8Array = new Uint8Array(0);
	let line = '';
	const reader = new TarReader({
		entry(entry) {
			line = `${entry.type} ${entry.name}${entry.link === '' ? '' : ` → ${entry.link}`}`;
			if (entry.uid !== 0) line += ` uid ${entry.uid}`;
			for (const [name, value] of entry.xattrs ?? []) line += ` ${name}=${Buffer.from(value).toString('hex')}`;
			if (entry.type !== 'file') lines.push(line);
			else if (entry.size > 100_000) lines.push(`${line} of ${entry.size}`);
			else body = new Uint8Array(entry.size);
			return entry.type === 'file' && entry.size <= 100_000;
		},
		body: (piece, position) => body.set(piece, position),
		finish: () =>
			lines.push(
				`${line} = ${Buffer.from(body)
					.toString()
					.replace(/\0+/g, (z) => `<${z.length} zeros>`)}`,
			),
	});
	for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
	reader.end();
	return lines;
}

const file = (name: string, body: string, more: Partial<Member> = {}): Member => ({ name, body, ...more });
const long = `${'d/'.repeat(80)}name`;
const gnuLong = (flag: 'L' | 'K', text: string): Member => ({ name: '././@LongLink', flag, body: text, magic: 'gnu' });
const at = (offset: number, bytes: string | Uint8Array): Partial<Member> => ({ raw: [{ at: offset, bytes }] });
const oldSparse = (slots: string, extended: number, size: string): Partial<Member> => ({
	flag: 'S',
	magic: 'gnu',
	raw: [
		{ at: 386, bytes: slots },
		{ at: 482, bytes: Uint8Array.of(extended) },
		{ at: 483, bytes: size },
	],
});
const octal12 = (n: number): string => `${n.toString(8).padStart(11, '0')}\0`;

const rows: readonly { readonly title: string; readonly bytes: Buffer; readonly lines: readonly string[] }[] = [
	{ title: 'a plain file', bytes: tar([file('a', '1')]), lines: ['file a = 1'] },
	{ title: 'the type 7 is a plain file', bytes: tar([file('a', '1', { flag: '7' })]), lines: ['file a = 1'] },
	{ title: 'a trailing slash makes a directory of an old-style file', bytes: tar([{ name: 'd/', flag: '\0' }]), lines: ['directory d/'] },
	{
		title: 'links have no body, whatever size they claim',
		bytes: tar([{ name: 'l', flag: '2', link: 't', size: 512 }, file('a', '1')]),
		lines: ['symlink l → t', 'file a = 1'],
	},
	{ title: 'one end block is enough', bytes: tar([file('a', '1')], 1), lines: ['file a = 1'] },
	{ title: 'no end block is enough', bytes: tar([file('a', '1')], 0), lines: ['file a = 1'] },
	{
		title: 'what follows the end is not read',
		bytes: Buffer.concat([tar([file('a', '1')]), Buffer.from('garbage')]),
		lines: ['file a = 1'],
	},
	{ title: 'an empty archive', bytes: Buffer.alloc(0), lines: [] },
	{ title: 'a ustar prefix', bytes: tar([file('n', '1', { prefix: 'some/dir' })]), lines: ['file some/dir/n = 1'] },
	{ title: 'the prefix area of GNU holds times', bytes: tar([file('n', '1', { prefix: '14721', magic: 'gnu' })]), lines: ['file n = 1'] },
	{
		title: 'GNU long name and long link before one entry',
		bytes: tar([
			gnuLong('L', `${long}\0`),
			gnuLong('K', `${long}2\0`),
			{ name: 'cut', flag: '2', link: 'cut', magic: 'gnu' },
			file('a', '1'),
		]),
		lines: [`symlink ${long} → ${long}2`, 'file a = 1'],
	},
	{
		title: 'bytes after the NUL of a GNU long name do not count',
		bytes: tar([gnuLong('L', 'abc\0def'), file('x', '1')]),
		lines: ['file abc = 1'],
	},
	{
		title: 'PAX path, linkpath and uid',
		bytes: tar([{ name: 's', flag: '2', link: 's', pax: { path: long, linkpath: 'über', uid: '3000000' } }]),
		lines: [`symlink ${long} → über uid 3000000`],
	},
	{
		title: 'PAX size wins over the header',
		bytes: tar([file('a', 'x'.repeat(1024), { size: 0, pax: { size: '1024' } }), file('k', 'k')]),
		lines: [`file a = ${'x'.repeat(1024)}`, 'file k = k'],
	},
	{
		title: 'PAX size belongs to the file, not to a GNU record before it',
		bytes: Buffer.concat([
			Buffer.from(tar([{ name: 'p', flag: 'x', body: Buffer.from(paxRecord('size', '3')) }], 0)),
			tar([gnuLong('L', 'named\0'), file('x', 'abc', { size: 0 }), file('k', 'k')]),
		]),
		lines: ['file named = abc', 'file k = k'],
	},
	{
		title: 'binary attributes survive',
		bytes: tar([file('a', '1', { pax: { 'SCHILY.xattr.security.capability': Uint8Array.of(1, 0, 0, 2, 0xff) } })]),
		lines: ['file a security.capability=01000002ff = 1'],
	},
	{ title: 'a name that is not UTF-8 keeps its bytes', bytes: tar([file('a\udcff', '1')]), lines: ['file a\udcff = 1'] },
	{
		title: 'a base-256 uid',
		bytes: tar([file('a', '1', at(108, Uint8Array.of(0x80, 0, 0, 0, 0, 0x2d, 0xc6, 0xc0)))]),
		lines: ['file a uid 3000000 = 1'],
	},
	{
		title: 'a size field of NULs is 0',
		bytes: tar([file('a', '', at(124, new Uint8Array(12))), file('k', 'k')]),
		lines: ['file a = ', 'file k = k'],
	},
	{
		title: 'an old GNU sparse file',
		bytes: tar([file('s', 'abcde', oldSparse(octal12(3) + octal12(2) + octal12(10) + octal12(3), 0, octal12(20))), file('k', 'k')]),
		lines: ['file s = <3 zeros>ab<5 zeros>cde<7 zeros>', 'file k = k'],
	},
	{
		title: 'a GNU sparse file of format 0.1',
		bytes: tar([
			file('GNUSparseFile.0/s', 'abcde', { pax: { 'GNU.sparse.size': '20', 'GNU.sparse.map': '3,2,10,3', 'GNU.sparse.name': 's' } }),
			file('k', 'k'),
		]),
		lines: ['file s = <3 zeros>ab<5 zeros>cde<7 zeros>', 'file k = k'],
	},
	{
		title: 'a GNU sparse file of format 1.0',
		bytes: tar([
			file('x', `${'2\n3\n2\n10\n3\n'.padEnd(512, '\0')}abcde`, {
				pax: { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '20', 'GNU.sparse.name': 's' },
			}),
			file('k', 'k'),
		]),
		lines: ['file s = <3 zeros>ab<5 zeros>cde<7 zeros>', 'file k = k'],
	},
];

for (const row of rows) {
	test(`tar: ${row.title}`, () => {
		for (const chunk of [1 << 16, 512, 700, 1]) assert.deepEqual(read(row.bytes, chunk), row.lines, `in chunks of ${chunk}`);
	});
}

const refused: readonly { readonly title: string; readonly bytes: Buffer; readonly code: string }[] = [
	{ title: 'text', bytes: Buffer.from('<html>'.repeat(200)), code: 'bad-tar' },
	{ title: 'a wrong checksum', bytes: tar([file('a', '1', { checksum: false })]), code: 'bad-tar' },
	{ title: 'a size with the digit 9', bytes: tar([file('a', '1', at(124, '00000000009\0'))]), code: 'bad-tar' },
	{ title: 'a size with a letter', bytes: tar([file('a', '1', at(124, '0000000001z\0'))]), code: 'bad-tar' },
	{ title: 'a negative base-256 size', bytes: tar([file('a', '1', at(124, new Uint8Array(12).fill(0xff)))]), code: 'bad-tar' },
	{
		title: 'a base-256 size above 2^53',
		bytes: tar([file('a', '1', at(124, Uint8Array.of(0x80, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0)))]),
		code: 'limit',
	},
	...['16abc', '0x10', 'Infinity', '1e3', '-1', ''].map((size) => ({
		title: `PAX size '${size}'`,
		bytes: tar([file('a', '1', { pax: { size } })]),
		code: 'bad-tar',
	})),
	{ title: 'a PAX size of 2^53 + 1', bytes: tar([file('a', '1', { pax: { size: '9007199254740993' } })]), code: 'limit' },
	...['99999999999999999999 path=x\n', '-9 path=x\n', '999999 path=x\n', '9 path=xx', 'path=x\n'].map((record) => ({
		title: `the PAX record ${JSON.stringify(record)}`,
		bytes: tar([{ name: 'p', flag: 'x', body: record }, file('a', '1')]),
		code: 'bad-tar',
	})),
	{
		title: 'a PAX header with no entry after it',
		bytes: Buffer.from(tar([{ name: 'p', flag: 'x', body: Buffer.from(paxRecord('path', 'x')) }], 0)),
		code: 'truncated',
	},
	{ title: 'a header that declares 10 GiB', bytes: tar([file('a', 'x'.repeat(2048), at(124, '120000000000'))], 0), code: 'truncated' },
	{ title: 'an end in the middle of a header', bytes: Buffer.from(tar([file('a', '1')]).subarray(0, 300)), code: 'truncated' },
	{ title: '2 MiB of PAX header', bytes: tar([{ name: 'p', flag: 'x', body: '', size: 2 << 20 }]), code: 'limit' },
	{
		title: 'sparse ranges that overlap',
		bytes: tar([file('s', 'abcde', { pax: { 'GNU.sparse.size': '20', 'GNU.sparse.map': '3,2,4,3' } })]),
		code: 'bad-tar',
	},
	{
		title: 'sparse ranges that leave the file',
		bytes: tar([file('s', 'abcde', { pax: { 'GNU.sparse.size': '5', 'GNU.sparse.map': '3,2,10,3' } })]),
		code: 'bad-tar',
	},
];

for (const row of refused) {
	test(`tar: ${row.title} is refused as ${row.code}`, () => {
		assert.throws(
			() => read(row.bytes),
			(error) => error instanceof FootingError && error.code === row.code,
		);
	});
}

test('tar: any damage gives members or a FootingError, the same in every chunking', () => {
	const good = tar([
		file('a', 'x'.repeat(600), { pax: { path: long } }),
		gnuLong('L', `${long}\0`),
		file('b', 'y'),
		{ name: 'd/', flag: '5' },
		file('s', 'abcde', oldSparse(octal12(3) + octal12(5), 0, octal12(20))),
	]);
	const outcome = (bytes: Uint8Array, chunk: number): string => {
		try {
			return read(bytes, chunk).join('\n');
		} catch (error) {
			assert.ok(error instanceof FootingError, String(error));
			return error.code;
		}
	};
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
			fc.nat(good.length),
			fc.boolean(),
			(edits, cut, fix) => {
				const bytes = Buffer.from(good.subarray(0, cut));
				for (const [where, byte] of edits) if (where < bytes.length) bytes[where] = byte;
				if (fix) mendChecksums(bytes);
				assert.equal(outcome(bytes, 100), outcome(bytes, 1 << 16));
			},
		),
		{ numRuns: 400 },
	);
});

/** So that damage gets past the checksum. */
function mendChecksums(bytes: Buffer): void {
	for (let i = 0; i + 512 <= bytes.length; i += 512) {
		const block = bytes.subarray(i, i + 512);
		block.fill(0x20, 148, 156);
		block.write(
			`${block
				.reduce((a, b) => a + b, 0)
				.toString(8)
				.padStart(6, '0')}\0 `,
			148,
			'latin1',
		);
	}
}

test('tar: the writer of the tests makes what tar(5) says', () => {
	assert.equal(member(file('a', '1')).length, 1024);
});
