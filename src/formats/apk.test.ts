import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readApkInstalled } from './apk.ts';

function read(text: string): readonly string[] {
	const { records, problems } = readApkInstalled(Buffer.from(text), 'installed');
	const told = records.map((r) => `${r.line}: ${[r.name, r.version, r.architecture, r.origin ?? '-', ...r.files].join(' ')}`);
	return [...told, ...problems.map((p) => `${p.code}: ${p.message}`)];
}

const rows: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
	[
		'files lie in the directory before them',
		'C:Q1x=\nP:musl\nV:1.2.5-r0\nA:x86_64\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\na:0:0:755\nZ:Q1y=\nF:usr\nF:usr/bin\nR:ldd\n\n',
		['1: musl 1.2.5-r0 x86_64 musl /lib/ld-musl-x86_64.so.1 /usr/bin/ldd'],
	],
	['a file in the root', 'P:a\nV:1\nF:\nR:x\n\n', ['1: a 1  - /x']],
	['two records, no newline at the end', 'P:a\nV:1\n\nP:b\nV:2', ['1: a 1  -', '4: b 2  -']],
	['letters have two cases', 'P:a\np:so:x=1\nV:1\nv:9\n\n', ['1: a 1  -']],
	['no version', 'P:a\n\nP:b\nV:1\n\n', ['3: b 1  -', 'broken-apk-database: the record at line 1 has no name or version']],
	['lines that are no field', 'hello\nP:a\nV:1\n\n', ['2: a 1  -']],
	['nothing', '', []],
];
for (const [title, text, expected] of rows) test(`apk installed: ${title}`, () => assert.deepEqual(read(text), expected));

test('apk installed: any bytes give records or problems', () => {
	fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => Array.isArray(readApkInstalled(bytes, 'x').records)));
});
