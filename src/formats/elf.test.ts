import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ElfSpec, elf } from '../../test/support/elf.ts';
import type { ElfFacts } from '../model/rootfs.ts';
import { readElf } from './elf.ts';
import { definedSymbols, definitionsOf, undefinedSymbols } from './elf-lookup.ts';

const read = (bytes: Uint8Array): ElfFacts | undefined =>
	readElf(
		{ size: bytes.length, range: (at, length) => (at + length <= bytes.length ? bytes.subarray(at, at + length) : undefined) },
		{ symbols: true },
	);

const shapes: readonly (readonly [title: string, shape: ElfSpec, machine: string])[] = [
	['x86-64', {}, 'x86-64'],
	['i386', { bits: 32, machine: 3 }, 'i386'],
	['arm64', { machine: 183 }, 'aarch64'],
	['arm', { bits: 32, machine: 40 }, 'arm'],
	['s390x, big-endian', { machine: 22, endian: 'big' }, 's390x'],
	['32-bit MIPS, big-endian', { bits: 32, machine: 8, endian: 'big' }, 'mips'],
	['64-bit MIPS, little-endian', { machine: 8 }, 'mips64el'],
	['64-bit MIPS, big-endian', { machine: 8, endian: 'big' }, 'mips64'],
	['with DT_HASH only', { hash: 'sysv' }, 'x86-64'],
	['without a hash table', { hash: 'none' }, 'x86-64'],
];

const everything: ElfSpec = {
	soname: 'libx.so.1',
	needed: ['libc.so.6', 'libm.so.6'],
	rpath: '/a:$ORIGIN/b',
	runpath: '$ORIGIN',
	versions: { 'libc.so.6': ['GLIBC_2.34', 'GLIBC_2.2.5?'], 'libm.so.6': ['GLIBC_2.29'] },
	imports: [
		'strlen@GLIBC_2.34',
		{ name: 'environ', by: ['got'] },
		{ name: 'log@GLIBC_2.29', by: ['plt', 'data'] },
		{ name: '__gmon_start__', weak: true, by: [] },
	],
	defines: ['plain', 'x_open@@X_2', 'x_open@X_1', 'x_close@@X_1', 'x_new@@X_2'],
};

for (const [title, shape, machine] of shapes)
	test(`ELF: all tables, ${title}`, () => {
		const facts = read(elf({ ...everything, ...shape })) as ElfFacts;
		assert.equal(facts.broken, undefined);
		assert.equal(facts.machine, machine);
		assert.deepEqual(
			[facts.soname, facts.needed, facts.rpath, facts.runpath],
			['libx.so.1', ['libc.so.6', 'libm.so.6'], ['/a', '$ORIGIN/b'], ['$ORIGIN']],
		);
		assert.deepEqual(facts.versionNeeds, [
			{
				library: 'libc.so.6',
				versions: [
					{ name: 'GLIBC_2.34', weak: false },
					{ name: 'GLIBC_2.2.5', weak: true },
				],
			},
			{ library: 'libm.so.6', versions: [{ name: 'GLIBC_2.29', weak: false }] },
		]);
		assert.deepEqual([...facts.versionDefinitions].sort(), ['X_1', 'X_2']);
		assert.deepEqual(
			undefinedSymbols(facts).map(({ name, version, binding, references }) => [name, version, binding, references]),
			[
				['strlen', 'GLIBC_2.34', 'global', 1],
				['environ', undefined, 'global', shape.machine === 8 ? 4 : 2],
				['log', 'GLIBC_2.29', 'global', 5],
				['__gmon_start__', undefined, 'weak', 0],
			],
		);
		assert.deepEqual([...definedSymbols(facts)].map(({ name, version }) => `${name} ${version ?? '-'}`).sort(), [
			'plain -',
			'x_close X_1',
			'x_new X_2',
			'x_open X_1',
			'x_open X_2',
		]);
		assert.deepEqual(
			definitionsOf(facts, 'x_open')
				.map(({ version, hidden }) => `${version}${hidden === true ? ' hidden' : ''}`)
				.sort(),
			['X_1 hidden', 'X_2'],
		);
		assert.deepEqual(definitionsOf(facts, 'strlen'), []);
		assert.deepEqual(definitionsOf(facts, 'x_ope'), []);
	});

