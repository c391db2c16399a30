import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DiskEntry, hostWithDisk } from '../../../test/support/disk.ts';
import { contextDigest } from './context-digest.ts';

const digest = (tree: Readonly<Record<string, DiskEntry>>): Promise<string | undefined> => contextDigest(hostWithDisk(tree).disk, '/app');
const plain = { '/app/Dockerfile': 'FROM a', '/app/x/y': 'text', '/app/.dockerignore': 'logs' };

const same: readonly (readonly [string, Readonly<Record<string, DiskEntry>>])[] = [
	['the same', plain],
	['what is ignored', { ...plain, '/app/logs/today': 'other' }],
];
const other: readonly (readonly [string, Readonly<Record<string, DiskEntry>>])[] = [
	['a changed file', { ...plain, '/app/x/y': 'texT' }],
	['a mode', { ...plain, '/app/x/y': { body: 'text', mode: 0o755 } }],
	['a name', { '/app/Dockerfile': 'FROM a', '/app/x/z': 'text', '/app/.dockerignore': 'logs' }],
	['a link', { ...plain, '/app/x/y': { link: 'text' } }],
	['one more', { ...plain, '/app/z': '' }],
	['content that moves to the next file', { ...plain, '/app/x/y': 'tex', '/app/x/z': 't' }],
	['what only one of two ignore files leaves out', { ...plain, '/app/logs/today': 'other', '/app/Dockerfile.dockerignore': '' }],
];

for (const [title, tree] of same)
	test(`digest of a build context: ${title} changes nothing`, async () => {
		assert.equal(await digest(tree), await digest(plain));
	});

for (const [title, tree] of other)
	test(`digest of a build context: ${title} changes it`, async () => {
		assert.notEqual(await digest(tree), await digest(plain));
	});
