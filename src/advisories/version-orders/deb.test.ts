import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { deb } from './deb.ts';

/** Ascending; each line is one step. */
const ladder = [
	'~~',
	'~~a',
	'~',
	'',
	'0.9',
	'1.0~rc1',
	'1.0',
	'1.0-0.1',
	'1.0-1',
	'1.0-1+b1',
	'1.0-1.1',
	'1.0a',
	'1.0+dfsg',
	'1.0.1',
	'1.2',
	'1.10',
	'2009',
	'1:0.1',
	'10:0',
];

test('deb order: the ladder goes up, step by step', () => {
	for (const [i, low] of ladder.entries())
		for (const [j, high] of ladder.entries()) assert.equal(Math.sign(deb.compare(low, high)), Math.sign(i - j) || 0, `${low} and ${high}`);
});

const same: readonly (readonly [string, string])[] = [
	['1.0', '0:1.0'],
	['1.01', '1.1'],
	['1.0-', '1.0'],
	['1.0-0', '1.0'],
];
for (const [a, b] of same) test(`deb order: ${a} is ${b}`, () => assert.equal(deb.compare(a, b), 0));

test('deb order: total', () => {
	const version = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'Z', '~', '+', '.', '-', ':'), maxLength: 8 });
	fc.assert(
		fc.property(version, version, version, (a, b, c) => {
			assert.equal(Math.sign(deb.compare(a, b)), -Math.sign(deb.compare(b, a)) || 0);
			if (deb.compare(a, b) <= 0 && deb.compare(b, c) <= 0) assert.ok(deb.compare(a, c) <= 0);
		}),
	);
});
