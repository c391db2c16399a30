import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pullingHost } from '../../../test/support/pulling-host.ts';
import {
	descriptor,
	first,
	imageOf,
	indexOf,
	on,
	type Rule,
	refuse,
	type StoredImage,
	startRegistry,
	stored,
	type TestRegistry,
} from '../../../test/support/registry.ts';
import { FootingError } from '../../model/errors.ts';
import type { Image } from '../../model/image.ts';
import { openImage } from '../open-image.ts';
import type { OpenOptions } from '../source.ts';
import { registry as source } from './registry.ts';

const started: TestRegistry[] = [];
after(() => Promise.all(started.map((registry) => registry.close())));

async function start(...rules: Rule[]): Promise<TestRegistry> {
	const registry = await startRegistry(...rules);
	started.push(registry);
	return registry;
}

function keep(registry: TestRegistry, image: StoredImage): void {
	for (const item of [image.manifest, image.config, ...image.layers]) registry.keep(item);
}

const open = (reference: string, options: OpenOptions = {}): Promise<Image> =>
	openImage(pullingHost(), reference, { timeoutMs: 10_000, ...options }, [source]);

async function refused(reference: string, options: OpenOptions = {}): Promise<FootingError> {
	const error = await open(reference, options).then(
		() => undefined,
		(failure: unknown) => failure,
	);
	assert.ok(error instanceof FootingError, String(error));
	return error;
}

async function textOf(image: Image): Promise<string> {
	let text = '';
	for (const { body } of image.layers) {
		assert.ok(body.kind === 'stream');
		for await (const chunk of body.open()) text += Buffer.from(chunk).toString();
	}
	await image.close();
	return text;
}

const amd64 = imageOf([Buffer.from('for amd64')]);
const arm64 = imageOf([Buffer.from('for arm64')], { architecture: 'arm64' });
const attestation = imageOf([Buffer.from('in-toto')], { architecture: 'unknown' });
const linux = (architecture: string): { readonly platform: unknown } => ({ platform: { os: 'linux', architecture } });
const unknown = {
	platform: { os: 'unknown', architecture: 'unknown' },
	annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
};

async function manyPlatforms(): Promise<TestRegistry> {
	const registry = await start();
	for (const image of [amd64, arm64, attestation]) keep(registry, image);
	const index = indexOf(
		descriptor(attestation.manifest, unknown),
		descriptor(arm64.manifest, linux('arm64')),
		descriptor(amd64.manifest, linux('amd64')),
	);
	registry.keep(index, 'many');
	registry.keep(
		indexOf(descriptor(indexOf(descriptor(amd64.manifest, linux('amd64')))), descriptor(arm64.manifest, linux('arm64'))),
		'nested',
	);
	registry.keep(indexOf(descriptor(amd64.manifest, linux('amd64'))));
	return registry;
}

for (const architecture of ['amd64', 'arm64'])
	test(`registry: the manifest for ${architecture} is chosen, attestations are passed over`, async () => {
		const registry = await manyPlatforms();
		for (const tag of ['many', 'nested']) {
			const image = await open(`registry:${registry.host}/app:${tag}`, { platform: { os: 'linux', architecture } });
			assert.equal(await textOf(image), `for ${architecture}`);
			assert.equal(image.digest, (architecture === 'amd64' ? amd64 : arm64).manifest.digest);
		}
		assert.ok(!registry.seen.some((request) => request.path.includes(attestation.manifest.digest)));
	});

test('registry: a platform that is not there, with those that are', async () => {
	const registry = await manyPlatforms();
	const error = await refused(`registry:${registry.host}/app:many`, { platform: { os: 'linux', architecture: 'riscv64' } });
	assert.equal(error.code, 'no-platform');
	assert.match(error.message, /linux\/amd64, linux\/arm64/);
});

test('registry: by digest, the bytes are held to it', async () => {
	const registry = await start();
	keep(registry, amd64);
	const image = await open(`${registry.host}/app:ignored@${amd64.manifest.digest}`);
	assert.equal(await textOf(image), 'for amd64');
	registry.rules = [on(/manifests/, (_request, response) => Boolean(response.end(arm64.manifest.bytes)))];
	const error = await refused(`${registry.host}/app@${amd64.manifest.digest}`);
	assert.equal(error.code, 'digest-mismatch');
});

