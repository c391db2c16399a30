import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elf } from '../../../test/support/elf-facts.ts';
import { goProgram } from '../../../test/support/go-program.ts';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { golang } from './golang.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const modules = `mod	example.com/Shop	(devel)	
dep	github.com/google/uuid	v1.6.0	h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=
dep	github.com/old/name	v1.0.0
=>	github.com/new/name	v1.0.1	h1:qJYtXnJRWmpe7m/3XlyhrsLrEURqHRM2kxzoxXqyUDs=
dep	example.com/local	v0.0.0
=>	./local	(devel)	
dep	example.com/there	v0.3.0
=>	../there		
build	-compiler=gc
build	CGO_ENABLED=0
`;

async function found(body: Uint8Array): Promise<readonly string[]> {
	const { packages } = await golang.catalog(rootfs({ '/app': body }), system);
	return packages.map(({ name, version }) => `${name} ${version}`);
}

/** Before Go 1.18: two pointers to strings, of which the second may lie where nothing was written. */
function oldProgram(
	texts: readonly [version: string, modules: string] | readonly [version: string],
	bits: 32 | 64,
	big: boolean,
): Uint8Array {
	const file = Buffer.from(goProgram([]).subarray(0, 4096));
	const base = 0x400000;
	const size = bits / 8;
	const put = (at: number, value: number): void => {
		if (size === 4) file[big ? 'writeUInt32BE' : 'writeUInt32LE'](value, at);
		else file[big ? 'writeBigUInt64BE' : 'writeBigUInt64LE'](BigInt(value), at);
	};
	file.fill(0, 0x100);
	file.write('\xff Go buildinf:', 0x100, 'latin1');
	file.set([size, big ? 1 : 0], 0x10e);
	let at = 0x800;
	for (const [index, text] of texts.entries()) {
		const header = 0x200 + index * 16;
		put(0x110 + index * size, base + header);
		put(header, base + at);
		put(header + size, text.length);
		at += file.write(text, at, 'latin1');
	}
	if (texts.length === 1) put(0x110 + size, base + 0x900000);
	return file;
}

test('golang: modules with what took their place, the main module, and the standard library', async () => {
	const program = goProgram([], { path: 'example.com/Shop/cmd/shop', modules });
	const { packages } = await golang.catalog(rootfs({ '/app': program }), system);
	assert.deepEqual(
		packages.map(({ name, version, purl, because }) => [`${name} ${version}`, purl, because.shows]),
		[
			['stdlib 1.22.3', 'pkg:golang/stdlib@1.22.3', 'built with go1.22.3'],
			['example.com/Shop (devel)', 'pkg:golang/example.com/shop', 'mod example.com/Shop (devel)'],
			['github.com/google/uuid v1.6.0', 'pkg:golang/github.com/google/uuid@v1.6.0', 'dep github.com/google/uuid v1.6.0'],
			[
				'github.com/new/name v1.0.1',
				'pkg:golang/github.com/new/name@v1.0.1',
				'dep github.com/old/name v1.0.0 => github.com/new/name v1.0.1',
			],
			['example.com/local v0.0.0', 'pkg:golang/example.com/local@v0.0.0', 'dep example.com/local v0.0.0'],
			['example.com/there v0.3.0', 'pkg:golang/example.com/there@v0.3.0', 'dep example.com/there v0.3.0'],
		],
	);
});

test('golang: programs from before Go 1.18, of every word size and byte order', async () => {
	const text = `0123456789abcdefpath\tx\nmod\tx\tv1.2.0\nbuild\n${'0123456789abcdef'}`;
	for (const bits of [32, 64] as const)
		for (const big of [false, true]) {
			assert.deepEqual(await found(oldProgram(['go1.17.13', text], bits, big)), ['stdlib 1.17.13', 'x v1.2.0'], `${bits} ${big}`);
			assert.deepEqual(await found(oldProgram(['go1.13'], bits, big)), ['stdlib 1.13']);
		}
});

test('golang: the text of the mark in a program that looks for it is no note', async () => {
	const file = Buffer.from(goProgram([]));
	file.fill(0, 0x100, 0x200);
	file.write('\xff Go buildinf:\x08\x02', 0x108, 'latin1');
	assert.deepEqual(await found(file), []);
	file.write('\xff Go buildinf:\x08\x02', 0x400, 'latin1');
	assert.deepEqual(await found(file), []);
});

test('golang: a file whose note was not kept is read again', async () => {
	const program = { ...elf({ built: { unread: true } }), body: async () => goProgram([]), size: goProgram([]).length };
	const { packages } = await golang.catalog(rootfs({ '/app': program }), system);
	assert.deepEqual(
		packages.map((p) => p.purl),
		['pkg:golang/stdlib@1.22.3'],
	);
});

test('golang: a file that is too large to be read again hides packages', async () => {
	const { blindSpots } = await golang.catalog(
		rootfs({ '/app': { ...elf({ built: { unread: true } }), body: async () => new Uint8Array(0), size: 2 ** 30 } }),
		system,
	);
	assert.deepEqual(blindSpots[0]?.hides, ['packages']);
});
