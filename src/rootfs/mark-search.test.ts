import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mark } from '../model/rootfs.ts';
import { markSearch } from './mark-search.ts';

const node: Mark = { name: 'node', text: 'node.js/v', capture: 20 };

function found(marks: readonly Mark[], text: string, pieces = text.length, executable = true): string {
	const search = markSearch(marks);
	const bytes = Buffer.from(text, 'latin1');
	if (!search.begin(bytes.length)) return 'passed over';
	for (let at = 0; at < bytes.length; at += pieces) search.add(bytes.subarray(at, at + pieces), at);
	const facts = search.finish(executable);
	return [...facts.marks, ...(facts.captures ?? []).map((c) => `${c.name}=${c.text}`)].join(' ');
}

const rows: readonly (readonly [title: string, marks: readonly Mark[], text: string, expected: string])[] = [
	['a text alone', [{ name: 'busybox', text: 'BusyBox v' }], 'xxBusyBox v1.37\0', 'busybox'],
	['nothing', [node], 'node.js', ''],
	['the version behind it', [node], '\0node.js/v24.21.0\0rest', 'node node=24.21.0'],
	['every character of a version', [node], 'node.js/v1.2-rc.1+b_3~a!', 'node node=1.2-rc.1+b_3~a'],
	['at the end of the file', [node], 'xnode.js/v24.21', 'node node=24.21'],
	['no version behind it', [node], 'node.js/v%s', 'node'],
	['different versions, each once', [node], 'node.js/v1\0node.js/v2\0node.js/v1\0', 'node node=1 node=2'],
	['cut at the length asked for', [{ ...node, capture: 3 }], 'node.js/v24.21.0', 'node node=24.'],
	['two texts of one name', [node, { name: 'node', text: 'N-API' }], 'N-API', 'node'],
	['a small file passed over', [{ ...node, minBytes: 100 }], 'node.js/v1', 'passed over'],
	['a large file passed over', [{ ...node, maxBytes: 4 }], 'node.js/v1', 'passed over'],
];
for (const [title, marks, text, expected] of rows) {
	test(`marks: ${title}`, () => assert.equal(found(marks, text), expected));
	if (!expected.startsWith('passed'))
		test(`marks: ${title}, in pieces of every size`, () => {
			for (let pieces = 1; pieces < text.length; pieces += 1) assert.equal(found(marks, text, pieces), expected, `pieces of ${pieces}`);
		});
}

test('marks: a library is looked at only when the mark says so', () => {
	assert.equal(found([node], 'node.js/v1', 99, false), '');
	assert.equal(found([{ ...node, libraries: true }], 'node.js/v1', 99, false), 'node node=1');
});

test('marks: a file full of the text ends', () => {
	assert.equal(
		found([{ ...node, maxBytes: 1e9 }], Array.from({ length: 100_000 }, (_, i) => `node.js/v${i}`).join('\0'), 65536).split(' ').length,
		5,
	);
});