const kinds: readonly (readonly [title: string, spec: ElfSpec, expected: Partial<ElfFacts>])[] = [
	[
		'a program with a loader',
		{ type: 'executable', interpreter: '/lib64/ld-linux-x86-64.so.2' },
		{ type: 'executable', interpreter: '/lib64/ld-linux-x86-64.so.2' },
	],
	['a static program', { type: 'executable', dynamic: false }, { type: 'executable', dynamic: false, needed: [] }],
	['a position-independent program', { pie: true, interpreter: '/lib/ld.so' }, { type: 'shared', pie: true }],
	['bound at the start', { bindNow: true }, { bindNow: true }],
	['bound when called', {}, { bindNow: false }],
	['an object file', { type: 'relocatable', dynamic: false }, { type: 'relocatable' }],
	['an unknown processor', { machine: 4711 }, { machine: 'unknown', machineNumber: 4711 }],
];
for (const [title, spec, expected] of kinds)
	test(`ELF: ${title}`, () => {
		const facts = read(elf(spec)) as ElfFacts;
		assert.equal(facts.broken, undefined);
		for (const [key, value] of Object.entries(expected)) assert.deepEqual(facts[key as keyof ElfFacts], value, key);
	});

test('ELF: a file that is cut keeps what was read before', () => {
	const bytes = elf({ ...everything, interpreter: '/lib/ld.so' });
	const facts = read(bytes.subarray(0, bytes.length - 1)) as ElfFacts;
	assert.match(facts.broken ?? '', /outside the file|cut short/);
	assert.equal(facts.interpreter, '/lib/ld.so');
});

test('ELF: without the wish no symbols are kept', () => {
	const bytes = elf(everything);
	const facts = readElf({ size: bytes.length, range: (at, length) => bytes.subarray(at, at + length) }, { symbols: false });
	assert.equal(facts?.symbols, undefined);
	assert.deepEqual(undefinedSymbols(facts as ElfFacts), []);
	assert.deepEqual(definitionsOf(facts as ElfFacts, 'plain'), []);
});

test('ELF: text and short files are none', () => {
	for (const text of ['', '\x7fEL', '#!/bin/sh\n', '\x7fELG']) assert.equal(read(Buffer.from(text, 'latin1')), undefined, text);
});

/** Asks everything that can be asked, so that a lie in any table is met. */
function askAll(bytes: Uint8Array): void {
	const facts = read(bytes);
	if (facts === undefined) return;
	undefinedSymbols(facts);
	let asked = 0;
	for (const { name } of definedSymbols(facts)) {
		definitionsOf(facts, name);
		asked += 1;
		if (asked > 100) break;
	}
	definitionsOf(facts, 'x_open');
}

test('ELF: any change of any bytes gives facts, never an exception and never a long wait', () => {
	const variants = shapes.map(([, shape]) => elf({ ...everything, ...shape, interpreter: '/lib/ld.so' }));
	const change = fc.record({ at: fc.nat(), value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 })) });
	fc.assert(
		fc.property(fc.nat(variants.length - 1), fc.array(change, { minLength: 1, maxLength: 12 }), (which, changes) => {
			const bytes = Uint8Array.from(variants[which] as Uint8Array);
			for (const { at, value } of changes) bytes[at % bytes.length] = value;
			const before = performance.now();
			askAll(bytes);
			assert.ok(performance.now() - before < 1000);
		}),
		{ numRuns: 2000 },
	);
});

test('ELF: any bytes behind the magic give facts', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => {
			const bytes = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, ...rest]);
			assert.notEqual(read(bytes), undefined);
			askAll(bytes);
		}),
		{ numRuns: 2000 },
	);
});
