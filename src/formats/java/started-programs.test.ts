import assert from 'node:assert/strict';
import test from 'node:test';
import { startedPrograms } from './started-programs.ts';

const classes = new Map([
	[7, 'java/lang/ProcessBuilder'],
	[9, 'java/lang/String'],
	[11, 'java/lang/Runtime'],
]);
const texts = new Map([
	[13, 'ls'],
	[14, '/'],
	[15, 'git log'],
	[16, '! no name'],
]);

const rows: readonly (readonly [title: string, code: readonly number[], programs: readonly string[]])[] = [
	[
		'new ProcessBuilder("ls", "/")',
		[0xbb, 0, 7, 0x59, 0x05, 0xbd, 0, 9, 0x59, 0x03, 0x12, 13, 0x53, 0x59, 0x04, 0x12, 14, 0x53, 0xb7, 0, 1],
		['ls'],
	],
	['new ProcessBuilder(List.of("ls", "/"))', [0xbb, 0, 7, 0x59, 0x12, 13, 0x12, 14, 0xb8, 0, 2, 0xb7, 0, 1], ['ls']],
	['Runtime.getRuntime().exec("git log")', [0xb8, 0, 3, 0x12, 15, 0xb6, 0, 4, 0x57, 0xb1], ['git']],
	['the second word of an array is no program', [0xbb, 0, 7, 0x59, 0x05, 0xbd, 0, 9, 0x59, 0x04, 0x12, 14, 0x53, 0xb7, 0, 1], []],
	['a text that is no name', [0xb8, 0, 3, 0x12, 16, 0xb6, 0, 4, 0x57, 0xb1], []],
	['another class', [0xbb, 0, 9, 0x59, 0x12, 13, 0xb6, 0, 1, 0x57, 0xb1], []],
];

for (const [title, code, programs] of rows)
	test(`programs that a class starts: ${title}`, () => {
		assert.deepEqual(startedPrograms(Uint8Array.from([...code, 0, 0, 0, 0, 0, 0, 0, 0]), 0, classes, texts), programs);
	});
