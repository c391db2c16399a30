import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../src/host/create-host.ts';
import { openImage } from '../../src/image/open-image.ts';
import { readRootfs } from '../../src/rootfs/read-rootfs.ts';
import { compose, oldArchive } from '../support/image-forms.ts';
import { sampleConfig, sampleLayers, sampleTree, treeLines } from '../support/sample-image.ts';
import { tar } from '../support/tar.ts';

/** Against the Docker engine of this machine; run by .ci/run, which starts one. */
const host = createHost();
const name = `footing-test/sample:${process.pid}`;
const work = mkdtempSync(join(tmpdir(), 'engine-'));
const image = compose({ layers: sampleLayers, config: sampleConfig });

async function run(...args: readonly string[]): Promise<string> {
	const result = await host.processes.run('docker', args);
	assert.equal(result.exitCode, 0, result.stderr);
	return result.stdout;
}

before(async () => {
	const path = join(work, 'image.tar');
	writeFileSync(path, tar(oldArchive(image, [name])));
	await run('load', '-i', path);
});
after(async () => {
	await run('image', 'rm', name);
	rmSync(work, { recursive: true });
});

for (const reference of [`docker:${name}`, name]) {
	test(`engine: ${reference} is what was loaded`, async () => {
		const opened = await openImage(host, reference);
		assert.equal(opened.configDigest, image.config.digest);
		assert.deepEqual(
			opened.layers.map((layer) => layer.diffId),
			image.layers.map((layer) => layer.digest),
		);
		assert.deepEqual(await treeLines(await readRootfs(host, opened, {})), sampleTree);
		await opened.close();
	});
}

test('engine: an image by its id', async () => {
	const id = (await run('image', 'inspect', '--format', '{{.Id}}', name)).trim();
	for (const written of [id, id.slice(7), id.slice(7, 19)]) {
		const opened = await openImage(host, `docker:${written}`);
		assert.equal(opened.configDigest, image.config.digest);
		await opened.close();
	}
});

test('engine: what "docker save" writes is the same image', async () => {
	const path = join(work, 'saved.tar');
	await run('save', '-o', path, name);
	for (const reference of [`docker-archive:${path}`, `docker-archive:${path}:${name}`]) {
		const opened = await openImage(host, reference);
		assert.equal(opened.configDigest, image.config.digest);
		assert.deepEqual(opened.problems, []);
		await opened.close();
	}
});

test('engine: an image that it does not have', async () => {
	await assert.rejects(openImage(host, 'docker:footing-test/nowhere'), { code: 'image-not-found' });
});
