import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { createHost, createSession, debug } from '../../src/index.ts';
import { importImage } from '../support/busybox-image.ts';
import { leftBehind } from '../support/left-behind.ts';

/** Against the Docker engine of this machine; run by .ci/run. The containers have one program each and no shell. */
const session = createSession(createHost());
const image = `footing-test/shell-less:${process.pid}`;
const containers: string[] = [];

function docker(...args: readonly string[]): string {
	return spawnSync('docker', args, { encoding: 'utf8' }).stdout.trim();
}

function start(...args: readonly string[]): string {
	const id = docker('run', '--detach', '--network', 'none', ...args);
	containers.push(id);
	return id;
}

before(() => importImage(image, { applets: ['bin/sleep', 'bin/mkdir'], files: { 'etc/marker': 'x' } }));
after(() => {
	docker('rm', '--force', ...containers);
	docker('rmi', '-f', image);
});

for (const [title, flags, as] of [
	['beside root', [], 'root'],
	['beside another user, with a read-only root', ['--user', '1000:1000', '--read-only'], 'root'],
	['as the same user, root', [], 'same'],
	['as the same user', ['--user', '1000:1000', '--cap-drop', 'ALL'], 'same'],
] as const) {
	test(`debug: a working shell ${title}`, async () => {
		const id = start(...flags, image, '/bin/sleep', '200');
		const { ran, root } = await debug(session, {
			target: id,
			user: as,
			command: 'cat /proc/1/root/etc/marker; ps | grep -c sleep',
			engine: 'docker',
		});
		assert.deepEqual([root, ran?.exitCode, ran?.output.startsWith('x')], ['/proc/1/root', 0, true], JSON.stringify(ran));
		assert.equal(docker('diff', id), '', 'nothing is written into it');
	});
}

test('debug: what a crashed container left, and the container as it was', async () => {
	const id = start('--user', '1000', '--tmpfs', '/tmp', image, '/bin/mkdir', '/etc/marker/no');
	docker('wait', id);
	const before = docker('diff', id);
	const { ran, state } = await debug(session, { target: id, command: 'cat /etc/marker; id -u', user: 'same', engine: 'docker' });
	assert.deepEqual([state?.running, state?.exitCode, ran?.output], [false, 1, 'x1000\n'], JSON.stringify({ ran, state }));
	assert.match(state?.log ?? '', /can't create directory/);
	assert.equal(docker('diff', id), before);
	assert.deepEqual(leftBehind(), []);
});
