import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { writeTar } from './tar-writer.ts';

test('tar writer: tar(1) lists what was written', () => {
	const archive = writeTar([
		{ name: 'bin/tool', body: Buffer.from('x'.repeat(513)) },
		{ name: 'bin/sh', link: 'tool' },
	]);
	const { stdout, stderr } = spawnSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' });
	assert.equal(stderr, '');
	assert.match(stdout, /^-rwxr-xr-x 0\/0 +513 .* bin\/tool\nl.* bin\/sh -> tool\n$/);
});

test('tar writer: a name that does not fit is refused', () => {
	assert.throws(() => writeTar([{ name: 'x'.repeat(101) }]), RangeError);
});
