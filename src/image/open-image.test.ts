import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../test/support/image-forms.ts';
import { descriptor, indexOf, type Stored, stored } from '../../test/support/registry.ts';
import { tar } from '../../test/support/tar.ts';
import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Image } from '../model/image.ts';
import { openImage } from './open-image.ts';
import { parsePlatform } from './platform.ts';
import type { Descriptor, ImageSource, OciImage, OpenOptions } from './source.ts';

const host = {} as Host;

/** A source of documents in memory; the opener is what is tested. */
function sourceOf(items: readonly Stored[], root: Stored, options: Partial<ImageSource> = {}): ImageSource & { closed: number } {
	const kept = new Map(items.map((item) => [item.digest, item.bytes]));
	const found: OciImage = {
		form: 'oci',
		roots: [{ mediaType: root.mediaType, digest: root.digest, size: root.size, annotations: new Map() }],
		document: async (d: Descriptor) => {
			const bytes = kept.get(d.digest);
			if (bytes === undefined) throw new FootingError('blob-missing', `cannot find ${d.digest}`);
			return bytes;
		},
		layer: async (d) => ({ kind: 'file', path: d.digest, offset: 0, length: d.size }),
		problems: [],
		close: async () => {
			source.closed += 1;
		},
	};
	const source = { name: 'memory', schemes: ['any'] as const, closed: 0, find: async () => found, ...options };
	return source;
}

const layer = tar([{ name: 'a', body: 'a' }]);

function imageFor(architecture: string, variant?: string): { readonly manifest: Stored; readonly items: readonly Stored[] } {
	const image = compose({ layers: [layer], config: { os: 'linux', architecture, variant } });
	return { manifest: image.manifest, items: [image.manifest, image.config, ...image.layers] };
}

const amd64 = imageFor('amd64');
const arm64 = imageFor('arm64');
const arm6 = imageFor('arm', 'v6');
const all = [...amd64.items, ...arm64.items, ...arm6.items];
const attestation = stored({ schemaVersion: 2, config: descriptor(amd64.manifest), layers: [] }, amd64.manifest.mediaType);

function listed(of: Stored, platform?: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
	const [os, architecture, variant] = platform?.split('/') ?? [];
	return descriptor(of, { ...(platform === undefined ? {} : { platform: { os, architecture, variant } }), ...more });
}

async function open(root: Stored, options: OpenOptions = {}, items: readonly Stored[] = all): Promise<Image> {
	return openImage(host, 'app', options, [sourceOf([root, ...items], root)]);
}

const both = indexOf(
	listed(amd64.manifest, 'linux/amd64'),
	listed(arm64.manifest, 'linux/arm64/v8'),
	listed(arm6.manifest, 'linux/arm/v6'),
	listed(attestation, 'unknown/unknown', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }),
);

for (const [wish, manifest] of [
	['linux/amd64', amd64.manifest],
	['linux/arm64', arm64.manifest],
	['linux/arm/v7', arm6.manifest],
] as const) {
	test(`open image: ${wish} is chosen from an index`, async () => {
		const image = await open(both, { platform: parsePlatform(wish) });
		assert.equal(image.digest, manifest.digest);
	});
}

test('open image: a platform that is not there is told with those that are', async () => {
	await assert.rejects(open(both, { platform: parsePlatform('linux/riscv64') }), {
		code: 'no-platform',
		message: 'cannot open app for linux/riscv64: there is linux/amd64, linux/arm/v6, linux/arm64/v8',
	});
});

test('open image: the only platform is taken when none is asked for, attestations apart', async () => {
	const index = indexOf(listed(arm64.manifest, 'linux/arm64'), listed(attestation, 'unknown/unknown'));
	assert.equal((await open(index)).platform.architecture, 'arm64');
});

test('open image: members that do not say their platform are looked into', async () => {
	const index = indexOf(listed(arm64.manifest), listed(amd64.manifest));
	assert.equal((await open(index, { platform: parsePlatform('linux/amd64') })).digest, amd64.manifest.digest);
});

test('open image: an index in an index', async () => {
	const outer = indexOf(descriptor(both));
	const image = await open(outer, { platform: parsePlatform('linux/arm64') }, [both, ...all]);
	assert.equal(image.digest, arm64.manifest.digest);
});

test('open image: indexes nested deeper than the limit', async () => {
	let index = both;
	const items: Stored[] = [both];
	for (let depth = 0; depth < 9; depth += 1) {
		index = indexOf(descriptor(index));
		items.push(index);
	}
	await assert.rejects(open(index, {}, [...items, ...all]), { code: 'limit', message: /nested deeper than 8/ });
});

