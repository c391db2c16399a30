import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from './kept-answer.ts';

const pairs: readonly (readonly [title: string, one: unknown, other: unknown])[] = [
	['another value of a map', new Map([['PATH', '/bin']]), new Map([['PATH', '/usr/bin']])],
	['another file that a volume shows', { names: new Set(['/app/a']) }, { names: new Set(['/app/b']) }],
	['a set that is empty', { names: new Set(['/app/a']) }, { names: new Set() }],
];
for (const [title, one, other] of pairs)
	test(`what is kept: ${title} is another question`, () => assert.notEqual(JSON.stringify(one, plain), JSON.stringify(other, plain)));
