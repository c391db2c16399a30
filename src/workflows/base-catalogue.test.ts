import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cache, Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import { rememberBase, seenBases } from './base-catalogue.ts';

function hostWithCache(): Host {
	const kept = new Map<string, Uint8Array>();
	const cache: Cache = {
		get: async (key) => kept.get(key),
		put: async (key, bytes) => {
			kept.set(key, bytes);
		},
	};
	return { cache } as Partial<Host> as Host;
}

function image(reference: string, ...diffIds: readonly (string | undefined)[]): Image {
	const layers = diffIds.map(
		(diffId): Layer => ({ ...(diffId === undefined ? {} : { diffId }), size: 1, body: { kind: 'tree', directory: '' } }),
	);
	return { reference, layers } as Partial<Image> as Image;
}

async function seen(host: Host, one: Image): Promise<readonly string[]> {
	return (await seenBases(host, one)).map(({ reference, diffIds }) => `${reference} ${diffIds.length}`);
}

test('an image that was read before is found below another', async () => {
	const host = hostWithCache();
	await rememberBase(host, 'debian:12', image('debian:12', 'd1'));
	await rememberBase(host, 'node:20', image('node:20', 'd1', 'n1'));
	await rememberBase(host, 'alpine:3.20', image('alpine:3.20', 'x1'));
	assert.deepEqual(await seen(host, image('shop:1', 'd1', 'n1', 'a1')), ['debian:12 1', 'node:20 2']);
});

test('an image is not its own base, nor is another name of it', async () => {
	const host = hostWithCache();
	await rememberBase(host, 'node:20', image('node:20', 'd1', 'n1'));
	await rememberBase(host, 'shop:1', image('shop:1', 'd1', 'n1'));
	assert.deepEqual(await seen(host, image('node:20', 'd1', 'n1')), []);
});

test('names of the same layers are kept together, the last ones of many, each once', async () => {
	const host = hostWithCache();
	for (const tag of ['a', 'b', 'a']) await rememberBase(host, `node:${tag}`, image('', 'd1'));
	assert.deepEqual(await seen(host, image('shop:1', 'd1', 'a1')), ['node:a 1', 'node:b 1']);
	for (let i = 0; i < 40; i += 1) await rememberBase(host, `node:${i}`, image('', 'd1'));
	assert.equal((await seen(host, image('shop:1', 'd1', 'a1'))).length, 16);
});

test('layers without a diffID tell nothing; without a cache nothing is known', async () => {
	const host = hostWithCache();
	await rememberBase(host, 'node:20', image('node:20', 'd1', undefined));
	assert.deepEqual(await seen(host, image('shop:1', 'd1', undefined, 'a1')), []);
	await rememberBase({} as Host, 'node:20', image('node:20', 'd1'));
	assert.deepEqual(await seen({} as Host, image('shop:1', 'd1', 'a1')), []);
});
