import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

const rows: readonly (readonly [string, string, string | undefined])[] = [
	['profle', 'profile policy families', 'profile'],
	['Profile', 'profile policy', 'profile'],
	['inspct', 'inspect compare', 'inspect'],
	['fti', 'fit needs', undefined],
	['fi', 'fit needs', 'fit'],
	['xyz', 'fit needs', undefined],
	['', 'fit', undefined],
	['ab', 'ac aa', 'aa'],
	['x'.repeat(10_000), 'fit', undefined],
];

for (const [word, words, meant] of rows)
	test(`${word.slice(0, 20)} of ${words}: ${meant ?? 'nothing near'}`, () => assert.equal(nearest(word, words.split(' ')), meant));
