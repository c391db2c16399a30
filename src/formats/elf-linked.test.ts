import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ElfSpec, elf } from '../../test/support/elf.ts';
import { type LinkedProgram, readLinked } from './elf-linked.ts';

const glibc = { interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6'] };
const rows: readonly (readonly [title: string, spec: ElfSpec, expected: Partial<LinkedProgram>])[] = [
	[
		'linked with glibc',
		{ ...glibc, imports: ['puts', 'system'] },
		{ libc: 'glibc', static: false, imports: 2, calls: new Set(['puts', 'system']) },
	],
	[
		'linked with musl',
		{ interpreter: '/lib/ld-musl-x86_64.so.1', imports: ['puts'] },
		{ libc: 'musl', static: false, calls: new Set(['puts']) },
	],
	[
		'static, with its symbol table',
		{ type: 'executable', dynamic: false, functions: ['main', 'popen'] },
		{ libc: 'musl', static: true, imports: 0, calls: new Set(['main', 'popen']) },
	],
	[
		'static, 32 bit and big-endian',
		{ type: 'executable', bits: 32, machine: 8, endian: 'big', dynamic: false, functions: ['main'] },
		{ calls: new Set(['main']) },
	],
	['static and stripped', { type: 'executable', dynamic: false }, { static: true, calls: new Set() }],
	['static, with glibc', { type: 'executable', dynamic: false, tail: 'x\0GLIBC_TUNABLES\0' }, { libc: 'glibc', static: true }],
];
for (const [title, spec, expected] of rows)
	test(`linked program: ${title}`, () => {
		const found = readLinked(elf(spec)) as LinkedProgram;
		for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key as keyof LinkedProgram], value, key);
	});

test('linked program: texts that are mapped, ended by NUL', () => {
	const found = readLinked(elf({ ...glibc, tail: '\0Europe/Berlin\0\x01tab\there\0open end' }));
	for (const text of ['Europe/Berlin', 'here', 'libc.so.6']) assert.ok(found?.texts.includes(text), text);
	assert.ok(!found?.texts.includes('open end'));
});

test('linked program: text and damaged files are none', () => {
	assert.equal(readLinked(Buffer.from('#!/bin/sh\n')), undefined);
	assert.equal(readLinked(elf({ ...glibc, imports: ['puts'] }).subarray(0, 200)), undefined);
});

test('linked program: any change of bytes is answered', () => {
	const bytes = elf({ type: 'executable', dynamic: false, functions: ['main', 'popen'], tail: '\0text\0' });
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 10 }), (changes) => {
			const changed = Uint8Array.from(bytes);
			for (const [at, value] of changes) changed[at] = value;
			readLinked(changed);
		}),
		{ numRuns: 2000 },
	);
});
