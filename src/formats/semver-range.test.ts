import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, parseVersion, satisfies, type Version } from './semver-range.ts';

const version = (text: string): Version => parseVersion(text) as Version;

const rows: readonly (readonly [range: string, inside: string, outside: string])[] = [
	['>=18', '18.0.0 26.0.0', '17.9.9'],
	['>= 0.10.0', '0.10.0 20.1.0', '0.9.9'],
	['^18.17.0 || ^20.3.0 || >=21.0.0', '18.17.0 18.99.1 20.3.0 21.0.0 26.1.0', '18.16.9 19.0.0 20.2.9'],
	['20.x || 22.x', '20.0.0 20.99.0 22.1.0', '21.0.0 23.0.0'],
	['20', '20.0.0 20.20.2', '19.9.9 21.0.0'],
	['20.1', '20.1.9', '20.2.0'],
	['~20.1', '20.1.0 20.1.9', '20.0.9 20.2.0'],
	['~20', '20.9.0', '21.0.0'],
	['^0.2.3', '0.2.3 0.2.9', '0.3.0 0.2.2'],
	['^0.0.3', '0.0.3', '0.0.4'],
	['1.2 - 2.3', '1.2.0 2.3.9', '1.1.9 2.4.0'],
	['>14 <=16', '15.0.0 16.20.0', '14.20.0 17.0.0'],
	['<22', '21.9.9', '22.0.0'],
	['*', '0.0.0 99.0.0', ''],
	['', '1.0.0', ''],
	['v20.1.0', '20.1.0', '20.1.1'],
	['>=18.0.0, <21', '18.0.0 20.9.9', '21.0.0'],
	['>=1.0.0-rc.1', '1.0.0-rc.1 1.0.0-rc.2 1.0.0', '1.0.0-beta.9'],
];
for (const [range, inside, outside] of rows)
	test(`versions: ${range}`, () => {
		for (const text of inside.split(' ').filter(Boolean)) assert.equal(satisfies(version(text), range), true, text);
		for (const text of outside.split(' ').filter(Boolean)) assert.equal(satisfies(version(text), range), false, text);
	});

test('versions: what is no range is not answered', () => {
	for (const range of ['lts/*', 'node', '>=a', '1.2.3.4', '^'.repeat(2000)])
		assert.equal(satisfies(version('1.0.0'), range), undefined, range);
});

test('versions: the order of Semantic Versioning 11.4', () => {
	const ordered =
		'1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.1.0 2.0.0'.split(' ');
	for (const [i, a] of ordered.entries())
		for (const [j, b] of ordered.entries()) assert.equal(Math.sign(compareVersions(version(a), version(b))), Math.sign(i - j), `${a} ${b}`);
});

test('versions: any text is answered or not, and never fails', () => {
	fc.assert(
		fc.property(fc.string(), (text) => typeof satisfies(version('1.2.3'), text) !== 'string'),
		{ numRuns: 2000 },
	);
});
