import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { needKinds } from '../src/needs/kinds/index.ts';

test('docs: every kind of need has its row, and every row is a kind', () => {
	const page = readFileSync(new URL('../docs/methods/needs.md', import.meta.url), 'utf8');
	const rows = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
	assert.deepEqual(rows.toSorted(), needKinds.map(({ kind }) => kind).toSorted());
});
