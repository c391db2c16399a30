import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from './manifest.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const dockerType = 'application/vnd.docker.distribution.manifest.v2+json';
const digest = `sha256:${'a'.repeat(64)}`;
const one = { mediaType: 'x', digest, size: 1 };
const manifest = { schemaVersion: 2, config: one, layers: [one] };
const index = { schemaVersion: 2, manifests: [one] };

function read(document: unknown, declared = ''): ReturnType<typeof parseManifest> {
	return parseManifest(Buffer.from(JSON.stringify(document)), declared, 'the manifest');
}

const accepted: readonly (readonly [title: string, document: unknown, declared: string, type: string])[] = [
	['a manifest that does not say what it is', manifest, '', 'manifest'],
	['an index that does not say what it is', index, indexType, 'index'],
	['a manifest of Docker', { ...manifest, mediaType: dockerType }, dockerType, 'manifest'],
	['a declared type that says nothing', manifest, 'application/json', 'manifest'],
	['no layers at all', { schemaVersion: 2, config: one, layers: null }, '', 'manifest'],
];

for (const [title, document, declared, type] of accepted) {
	test(`manifest: ${title}`, () => {
		assert.equal(read(document, declared).type, type);
	});
}

const refused: readonly (readonly [title: string, document: unknown, declared: string, code: string, words: RegExp])[] = [
	['manifest and index at once', { ...manifest, ...index }, '', 'bad-manifest', /at once/],
	['neither', { schemaVersion: 2 }, '', 'bad-manifest', /neither/],
	['an index that calls itself a manifest', { ...index, mediaType: manifestType }, '', 'bad-manifest', /its content is an index/],
	['a manifest declared as an index', manifest, indexType, 'bad-manifest', /its content is a manifest/],
	['two names for its type', { ...manifest, mediaType: dockerType }, manifestType, 'bad-manifest', /declared as/],
	['an odd spelling', { ...manifest, Layers: [] }, '', 'bad-manifest', /"Layers"/],
	['schema 1', { schemaVersion: 1, fsLayers: [] }, '', 'unsupported', /schema 1/],
	['no version', { config: one, layers: [] }, '', 'bad-manifest', /schemaVersion/],
	[
		'a digest that is a path',
		{ ...manifest, layers: [{ ...one, digest: 'sha256:../../../etc/passwd' }] },
		'',
		'bad-digest',
		/not a digest/,
	],
	['a digest cut short', { ...manifest, layers: [{ ...one, digest: 'sha256:abcd' }] }, '', 'bad-digest', /not a digest/],
	['an unknown algorithm', { ...manifest, config: { ...one, digest: `blake3:${'a'.repeat(64)}` } }, '', 'unsupported', /algorithm/],
	['a negative size', { ...manifest, layers: [{ ...one, size: -1 }] }, '', 'bad-manifest', /whole number/],
	['a size above 2^53', { ...manifest, layers: [{ ...one, size: 2 ** 53 }] }, '', 'bad-manifest', /whole number/],
	['a size in text', { ...manifest, layers: [{ ...one, size: '1' }] }, '', 'bad-manifest', /whole number/],
	['layers that are an object', { ...manifest, layers: {} }, '', 'bad-manifest', /not a list/],
	['a descriptor that is a text', { ...manifest, layers: [digest] }, '', 'bad-manifest', /a descriptor is a text/],
	['no configuration', { schemaVersion: 2, layers: [] }, '', 'bad-manifest', /a descriptor is nothing/],
	['1,001 layers', { ...manifest, layers: new Array(1001).fill(one) }, '', 'limit', /limit of 1000/],
];

for (const [title, document, declared, code, message] of refused) {
	test(`manifest: refused with ${title}`, () => {
		assert.throws(() => read(document, declared), { code, message });
	});
}
