import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DockerfileEdit } from '../../model/need.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { applyEdits } from './edit.ts';

const text = '# a comment\nFROM a   # odd\n\nRUN x \\\n  y\nCMD a';
const rows: readonly (readonly [title: string, edits: readonly DockerfileEdit[], expected: string])[] = [
	['replace keeps the rest', [{ kind: 'replace', line: 4, endLine: 5, text: 'RUN z' }], '# a comment\nFROM a   # odd\n\nRUN z\nCMD a'],
	[
		'insert before',
		[{ kind: 'insert-before', line: 2, text: 'FROM b AS b' }],
		'# a comment\nFROM b AS b\nFROM a   # odd\n\nRUN x \\\n  y\nCMD a',
	],
	['insert after the last line, which has no end', [{ kind: 'insert-after', line: 6, text: 'USER 1' }], `${text}\nUSER 1\n`],
	['append', [{ kind: 'insert-before', line: 7, text: 'USER 1' }], `${text}\nUSER 1\n`],
	[
		'equal edits count once',
		[
			{ kind: 'insert-before', line: 1, text: 'ARG x' },
			{ kind: 'insert-before', line: 1, text: 'ARG x' },
		],
		`ARG x\n${text}`,
	],
];
for (const [title, edits, expected] of rows) test(`edit: ${title}`, () => assert.equal(applyEdits(text, edits), expected));

test('CRLF files stay so', () =>
	assert.equal(applyEdits('FROM a\r\nCMD b\r\n', [{ kind: 'replace', line: 2, text: 'CMD c\nUSER 1' }]), 'FROM a\r\nCMD c\r\nUSER 1\r\n'));

test('the diff applies with patch -p1', () => {
	const directory = mkdtempSync(join(tmpdir(), 'footing-diff-'));
	try {
		const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'FROM x\n');
		const file = fc.tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('', 'end')).map(([lines, last]) => lines.join('') + last);
		for (const [before, after] of fc.sample(fc.tuple(file, file), 40)) {
			const patch = unifiedDiff('Dockerfile', before, after);
			if (before === '' || after === '' || patch === '') continue;
			writeFileSync(join(directory, 'Dockerfile'), before);
			execFileSync('git', ['apply', '--whitespace=nowarn', '-p1', '-'], {
				cwd: directory,
				input: patch,
				env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
			});
			assert.equal(readFileSync(join(directory, 'Dockerfile'), 'utf8'), after, patch);
		}
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
});