test('open image: an index that lists nothing but attestations', async () => {
	await assert.rejects(open(indexOf(listed(attestation, 'unknown/unknown'))), { code: 'not-an-image' });
});

test('open image: an index of hundreds of indexes ends', async () => {
	const many = Array.from({ length: 300 }, (_, i) => indexOf(listed(stored({ i }, 'x'), 'linux/s390x')));
	await assert.rejects(open(indexOf(...many.map((m) => descriptor(m))), {}, many), { code: 'limit', message: /documents to choose from/ });
});

const artifact = stored(
	{
		schemaVersion: 2,
		artifactType: 'application/vnd.cncf.helm\u001b[31m',
		config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: amd64.manifest.digest, size: 2 },
		layers: [],
	},
	amd64.manifest.mediaType,
);

test('open image: an artifact is told as what it is, escaped', async () => {
	await assert.rejects(open(artifact), { code: 'not-an-image', message: /of the type application\/vnd\.cncf\.helm\\x1b\[31m$/ });
});

const changed: readonly (readonly [title: string, change: (manifest: Record<string, unknown>) => void, code: string])[] = [
	['a layer of an unknown type', (m) => alter(m, { mediaType: 'application/vnd.example.blob' }), 'unsupported'],
	['an encrypted layer', (m) => alter(m, { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' }), 'unsupported'],
	['fewer layers than the configuration has', (m) => Object.assign(m, { layers: [] }), 'bad-config'],
	['a configuration of another size', (m) => Object.assign(m['config'] as object, { size: 3 }), 'size-mismatch'],
];

function alter(manifest: Record<string, unknown>, change: Readonly<Record<string, unknown>>): void {
	Object.assign((manifest['layers'] as Record<string, unknown>[])[0] as object, change);
}

for (const [title, change, code] of changed) {
	test(`open image: refused with ${title}`, async () => {
		const image = compose({ layers: [layer], config: { os: 'linux', architecture: 'amd64' }, change });
		const source = sourceOf([image.manifest, image.config, ...image.layers], image.manifest);
		await assert.rejects(openImage(host, 'app', {}, [source]), { code });
		assert.equal(source.closed, 1, 'the source is closed when the image cannot be opened');
	});
}

for (const type of ['layer.nondistributable.v1.tar+gzip', 'layer.v1.tar+zstd']) {
	test(`open image: a ${type} is a layer, its urls are not read`, async () => {
		const change = (m: Record<string, unknown>): void =>
			alter(m, { mediaType: `application/vnd.oci.image.${type}`, urls: ['http://192.0.2.1/never'] });
		const image = compose({ layers: [layer], config: { os: 'linux', architecture: 'amd64' }, change });
		const opened = await open(image.manifest, {}, [image.config]);
		assert.deepEqual(opened.layers[0]?.body, { kind: 'file', path: image.layers[0]?.digest, offset: 0, length: layer.length });
	});
}

test('open image: bytes that are not what the digest promises', async () => {
	const other = { ...amd64.manifest, bytes: Buffer.from(amd64.manifest.bytes).reverse() };
	await assert.rejects(open(other, {}, amd64.items.slice(1)), { code: 'digest-mismatch' });
});

function refusing(
	name: string,
	code: 'engine-unavailable' | 'image-not-found' | 'no-platform' | 'unauthorized',
	asked: string[],
): ImageSource {
	return {
		name,
		schemes: ['any'],
		find: async () => {
			asked.push(name);
			throw new FootingError(code, `${name} says ${code}`);
		},
	};
}

test('open image: a bare name is tried in one place after the other', async () => {
	const asked: string[] = [];
	const last = sourceOf(amd64.items, amd64.manifest);
	const sources = [refusing('Docker', 'engine-unavailable', asked), refusing('Podman', 'image-not-found', asked), last];
	assert.equal((await openImage(host, 'app', {}, sources)).digest, amd64.manifest.digest);
	assert.deepEqual(asked, ['Docker', 'Podman']);
});

test('open image: when no place has it, each has its say', async () => {
	const sources = [refusing('Docker', 'engine-unavailable', []), refusing('registry', 'image-not-found', [])];
	await assert.rejects(openImage(host, 'app', {}, sources), {
		code: 'image-not-found',
		message: 'registry says image-not-found (before: Docker: Docker says engine-unavailable)',
	});
});

test('open image: what went wrong for good ends the search', async () => {
	const asked: string[] = [];
	const sources = [refusing('registry', 'unauthorized', asked), refusing('other', 'image-not-found', asked)];
	await assert.rejects(openImage(host, 'app', {}, sources), { code: 'unauthorized' });
	assert.deepEqual(asked, ['registry']);
});