test('registry: a manifest of an index with other bytes', async () => {
	const registry = await manyPlatforms();
	registry.rules = [on(new RegExp(amd64.manifest.digest), (_request, response) => Boolean(response.end(arm64.manifest.bytes)))];
	const error = await refused(`${registry.host}/app:many`, { platform: { os: 'linux', architecture: 'amd64' } });
	assert.equal(error.code, 'digest-mismatch');
});

test('registry: an index whose manifests have no media type', async () => {
	const registry = await start();
	keep(registry, amd64);
	registry.keep(indexOf({ ...descriptor(amd64.manifest), mediaType: undefined }), 'untyped');
	assert.equal(await textOf(await open(`${registry.host}/app:untyped`)), 'for amd64');
});

test('registry: urls of a descriptor are not followed', async () => {
	const elsewhere = await start();
	const image = imageOf([Buffer.from('here')], {
		change: (manifest) => {
			manifest.layers = (manifest.layers as object[]).map((layer) => ({ ...layer, urls: [`${elsewhere.origin}/v2/app/blobs/x`] }));
		},
	});
	const registry = await start();
	registry.put('1', image);
	assert.equal(await textOf(await open(`${registry.host}/app:1`)), 'here');
	assert.deepEqual(elsewhere.seen, []);
});

test('registry: schema 1 is refused with its name', async () => {
	const registry = await start();
	registry.keep(
		stored({ schemaVersion: 1, name: 'app', tag: '1', fsLayers: [] }, 'application/vnd.docker.distribution.manifest.v1+prettyjws'),
		'1',
	);
	const error = await refused(`${registry.host}/app:1`);
	assert.equal(error.code, 'unsupported');
	assert.match(error.message, /schema 1/);
});

test('registry: a content type that the content contradicts', async () => {
	const registry = await start();
	registry.put('1', amd64);
	registry.keep({ ...amd64.manifest, mediaType: 'application/vnd.oci.image.index.v1+json' }, '1');
	assert.equal((await refused(`${registry.host}/app:1`)).code, 'bad-manifest');
});

test('mirror: it is asked first, under the name that the image has there', async () => {
	const mirror = await start();
	mirror.put('20', amd64);
	const image = await open('node:20', { mirrors: [{ from: 'docker.io', to: `${mirror.origin}/hub` }], offline: true });
	assert.equal(await textOf(image), 'for amd64');
	assert.equal(image.reference, 'node:20');
	assert.equal(mirror.seen[0]?.path, '/v2/hub/library/node/manifests/20');
});

const brokenMirrors: readonly [title: string, rule: Rule][] = [
	[
		'does not have it',
		(_request, response) => {
			refuse(response, 404, 'NAME_UNKNOWN', '');
			return true;
		},
	],
	[
		'is out of order',
		(_request, response) => {
			response.writeHead(500).end();
			return true;
		},
	],
	[
		'wants a login',
		(_request, response) => {
			refuse(response.setHeader('www-authenticate', 'Basic realm="m"'), 401, 'UNAUTHORIZED', '');
			return true;
		},
	],
	[
		'does not answer',
		(_request, response) => {
			response.socket?.destroy();
			return true;
		},
	],
];

for (const [title, rule] of brokenMirrors)
	test(`mirror: one that ${title} is passed over`, async () => {
		const mirror = await start(rule);
		const origin = await start();
		origin.put('1', amd64);
		const image = await open(`${origin.host}/app:1`, { mirrors: [{ from: origin.host, to: mirror.origin }] });
		assert.equal(await textOf(image), 'for amd64');
		assert.ok(mirror.seen.length > 0);
	});

test('mirror: one that is switched off is passed over at once', async () => {
	const origin = await start();
	origin.put('1', amd64);
	const gone = await startRegistry();
	await gone.close();
	const host = pullingHost();
	const image = await openImage(host, `${origin.host}/app:1`, { mirrors: [{ from: origin.host, to: gone.origin }] }, [source]);
	assert.equal(await textOf(image), 'for amd64');
	assert.deepEqual(host.slept, []);
});

