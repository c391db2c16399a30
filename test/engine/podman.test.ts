import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createHost } from '../../src/host/create-host.ts';
import { openImage } from '../../src/image/open-image.ts';
import { readRootfs } from '../../src/rootfs/read-rootfs.ts';
import { compose, oldArchive } from '../support/image-forms.ts';
import { sampleConfig, sampleLayers, sampleTree, treeLines } from '../support/sample-image.ts';
import { tar } from '../support/tar.ts';

/** Against a Podman service with a storage of its own; run by .ci/run, which installs Podman. */
const work = mkdtempSync(join(tmpdir(), 'podman-'));
const socket = join(work, 'podman.sock');
const storage = ['--root', join(work, 'storage'), '--runroot', join(work, 'run'), '--storage-driver', 'vfs'];
const options = [...storage, '--cgroup-manager', 'cgroupfs', '--events-backend', 'file'];
const image = compose({ layers: sampleLayers, config: sampleConfig });
let service: ChildProcess;

before(async () => {
	service = spawn('podman', [...options, 'system', 'service', '--time', '0', `unix://${socket}`], { stdio: 'ignore' });
	for (let i = 0; i < 100 && !existsSync(socket); i += 1) await wait(100);
	const path = join(work, 'image.tar');
	writeFileSync(path, tar(oldArchive(image, ['localhost/footing-test:v1'])));
	const load = spawnSync('podman', [...options, 'load', '-i', path], { encoding: 'utf8' });
	assert.equal(load.status, 0, load.stderr);
});
after(async () => {
	const ended = new Promise((resolve) => service.once('exit', resolve));
	service.kill();
	await ended;
	rmSync(work, { recursive: true, force: true });
});

const host = createHost({ env: { CONTAINER_HOST: `unix://${socket}`, DOCKER_HOST: 'unix:///nowhere' } });

for (const reference of ['podman:localhost/footing-test:v1', `podman:${image.config.digest}`, 'localhost/footing-test:v1']) {
	test(`podman: ${reference} is what was loaded`, async () => {
		const opened = await openImage(host, reference);
		assert.equal(opened.configDigest, image.config.digest);
		assert.deepEqual(opened.problems, []);
		assert.deepEqual(await treeLines(await readRootfs(host, opened, {})), sampleTree);
		await opened.close();
	});
}

for (const format of ['docker-archive', 'oci-archive']) {
	test(`podman: what "podman save --format ${format}" writes is the same image`, async () => {
		const path = join(work, `${format}.tar`);
		const save = spawnSync('podman', [...options, 'save', '--format', format, '-o', path, 'localhost/footing-test:v1'], {
			encoding: 'utf8',
		});
		assert.equal(save.status, 0, save.stderr);
		const opened = await openImage(host, `${format}:${path}`);
		assert.deepEqual(
			opened.layers.map((layer) => layer.diffId),
			image.layers.map((layer) => layer.digest),
		);
		assert.deepEqual(await treeLines(await readRootfs(host, opened, {})), sampleTree);
		await opened.close();
	});
}

test('podman: an image that it does not have', async () => {
	await assert.rejects(openImage(host, 'podman:localhost/nowhere'), { code: 'image-not-found' });
});
