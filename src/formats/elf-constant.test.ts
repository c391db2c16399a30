import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ElfSpec, elf } from '../../test/support/elf.ts';
import { returnedConstant } from './elf-constant.ts';

const rows: readonly (readonly [title: string, spec: ElfSpec, expected: number | undefined])[] = [
	['x86-64: endbr64, mov, ret', { code: 'f30f1efa b80a000000 c3'.replaceAll(' ', '') }, 10],
	['x86-64: mov, ret', { code: 'b808000000c3' }, 8],
	['x86-64: with a frame', { code: 'f30f1efa554889e5b8090000005dc3' }, 9],
	['x86-64: a large number', { code: 'b8ffffff7fc3' }, 0x7fffffff],
	['x86-64: it does more', { code: 'f30f1efa4883ec08e8aabbccdd' }, undefined],
	['arm64: movz, ret', { machine: 183, code: '40018052c0035fd6' }, 10],
	['arm64: bti c, movz, ret', { machine: 183, code: '5f2403d500018052c0035fd6' }, 8],
	['arm64: another register', { machine: 183, code: '41018052c0035fd6' }, undefined],
	['another processor', { machine: 243, code: 'b808000000c3' }, undefined],
	['the code is outside the file', {}, undefined],
];
for (const [title, spec, expected] of rows)
	test(`constant: ${title}`, () => {
		const bytes = elf({ defines: ['f'], ...spec });
		assert.equal(returnedConstant(bytes, 'f'), expected);
		assert.equal(returnedConstant(bytes, 'g'), undefined);
	});

test('constant: any change of bytes gives a number or nothing', () => {
	const bytes = elf({ defines: ['f'], code: 'b808000000c3' });
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 10 }), (changes) => {
			const changed = Uint8Array.from(bytes);
			for (const [at, value] of changes) changed[at] = value;
			const found = returnedConstant(changed, 'f');
			assert.ok(found === undefined || Number.isSafeInteger(found));
		}),
		{ numRuns: 2000 },
	);
});
