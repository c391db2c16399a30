import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { createHost } from '../../src/host/create-host.ts';
import { openImage } from '../../src/image/open-image.ts';
import { imageSources } from '../../src/image/sources/index.ts';
import type { Host } from '../../src/model/host.ts';
import type { Image } from '../../src/model/image.ts';
import { readRootfs } from '../../src/rootfs/read-rootfs.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { archiveOf, compose, hybridFiles, layoutFiles, oldArchive, writeFiles } from '../support/image-forms.ts';
import { type StoredImage, startRegistry, type TestRegistry } from '../support/registry.ts';
import { sampleConfig, sampleLayers, sampleTree, treeLines, unpackSample } from '../support/sample-image.ts';
import { tar } from '../support/tar.ts';

const work = mkdtempSync(join(tmpdir(), 'image-source-'));
const temporary = join(work, 'tmp');
const name = 'sample/app:v1';

const packed = compose({ layers: sampleLayers, config: sampleConfig, pack: (l) => zlib.gzipSync(l), layerType: layerType('tar+gzip') });
const zstd = compose({
	layers: sampleLayers,
	config: sampleConfig,
	pack: (l) => zlib.zstdCompressSync(l),
	layerType: layerType('tar+zstd'),
});
const plain = compose({ layers: sampleLayers, config: sampleConfig });
/** The configuration promises another content of the middle layer than there is. */
const lying = compose({
	layers: sampleLayers,
	config: sampleConfig,
	diffIds: [0, 2, 2].map((i) => compose({ layers: [sampleLayers[i] as Buffer], config: {} }).layers[0]?.digest as string),
});

function layerType(end: string): string {
	return `application/vnd.oci.image.layer.v1.${end}`;
}

/** One way to keep an image, and the reference by which it is opened. */
interface Form {
	readonly title: string;
	/** Name of the source in the list that opens it. */
	readonly source: string;
	/** Keeps the image; returns the reference. */
	put(image: StoredImage, id: string): Promise<string> | string;
	/** The image as this form keeps it: compressed where it can be. */
	readonly image: StoredImage;
	/** Whether the form has a manifest, whose digest is the image's; else it is that of the configuration. */
	readonly manifest: boolean;
	readonly environment?: () => Readonly<Record<string, string>>;
}

let registry: TestRegistry;
const saved = new Map<string, Uint8Array>();
const engines: TestEngine[] = [];

function file(id: string, bytes: Uint8Array): string {
	const path = join(work, id);
	writeFileSync(path, bytes);
	return path;
}

function engineForm(title: string, variable: string, write: (image: StoredImage, tags: readonly string[]) => Uint8Array): Form {
	const [kind = ''] = title.split(',');
	return {
		title,
		source: kind,
		image: plain,
		manifest: title.includes('new'),
		put: (image, id) => {
			saved.set(`${id}:v1`, write(image, [`${id}:v1`]));
			return `${kind.toLowerCase()}:${id}:v1`;
		},
		environment: () => ({ [variable]: `unix://${engines[0]?.socketPath}` }),
	};
}

const forms: readonly Form[] = [
	{
		title: 'OCI layout',
		source: 'OCI layout',
		image: packed,
		manifest: true,
		put: (image, id) => {
			writeFiles(join(work, id), layoutFiles([{ image, name: 'v1' }]));
			return `oci-layout:${join(work, id)}:v1`;
		},
	},
	{
		title: 'OCI layout, zstd',
		source: 'OCI layout',
		image: zstd,
		manifest: true,
		put: (image, id) => {
			writeFiles(join(work, id), layoutFiles([{ image }]));
			return `oci:${join(work, id)}`;
		},
	},
	{
		title: 'OCI archive',
		source: 'OCI archive',
		image: packed,
		manifest: true,
		put: (image, id) => `oci-archive:${file(id, archiveOf(layoutFiles([{ image, name }])))}:${name}`,
	},
	{
		title: 'OCI archive, gzip',
		source: 'OCI archive',
		image: plain,
		manifest: true,
		put: (image, id) => `oci-archive:${file(id, zlib.gzipSync(archiveOf(layoutFiles([{ image }]))))}`,
	},
	{
		title: 'docker archive, old layout',
		source: 'docker archive',
		image: plain,
		manifest: false,
		put: (image, id) => `docker-archive:${file(id, tar(oldArchive(image, [name])))}`,
	},
	{
		title: 'docker archive, old layout, gzip',
		source: 'docker archive',
		image: plain,
		manifest: false,
		put: (image, id) => `docker-archive:${file(id, zlib.gzipSync(tar(oldArchive(image, [name]))))}:${name}`,
	},
	{
		title: 'docker archive, new layout',
		source: 'docker archive',
		image: plain,
		manifest: true,
		put: (image, id) => `docker-archive:${file(id, archiveOf(hybridFiles(image, [`docker.io/${name}`, 'other:v2'])))}:${name}`,
	},
	{
		title: 'registry',
		source: 'registry',
		image: packed,
		manifest: true,
		put: (image) => {
			registry.put(image.manifest.digest.slice(7, 20), image);
			return `registry:${registry.host}/sample/app:${image.manifest.digest.slice(7, 20)}`;
		},
	},
	engineForm('Docker, old', 'DOCKER_HOST', (image, tags) => tar(oldArchive(image, tags))),
	engineForm('Docker, new', 'DOCKER_HOST', (image, tags) => archiveOf(hybridFiles(image, tags))),
	engineForm('Podman', 'CONTAINER_HOST', (image, tags) => tar(oldArchive(image, tags))),
];

