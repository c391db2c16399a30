import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DpkgRecord, readDiversions, readDpkgList, readDpkgStatus, readMd5sums } from './dpkg.ts';

function told(r: DpkgRecord): string {
	const source = r.source === undefined ? '' : ` from ${r.source.name} ${r.source.version}`;
	return `${r.line}: ${r.name} ${r.version} ${r.architecture} ${r.state}${source}`;
}

function read(text: string): readonly string[] {
	const { records, problems } = readDpkgStatus(Buffer.from(text), 'status');
	return [...records.map(told), ...problems.map((p) => `${p.code}: ${p.message}`)];
}

const rows: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
	[
		'two records',
		'Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n\nPackage: b\nStatus: hold ok installed\nArchitecture: all\nVersion: 2:1-1\n',
		['1: a 1.0 amd64 installed', '6: b 2:1-1 all installed'],
	],
	['a source of the same version', 'Package: libx1\nVersion: 1-2\nSource: x\n', ['1: libx1 1-2  unstated from x 1-2']],
	['a source of another version', 'Package: libx1\nVersion: 1-2+b1\nSource: x (1-2)\n', ['1: libx1 1-2+b1  unstated from x 1-2']],
	['a source of the same name', 'Package: x\nVersion: 1+b1\nSource: x (1)\n', ['1: x 1+b1  unstated from x 1']],
	['fields in any case', 'PACKAGE: a\nversion: 1\n', ['1: a 1  unstated']],
	['continuations are text', 'Package: a\nVersion: 1\nDescription: x\n Package: fake\n .\n\tVersion: 9\n', ['1: a 1  unstated']],
	['lines of white space part records', 'Package: a\nVersion: 1\n  \t\nPackage: b\nVersion: 2\n', ['1: a 1  unstated', '4: b 2  unstated']],
	['a byte order mark', '\ufeffPackage: a\nVersion: 1\n', ['1: a 1  unstated']],
	['no newline at the end', 'Package: a\nVersion: 1', ['1: a 1  unstated']],
	['carriage returns', 'Package: a\r\nVersion: 1\r\n\r\nPackage: b\r\nVersion: 2\r\n', ['1: a 1  unstated', '4: b 2  unstated']],
	['removed, configuration kept', 'Package: a\nStatus: deinstall ok config-files\n', ['1: a   config-files']],
	[
		'a state that dpkg does not know',
		'Package: a\nStatus: install ok broken\nVersion: 1\n',
		['broken-dpkg-status: the record at line 1 has a Status that dpkg does not know'],
	],
	['no version', 'Package: a\nStatus: install ok installed\n', ['broken-dpkg-status: the record at line 1 has no Version field']],
	['no name', 'Version: 1\n', ['broken-dpkg-status: the record at line 1 has no Package field']],
	[
		'a stray line',
		'Package: a\nVersion: 1\nnonsense\n',
		['1: a 1  unstated', 'broken-dpkg-status: the record at line 1 has 1 lines that are no field'],
	],
	['nothing', '', []],
	['only newlines', '\n\n\n', []],
];
for (const [title, text, expected] of rows) test(`dpkg status: ${title}`, () => assert.deepEqual(read(text), expected));

test('dpkg status: any bytes give records or problems', () => {
	fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => Array.isArray(readDpkgStatus(bytes, 'x').records)));
});

test('dpkg status: 50,000 records', () => {
	const text = Array.from({ length: 50_000 }, (_, i) => `Package: p${i}\nStatus: install ok installed\nVersion: ${i}\n`).join('\n');
	assert.equal(readDpkgStatus(Buffer.from(text), 'x').records.length, 50_000);
});

test('dpkg lists, sums and diversions', () => {
	assert.deepEqual(readDpkgList(Buffer.from('/.\n/usr\n/usr/bin/x y\n\n')), ['/usr', '/usr/bin/x y']);
	assert.deepEqual(readMd5sums(Buffer.from(`${'0'.repeat(32)}  usr/bin/x\n${'0'.repeat(32)}  ./etc/y z\nshort\n`)), [
		'/usr/bin/x',
		'/etc/y z',
	]);
	assert.deepEqual(readDiversions(Buffer.from('/bin/sh\n/bin/sh.distrib\ndash\n/a\n/b\n:\ncut\n')), [
		{ from: '/bin/sh', to: '/bin/sh.distrib', by: 'dash' },
		{ from: '/a', to: '/b', by: ':' },
	]);
});
