import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FootingError } from '../model/errors.ts';
import { readApkInstalled } from './apk.ts';
import { ownedPaths } from './owned-paths.ts';

test('owned paths: joined, and left out when no process could name them', () => {
	const join = ownedPaths();
	assert.equal(join('/usr/bin/', 'sh'), '/usr/bin/sh');
	assert.equal(join(`/${'x'.repeat(4096)}/`, 'sh'), undefined);
});

test('owned paths: a small database of endless paths is refused', () => {
	const bomb = Buffer.from(`P:a\nV:1\nF:${'d'.repeat(4000)}\n${'R:x\n'.repeat(100_000)}\n`);
	assert.throws(
		() => readApkInstalled(bomb, 'installed'),
		(error) => error instanceof FootingError && error.code === 'limit',
	);
});
