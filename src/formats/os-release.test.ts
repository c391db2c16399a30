import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseOsRelease } from './os-release.ts';

const rows: readonly (readonly [title: string, text: string, expected: Readonly<Record<string, string>>])[] = [
	['plain', 'ID=alpine\nVERSION_ID=3.20.3\n', { ID: 'alpine', VERSION_ID: '3.20.3' }],
	['double quotes', 'NAME="Debian GNU/Linux"\n', { NAME: 'Debian GNU/Linux' }],
	['single quotes are literal', "NAME='a\\$b'\n", { NAME: 'a\\$b' }],
	['escapes', 'NAME="say \\"hi\\" for \\$5 \\`x\\`"\n', { NAME: 'say "hi" for $5 `x`' }],
	['comments and empty lines', '# ID=no\n\n  ID=debian\n', { ID: 'debian' }],
	['the last assignment', 'ID=a\nID=b\n', { ID: 'b' }],
	['carriage returns', 'ID=debian\r\n', { ID: 'debian' }],
	['a byte order mark', '\ufeffID=debian\n', { ID: 'debian' }],
	['no expansion', 'A="$(id)"\n', { A: '$(id)' }],
	['quotes that do not end', 'NAME="Debian\nID=debian\n', { NAME: 'Debian', ID: 'debian' }],
	['lines that are no assignment', 'hello\n=x\n1A=b\nID =x\n', { ID: 'x' }],
	['names of objects', '__proto__=x\n', Object.fromEntries([['__proto__', 'x']])],
];
for (const [title, text, expected] of rows) {
	test(`os-release: ${title}`, () => assert.deepEqual([...parseOsRelease(text)], Object.entries(expected)));
}

test('os-release: any text is read', () => {
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseOsRelease(text) instanceof Map));
});
