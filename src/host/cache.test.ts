import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { cacheDirectory, createCache } from './cache.ts';

const root = mkdtempSync(join(tmpdir(), 'cache-test-'));
after(() => rmSync(root, { recursive: true }));

function files(directory: string): readonly string[] {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

test('cache: what was put is there, also for another process, and nothing else', async () => {
	const directory = join(root, 'plain');
	await createCache(directory).put('a key / with ../ anything', Buffer.from('content'));
	assert.equal(Buffer.from((await createCache(directory).get('a key / with ../ anything')) ?? []).toString(), 'content');
	assert.equal(await createCache(directory).get('another'), undefined);
	assert.equal(files(directory).length, 1);
});

const damages: readonly (readonly [title: string, damage: (path: string) => void])[] = [
	[
		'a changed byte',
		(path) =>
			writeFileSync(
				path,
				readFileSync(path).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
			),
	],
	['a cut', (path) => writeFileSync(path, readFileSync(path).subarray(0, 45))],
	['nothing left', (path) => writeFileSync(path, '')],
];
for (const [title, damage] of damages)
	test(`cache: ${title} is not used and not kept`, async () => {
		const directory = join(root, title);
		await createCache(directory).put('key', Buffer.from('a longer content of the file'));
		damage(files(directory)[0] as string);
		assert.equal(await createCache(directory).get('key'), undefined);
		assert.deepEqual(files(directory), []);
	});

test('cache: a directory that others may write to is not used', async () => {
	const directory = join(root, 'open');
	mkdirSync(directory);
	chmodSync(directory, 0o777);
	await createCache(directory).put('key', Buffer.from('x'));
	assert.deepEqual(files(directory), []);
});

test('cache: a place that cannot be made is an empty cache', async () => {
	const cache = createCache('/dev/null/cache');
	await cache.put('key', Buffer.from('x'));
	assert.equal(await cache.get('key'), undefined);
});

const places: readonly (readonly [env: Record<string, string>, expected: string | undefined])[] = [
	[{ FOOTING_CACHE: 'off', HOME: '/h' }, undefined],
	[{ FOOTING_CACHE: '/x', HOME: '/h' }, '/x'],
	[{ XDG_CACHE_HOME: '/c', HOME: '/h' }, '/c/footing'],
	[{ XDG_CACHE_HOME: 'relative', HOME: '/h' }, '/h/.cache/footing'],
	[{ HOME: '/h' }, '/h/.cache/footing'],
];
for (const [env, expected] of places)
	test(`cache: the place for ${JSON.stringify(env)}`, () => assert.equal(cacheDirectory(env), expected));