test('mirror: a layer that it lacks, or breaks off, comes from the registry', async () => {
	const layer = Buffer.alloc(200_000, 'x');
	const image = imageOf([layer]);
	const origin = await start();
	origin.put('1', image);
	for (const answer of ['lacks', 'breaks']) {
		const mirror = await start(
			on(/blobs/, (request, response) => {
				if (!request.path.includes(image.layers[0]?.digest ?? '?')) return false;
				if (answer === 'lacks' || request.headers.range !== undefined) refuse(response, 404, 'BLOB_UNKNOWN', '');
				else response.writeHead(200, { 'content-length': layer.length }).write(layer.subarray(0, 50_000), () => response.socket?.destroy());
				return true;
			}),
		);
		mirror.put('1', image);
		assert.equal(
			await textOf(await open(`${origin.host}/app:1`, { mirrors: [{ from: origin.host, to: mirror.origin }] })),
			layer.toString(),
		);
		const [asked] = origin.seen.slice(-1);
		assert.equal(asked?.headers.range, answer === 'lacks' ? undefined : 'bytes=50000-');
	}
});

test('mirror: wrong bytes are an error, not a reason to ask elsewhere', async () => {
	const mirror = await start(on(/manifests/, (_request, response) => Boolean(response.end(arm64.manifest.bytes))));
	const origin = await start();
	keep(origin, amd64);
	const error = await refused(`${origin.host}/app@${amd64.manifest.digest}`, { mirrors: [{ from: origin.host, to: mirror.origin }] });
	assert.equal(error.code, 'digest-mismatch');
	assert.deepEqual(origin.seen, []);
});

test('mirror: when nobody has it, all are named', async () => {
	const [mirror, origin] = [await start(), await start()];
	const error = await refused(`${origin.host}/app:1`, { mirrors: [{ from: origin.host, to: mirror.origin }] });
	assert.equal(error.code, 'image-not-found');
	assert.match(error.message, new RegExp(`from ${origin.host}: it is not there.*before: .*from ${mirror.host}: it is not there`));
});

test('offline: only this machine is asked, whatever the redirects', async () => {
	const error = await refused('quay.io/team/app:1', { offline: true });
	assert.equal(error.code, 'network');
	assert.match(error.message, /^cannot read quay\.io\/team\/app:1 from its registry: --offline asks this machine only$/);
	const mirror = await start();
	const nobody = await refused('quay.io/team/app:1', { offline: true, mirrors: [{ from: 'quay.io', to: mirror.origin }] });
	assert.equal(nobody.code, 'image-not-found');
	assert.doesNotMatch(nobody.message, /before/);
	mirror.rules = [first(1, /manifests/, (_request, response) => response.writeHead(307, { location: 'https://storage.test/' }).end())];
	const away = await refused('quay.io/team/app:1', { offline: true, mirrors: [{ from: 'quay.io', to: mirror.origin }] });
	assert.match(away.message, /redirects to storage\.test, and --offline asks this machine only$/);
});

test('close ends what is under way, also a wait', async () => {
	const layer = Buffer.alloc(100_000, 'x');
	const registry = await start(
		on(/blobs/, (request, response) => {
			if (request.path.endsWith(stalling.config.digest)) return false;
			response.writeHead(200, { 'content-length': layer.length }).write(layer.subarray(0, 10));
			return true;
		}),
	);
	const stalling = imageOf([layer]);
	registry.put('1', stalling);
	const image = await open(`${registry.host}/app:1`, { timeoutMs: 60_000 });
	const [{ body }] = image.layers as [Image['layers'][number]];
	assert.ok(body.kind === 'stream');
	const chunks = body.open()[Symbol.asyncIterator]();
	assert.equal((await chunks.next()).value.length, 10);
	const pending = chunks.next();
	await image.close();
	await assert.rejects(pending, /it was closed/);
	await assert.rejects(async () => {
		for await (const _ of body.open()) assert.fail('nothing may be read');
	}, /it was closed/);
});
