import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textSearch } from './text-search.ts';

function places(texts: readonly string[], haystack: string): readonly string[] {
	const found: string[] = [];
	textSearch(texts.map((t) => Buffer.from(t)))(Buffer.from(haystack), (text, at) => found.push(`${texts[text]}@${at}`));
	return found.sort();
}

const rows: readonly (readonly [title: string, texts: readonly string[], haystack: string, expected: readonly string[]])[] = [
	['one text', ['BusyBox v'], 'xxBusyBox v1', ['BusyBox v@2']],
	[
		'several of different lengths',
		['BusyBox v', '@(#)Bash version '],
		'BusyBox v@(#)Bash version 5',
		['@(#)Bash version @9', 'BusyBox v@0'],
	],
	['at the very end', ['abcdefgh'], 'xabcdefgh', ['abcdefgh@1']],
	['overlapping', ['aaaaaaaa'], 'aaaaaaaaaa', ['aaaaaaaa@0', 'aaaaaaaa@1', 'aaaaaaaa@2']],
	['one the beginning of another', ['abcdefgh', 'abcdefghij'], 'abcdefghij', ['abcdefgh@0', 'abcdefghij@0']],
	['cut at the end', ['abcdefghij', 'abcdefgh'], 'abcdefghi', ['abcdefgh@0']],
	['a short one beside', ['N-API', 'node.js/v'], 'N-API node.js/v', ['N-API@0', 'node.js/v@6']],
	['no bytes', ['abcdefgh'], '', []],
	['no texts', [], 'abc', []],
];
for (const [title, texts, haystack, expected] of rows) test(`texts: ${title}`, () => assert.deepEqual(places(texts, haystack), expected));

test('texts: found where a search for each alone finds them', () => {
	const letter = fc.constantFrom('a', 'b', 'c');
	const text = fc.array(letter, { minLength: 1, maxLength: 12 }).map((l) => l.join(''));
	fc.assert(
		fc.property(fc.uniqueArray(text, { maxLength: 8 }), fc.array(letter, { maxLength: 400 }), (texts, letters) => {
			const haystack = letters.join('');
			const expected = texts.flatMap((t) => [...haystack].flatMap((_, at) => (haystack.startsWith(t, at) ? [`${t}@${at}`] : []))).sort();
			assert.deepEqual(places(texts, haystack), expected);
		}),
		{ numRuns: 300 },
	);
});
