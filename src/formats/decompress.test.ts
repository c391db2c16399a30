import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { FootingError } from '../model/errors.ts';
import { compressionOf, decompressor } from './decompress.ts';

/** Decompresses in chunks of `chunk` bytes; the outcome is the text, or the code of the error. */
async function outcome(bytes: Uint8Array, chunk: number): Promise<string> {
	let text = '';
	try {
		const one = decompressor(compressionOf(bytes.subarray(0, 6)), (output) => {
			if (text.length < 1000) text += Buffer.from(output).toString('latin1');
		});
		try {
			for (let at = 0; at < bytes.length; at += chunk) await one.write(bytes.subarray(at, at + chunk));
			await one.end();
		} finally {
			one.close();
		}
	} catch (error) {
		assert.ok(error instanceof FootingError, String(error));
		return `error ${error.code}`;
	}
	return text.length > 100 ? `${text.length} characters` : text;
}

const gzip = zlib.gzipSync('hello ');
const zstd = zlib.zstdCompressSync('hello ');
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
const damaged = Buffer.from(gzip);
damaged[damaged.length - 6] = (damaged[damaged.length - 6] as number) ^ 1;
const wrongSize = Buffer.from(gzip);
wrongSize[wrongSize.length - 1] = 1;
const wideWindow = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00]);

const rows: readonly (readonly [title: string, bytes: Uint8Array, outcome: string])[] = [
	['plain bytes', Buffer.from('hello '), 'hello '],
	['gzip', gzip, 'hello '],
	['gzip of several members', Buffer.concat([gzip, gzip, gzip]), 'hello hello hello '],
	['gzip with trailing zeros', Buffer.concat([gzip, Buffer.alloc(1000)]), 'hello '],
	['gzip with trailing garbage', Buffer.concat([gzip, Buffer.from('garbage')]), 'error bad-compression'],
	['gzip with garbage after zeros', Buffer.concat([gzip, Buffer.alloc(9), Buffer.from('garbage')]), 'error bad-compression'],
	['gzip cut in its trailer', gzip.subarray(0, gzip.length - 3), 'error truncated'],
	['gzip cut in its data', gzip.subarray(0, 14), 'error truncated'],
	['gzip cut in a second member', Buffer.concat([gzip, gzip.subarray(0, 14)]), 'error truncated'],
	['gzip with a wrong CRC', damaged, 'error bad-compression'],
	['gzip with a wrong length', wrongSize, 'error bad-compression'],
	['zstd', zstd, 'hello '],
	['zstd of several frames', Buffer.concat([zstd, zstd, zstd]), 'hello hello hello '],
	['zstd with a skippable frame', Buffer.concat([skippable, zstd, skippable]), 'hello '],
	['zstd cut', zstd.subarray(0, zstd.length - 2), 'error truncated'],
	['zstd cut in a second frame', Buffer.concat([zstd, zstd.subarray(0, 7)]), 'error truncated'],
	['zstd with trailing garbage', Buffer.concat([zstd, Buffer.from('garbage')]), 'error bad-compression'],
	['zstd with a window of 2 TiB', wideWindow, 'error limit'],
	['bzip2', Buffer.from('BZh91AY&SY'), 'error unsupported'],
	['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]), 'error unsupported'],
];

for (const [title, bytes, expected] of rows) {
	test(`decompress: ${title}`, async () => {
		for (const chunk of [1 << 16, 5, 1]) assert.equal(await outcome(bytes, chunk), expected, `in chunks of ${chunk}`);
	});
}

test('decompress: a bomb is refused by its ratio', async () => {
	assert.equal(await outcome(zlib.zstdCompressSync(Buffer.alloc(200e6)), 1 << 16), 'error limit');
});

test('decompress: much output from little input all comes', async () => {
	let total = 0;
	const one = decompressor('gzip', (output) => {
		total += output.length;
	});
	await one.write(zlib.gzipSync(Buffer.alloc(5_000_000, 'footing')));
	await one.end();
	assert.equal(total, 5_000_000);
});
