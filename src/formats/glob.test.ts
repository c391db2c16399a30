import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesPath, matchesPattern } from './glob.ts';

const rows: readonly (readonly [pattern: string, text: string, expected: boolean])[] = [
	['*', '', true],
	['a*c', 'abbc', true],
	['a*c', 'abbd', false],
	['a?c', 'abc', true],
	['[a-c]x', 'bx', true],
	['[!a-c]x', 'bx', false],
	['[]]', ']', true],
	['[x', '[x', true],
	['\\*', '*', true],
	['\\*', 'a', false],
	['[[:digit:]]*', '1a', true],
];
for (const [pattern, text, expected] of rows)
	test(`${pattern} ${expected ? '=' : '≠'} ${text}`, () => assert.equal(matchesPattern(pattern, text), expected));

test('paths', () => {
	const match = (pattern: string, path: string): boolean => matchesPath(pattern.split('/'), path.split('/'));
	assert.ok(match('**/node_modules', 'a/b/node_modules'));
	assert.ok(match('**/node_modules', 'node_modules'));
	assert.ok(match('a/**', 'a/b/c'));
	assert.ok(!match('*.js', 'a/b.js'));
	assert.ok(match('a/**/c', 'a/c'));
});

test('many stars take no time', () => {
	const start = performance.now();
	assert.equal(matchesPattern('*a'.repeat(200), 'b'.repeat(10_000)), false);
	assert.ok(performance.now() - start < 500);
});
