import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Member, tar } from '../../test/support/tar.ts';
import type { Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import { limits } from '../model/limits.ts';
import type { Interest } from '../model/rootfs.ts';
import { readRootfs } from './read-rootfs.ts';

const MiB = 1024 * 1024;

/** A layer made of pieces that are never together in memory, each repeated so often. */
function layerOf(...pieces: readonly (readonly [piece: Uint8Array, times: number])[]): Layer & { opened: number } {
	const size = pieces.reduce((sum, [piece, times]) => sum + piece.length * times, 0);
	const layer = {
		size,
		opened: 0,
		body: {
			kind: 'stream' as const,
			async *open() {
				layer.opened += 1;
				for (const [piece, times] of pieces) for (let i = 0; i < times; i += 1) yield piece;
			},
		},
	};
	return layer;
}

async function read(interest: Interest, ...layers: Layer[]): ReturnType<typeof readRootfs> {
	return readRootfs({ cores: 1 } as Host, { layers } as unknown as Image, interest);
}

const one = (...members: readonly Member[]): Uint8Array => tar(members, 0);
const end: readonly [Uint8Array, number] = [Buffer.alloc(1024), 1];

test('memory: names of 30 KiB each, until there are too many of them', async () => {
	const named = one({ name: 'x', pax: { path: 'n'.repeat(30_000) } });
	await assert.rejects(read({}, layerOf([named, Math.ceil(limits.remembered / 30_000)], end)), {
		code: 'limit',
		message: /names and facts/,
	});
	const half: readonly [Uint8Array, number] = [named, Math.ceil(limits.remembered / 60_000)];
	await assert.rejects(read({}, layerOf(half, end), layerOf(half, end)), { code: 'limit', message: /the image/ });
});

test('memory: bodies that are too much to keep are read again when they are asked for', async () => {
	const body = Buffer.alloc(3 * MiB, 'b');
	const layers = [0, 1, 2].map((n) => {
		const members = Array.from({ length: 15 }, (_, i): [Uint8Array, number] => [one({ name: `${n}/${i}.list`, body }), 1]);
		return layerOf(...members, end);
	});
	const rootfs = await read({ suffixes: ['.list'] }, ...layers);
	for (const n of [0, 1, 2]) assert.equal((await rootfs.read(`/${n}/14.list`))?.length, body.length);
	assert.deepEqual(
		layers.map((layer) => layer.opened),
		[1, 2, 2],
	);
});

test('memory: sparse files that say they are huge programs', async () => {
	const map = 'ELF';
	const sparse = one({
		name: 'program',
		body: `1\n0\n512\n${'\0'.repeat(504)}\u007f${map}${'\u0001'.repeat(508)}`,
		pax: { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 'program', 'GNU.sparse.realsize': String(2 ** 40) },
	});
	const started = performance.now();
	await assert.rejects(read({}, layerOf([sparse, 10_000], end)), { code: 'limit', message: /sparse files/ });
	assert.ok(performance.now() - started < 10_000);
});

test('memory: thousands of problems are counted, not listed', async () => {
	const rootfs = await read({}, layerOf([one({ name: 'file', body: '' }), 1], [one({ name: 'file/below', body: '' }), 5000], end));
	assert.equal(rootfs.problems.length, 1001);
	assert.deepEqual(rootfs.problems.at(-1), { code: 'more-problems', where: '/', message: '4000 more problems, which are not listed' });
});
