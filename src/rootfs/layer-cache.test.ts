import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { treeLines } from '../../test/support/sample-image.ts';
import { tar } from '../../test/support/tar.ts';
import type { Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import { readRootfs } from './read-rootfs.ts';

const content = tar([
	{ name: 'etc/passwd', body: 'root:x:0:0\n' },
	{ name: 'bin/run', mode: 0o4755, body: '#!/bin/sh\n', pax: { 'SCHILY.xattr.security.capability': Buffer.from([1, 0, 255]) } },
	{ name: 'bin/sh', flag: '2', link: 'run' },
]);
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function setting(): { readonly host: Host; readonly kept: Map<string, Uint8Array> } {
	const kept = new Map<string, Uint8Array>();
	const host = {
		cores: 1,
		build: 'one',
		cache: { get: async (key: string) => kept.get(key), put: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes) },
	} as unknown as Host;
	return { host, kept };
}

function image(bytes: Uint8Array = content, diffId: string | undefined = sha256(content)): { readonly image: Image; opened: number } {
	const state = { opened: 0 };
	const layer: Layer = {
		...(diffId === undefined ? {} : { diffId }),
		size: bytes.length,
		body: {
			kind: 'stream',
			async *open() {
				state.opened += 1;
				yield bytes;
			},
		},
	};
	return Object.assign(state, { image: { layers: [layer] } as unknown as Image });
}

test('layer cache: a layer that was read is not opened again, and gives the same tree', async () => {
	const { host } = setting();
	const [first, second] = [image(), image()];
	const lines = await treeLines(await readRootfs(host, first.image, { paths: ['/etc/passwd', '/bin/run'] }));
	const again = await readRootfs(host, second.image, { paths: ['/etc/passwd', '/bin/run'] });
	assert.deepEqual(await treeLines(again), lines);
	assert.deepEqual(again.get('/bin/run')?.xattrs?.get('security.capability'), new Uint8Array([1, 0, 255]));
	assert.deepEqual([first.opened, second.opened], [1, 0]);
});

test('layer cache: another question is another entry', async () => {
	const { host, kept } = setting();
	await readRootfs(host, image().image, {});
	const other = image();
	await readRootfs(host, other.image, { paths: ['/etc/passwd'] });
	assert.deepEqual([other.opened, kept.size], [1, 2]);
});

test('layer cache: other code does not use what it did not make', async () => {
	const { host } = setting();
	await readRootfs(host, image().image, {});
	const after = image();
	await readRootfs({ ...host, build: 'another' }, after.image, {});
	assert.equal(after.opened, 1);
	const { build: _, ...unknown } = host;
	await readRootfs(unknown, after.image, {});
	assert.equal(after.opened, 2);
});

test('layer cache: a layer that breaks its promise is never kept', async () => {
	const { host, kept } = setting();
	const wrong = tar([{ name: 'etc/passwd', body: 'evil' }]);
	await assert.rejects(readRootfs(host, image(wrong).image, {}), { code: 'digest-mismatch' });
	assert.equal(kept.size, 0);
});

test('layer cache: a layer without a diffID is read each time', async () => {
	const { host, kept } = setting();
	const nameless = { layers: [{ size: content.length, body: (image().image.layers[0] as Layer).body }] } as unknown as Image;
	await readRootfs(host, nameless, {});
	assert.equal(kept.size, 0);
});
