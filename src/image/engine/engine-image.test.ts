import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { startEngine, type TestEngineOptions } from '../../../test/support/engine.ts';
import { compose, oldArchive } from '../../../test/support/image-forms.ts';
import { tar } from '../../../test/support/tar.ts';
import { createHost } from '../../host/create-host.ts';
import type { Image } from '../../model/image.ts';
import { openImage } from '../open-image.ts';
import { parsePlatform } from '../platform.ts';
import type { OpenOptions } from '../source.ts';
import { docker } from './docker.ts';
import { podman } from './podman.ts';

const work = mkdtempSync(join(tmpdir(), 'engine-'));
after(() => rmSync(work, { recursive: true }));
mkdirSync(join(work, 'tmp'));
process.env['TMPDIR'] = join(work, 'tmp');

const image = compose({ layers: [tar([{ name: 'a', body: 'a'.repeat(9000) }])], config: { os: 'linux', architecture: 'amd64' } });
const archive = tar(oldArchive(image, ['app:1']));
let sockets = 0;

async function ask(
	reference: string,
	options: TestEngineOptions & { readonly open?: OpenOptions } = {},
): Promise<{ readonly image: Image; readonly asked: readonly string[] }> {
	const engine = await startEngine(join(work, `${++sockets}.sock`), new Map([['app:1', archive]]), options);
	try {
		const host = createHost({ env: { HOME: work, DOCKER_HOST: `unix://${engine.socketPath}` } });
		return { image: await openImage(host, reference, options.open), asked: engine.asked };
	} finally {
		await engine.close();
	}
}

function temporaryFiles(): readonly string[] {
	return readdirSync(join(work, 'tmp')).flatMap((name) => readdirSync(join(work, 'tmp', name)));
}

test('engine: the image is looked up, saved once, and its file is gone when it is closed', async () => {
	const { image: opened, asked } = await ask('docker:app:1');
	assert.deepEqual(asked, ['/images/app:1/json', '/images/app:1/get']);
	assert.equal(temporaryFiles().length, 1);
	await opened.close();
	assert.deepEqual(temporaryFiles(), []);
});

test('engine: a newer one is asked for the platform when it is saved', async () => {
	const { image: opened, asked } = await ask('docker:app:1', { api: '1.48', open: { platform: parsePlatform('linux/amd64') } });
	await opened.close();
	const wanted = encodeURIComponent('{"os":"linux","architecture":"amd64"}');
	assert.deepEqual(asked, ['/images/app:1/json', `/images/app:1/get?platform=${wanted}`]);
});

test('engine: an older one is not made to save another platform', async () => {
	const open = { platform: parsePlatform('linux/arm64') };
	await assert.rejects(ask('docker:app:1', { open }), { code: 'no-platform', message: /linux\/arm64: there is linux\/amd64/ });
});

const failures: readonly (readonly [title: string, reference: string, options: TestEngineOptions, code: string, message: RegExp])[] = [
	['an image that it does not have', 'docker:other', {}, 'image-not-found', /cannot open other from Docker: there is no such image/],
	['an archive that ends early', 'docker:app:1', { cutAt: 3000 }, 'truncated', /Docker image app:1: it ends inside/],
	[
		'an error of its own, escaped',
		'docker:app:1',
		{ failure: { status: 500, message: 'broken\u001b[2J' } },
		'engine-unavailable',
		/it answers 500: broken\\x1b\[2J$/,
	],
];
for (const [title, reference, options, code, message] of failures) {
	test(`engine: ${title}`, async () => {
		await assert.rejects(ask(reference, options), { code, message });
		assert.deepEqual(temporaryFiles(), []);
	});
}

test('engine: none that answers', async () => {
	const dead = join(work, 'dead.sock');
	const host = createHost({ env: { HOME: work, DOCKER_HOST: `unix://${dead}`, CONTAINER_HOST: 'ssh://somewhere' } });
	await assert.rejects(openImage(host, 'docker:app'), { code: 'engine-unavailable', message: /^cannot reach Docker at .*dead\.sock: / });
	await assert.rejects(openImage(host, 'podman:app'), { code: 'engine-unavailable', message: /only unix:\/\/ and tcp:\/\// });
});

function config(directory: string, current: string, contexts: Readonly<Record<string, string>>): string {
	const path = join(work, directory);
	mkdirSync(path, { recursive: true });
	writeFileSync(join(path, 'config.json'), JSON.stringify({ currentContext: current, auths: {} }));
	for (const [name, address] of Object.entries(contexts)) {
		const meta = join(path, 'contexts/meta', createHash('sha256').update(name).digest('hex'), 'meta.json');
		mkdirSync(dirname(meta), { recursive: true });
		writeFileSync(meta, JSON.stringify({ Name: name, Endpoints: { docker: { Host: address } } }));
	}
	return path;
}

test('engine: Docker listens where DOCKER_HOST or the context in use says', async () => {
	const directory = config('contexts', 'rootless', { rootless: 'unix:///run/user/7/docker.sock', far: 'tcp://192.0.2.1:2375' });
	const places = async (env: Readonly<Record<string, string>>): Promise<readonly string[]> =>
		(await docker.endpoints(createHost({ env: { DOCKER_CONFIG: directory, ...env } }))).map((e) => e.place);
	assert.deepEqual(await places({}), ['/run/user/7/docker.sock']);
	assert.deepEqual(await places({ DOCKER_CONTEXT: 'far' }), ['tcp://192.0.2.1:2375']);
	assert.deepEqual(await places({ DOCKER_HOST: 'unix:///x.sock', DOCKER_CONTEXT: 'far' }), ['/x.sock']);
	await assert.rejects(places({ DOCKER_CONTEXT: 'lost' }), { code: 'engine-unavailable', message: /context "lost" is not known/ });
});

test("engine: Podman's own socket of the user comes before that of the system", async () => {
	const directory = join(work, 'run');
	mkdirSync(join(directory, 'podman'), { recursive: true });
	const engine = await startEngine(join(directory, 'podman/podman.sock'), new Map());
	const [first] = await podman.endpoints(createHost({ env: { XDG_RUNTIME_DIR: directory } }));
	await engine.close();
	assert.equal(first?.place, join(directory, 'podman/podman.sock'));
});