function hostFor(form: Form): Host {
	return createHost({ env: { HOME: work, ...form.environment?.() } });
}

const before_ = { TMPDIR: process.env['TMPDIR'] };
before(async () => {
	mkdirSync(temporary);
	process.env['TMPDIR'] = temporary;
	registry = await startRegistry();
	engines.push(await startEngine(join(work, 'engine.sock'), saved));
});
after(async () => {
	await registry.close();
	for (const engine of engines) await engine.close();
	if (before_.TMPDIR === undefined) delete process.env['TMPDIR'];
	else process.env['TMPDIR'] = before_.TMPDIR;
	rmSync(work, { recursive: true });
});

/** What every form has to say of the sample. */
function facts(image: Image): unknown {
	const { platform, config, layers, problems } = image;
	const layerFacts = layers.map(({ diffId, createdBy }) => ({ diffId, createdBy }));
	return { platform, config: { ...config, labels: [...config.labels] }, layers: layerFacts, problems };
}

const expectedFacts = {
	platform: { os: 'linux', architecture: 'amd64' },
	config: {
		user: '1000:1000',
		entrypoint: ['/usr/bin/tool'],
		command: ['--serve'],
		env: [
			{ name: 'PATH', value: '/usr/bin' },
			{ name: 'EMPTY', value: '' },
		],
		workingDir: '/app',
		exposedPorts: ['8080/tcp'],
		volumes: [],
		labels: [
			['__proto__', 'none'],
			['maintainer', 'somebody'],
		],
		healthcheck: { test: ['CMD', '/usr/bin/tool', '--ping'] },
		created: '2026-01-02T03:04:05Z',
	},
	layers: ['ADD base', 'RUN clean', 'COPY app'].map((createdBy, i) => ({ diffId: plain.layers[i]?.digest, createdBy })),
	problems: [],
};

let count = 0;
for (const form of forms) {
	describe(`image source: ${form.title}`, () => {
		const id = `form-${++count}`;

		test('the same facts and the same merged tree', async () => {
			const host = hostFor(form);
			const reference = await form.put(form.image, id);
			const image = await openImage(host, reference);
			assert.deepEqual(facts(image), expectedFacts);
			assert.equal(image.reference, reference);
			assert.equal(image.configDigest, form.image.config.digest);
			assert.equal(image.digest, form.manifest ? form.image.manifest.digest : form.image.config.digest);
			const rootfs = await readRootfs(host, image, {});
			assert.deepEqual(await treeLines(rootfs), sampleTree);
			assert.deepEqual(rootfs.problems, []);
			await image.close();
			await image.close();
			assert.deepEqual(filesIn(temporary), []);
		});

		test('content that the configuration does not promise is refused', async () => {
			const host = hostFor(form);
			const image = await openImage(host, await form.put(lying, `${id}-lying`));
			await assert.rejects(readRootfs(host, image, {}), { code: 'digest-mismatch', message: /layer 2 of 3/ });
			await image.close();
			assert.deepEqual(filesIn(temporary), []);
		});

		test('another platform than there is', async () => {
			const host = hostFor(form);
			const reference = await form.put(form.image, `${id}-platform`);
			const options = { platform: { os: 'linux', architecture: 's390x' } };
			await assert.rejects(openImage(host, reference, options), { code: 'no-platform', message: /linux\/s390x.*linux\/amd64/ });
			assert.deepEqual(filesIn(temporary), []);
		});

		test('an image that is not there', async () => {
			const host = hostFor(form);
			const reference = (await form.put(form.image, `${id}-missing`)).replace(/missing(:v1)?(:.*)?$|(?<=app:)[0-9a-f]+$/, 'nowhere');
			await assert.rejects(openImage(host, reference), (error: { readonly code: string }) =>
				['image-not-found', 'not-found'].includes(error.code),
			);
		});
	});
}

/** Files in the directories that hold temporary files; the directories stay until the process ends. */
function filesIn(directory: string): readonly string[] {
	return readdirSync(directory).flatMap((name) => readdirSync(join(directory, name)));
}

describe('image source: rootfs directory', () => {
	// no layers, no configuration: only the tree can be the same, and it belongs to whoever unpacked it
	test('the same merged tree', async () => {
		const directory = join(work, 'unpacked');
		mkdirSync(directory);
		unpackSample(directory);
		const host = createHost({ env: {} });
		const image = await openImage(host, `rootfs:${directory}/`);
		assert.deepEqual([image.digest, image.layers.length, image.config.entrypoint], [undefined, 1, []]);
		assert.deepEqual(await treeLines(await readRootfs(host, image, {})), sampleTree);
		await image.close();
	});

	test('a directory that is not there', async () => {
		await assert.rejects(openImage(createHost({ env: {} }), `rootfs:${join(work, 'nowhere')}`), { code: 'not-found' });
	});
});

test('image source: every source of the list runs this suite', () => {
	const covered = new Set([...forms.map((form) => form.source), 'root directory']);
	assert.deepEqual(
		imageSources.map((source) => source.name).filter((source) => !covered.has(source)),
		[],
	);
});
