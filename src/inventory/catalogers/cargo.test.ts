import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { cargo } from './cargo.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };

/** An ELF file of x86-64 with sections only: none, `.dep-v0`, and the names. */
function program(section: Uint8Array): Uint8Array {
	const names = Buffer.from('\0.text\0.dep-v0\0.shstrtab\0');
	const at = 64 + section.length + names.length;
	const header = Buffer.alloc(64);
	header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
	header.writeUInt16LE(2, 16);
	header.writeUInt16LE(62, 18);
	header.writeBigUInt64LE(BigInt(at), 40);
	for (const [offset, value] of [
		[52, 64],
		[58, 64],
		[60, 3],
		[62, 2],
	] as const)
		header.writeUInt16LE(value, offset);
	const row = (name: number, offset: number, size: number): Buffer => {
		const bytes = Buffer.alloc(64);
		bytes.writeUInt32LE(name, 0);
		bytes.writeBigUInt64LE(BigInt(offset), 24);
		bytes.writeBigUInt64LE(BigInt(size), 32);
		return bytes;
	};
	return Buffer.concat([header, section, names, row(0, 0, 0), row(7, 64, section.length), row(15, 64 + section.length, names.length)]);
}

test('cargo: crates that cargo auditable wrote down, those for the build left out', async () => {
	const packages = [
		{ name: 'autocfg', version: '1.5.0', source: 'crates.io', kind: 'build' },
		{ name: 'hello', version: '0.3.1', source: 'local', dependencies: [0, 2], root: true },
		{ name: 'itoa', version: '1.0.19', source: 'crates.io' },
		{ name: '', version: '1' },
		null,
	];
	const found = await cargo.catalog(rootfs({ '/app': program(deflateSync(JSON.stringify({ packages, format: 8 }))) }), system);
	assert.deepEqual(
		found.packages.map((p) => `${p.purl} ${p.because.shows}`),
		['pkg:cargo/hello@0.3.1 section .dep-v0: hello 0.3.1', 'pkg:cargo/itoa@1.0.19 section .dep-v0: itoa 1.0.19'],
	);
});

test('cargo: a section that is damaged, a bomb or no list is a problem and hides packages', async () => {
	for (const section of [Buffer.from('x'), deflateSync(Buffer.alloc(20_000_000, 0x20)), deflateSync('{}'), deflateSync('null')]) {
		const { packages, problems, blindSpots } = await cargo.catalog(rootfs({ '/app': program(section) }), system);
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']]);
	}
});
