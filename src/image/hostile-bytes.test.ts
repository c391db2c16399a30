import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hostWithDisk } from '../../test/support/disk.ts';
import { archiveOf, compose, hybridFiles, layoutFiles, oldArchive } from '../../test/support/image-forms.ts';
import { sampleConfig, sampleLayers } from '../../test/support/sample-image.ts';
import { tar } from '../../test/support/tar.ts';
import { FootingError } from '../model/errors.ts';
import { readRootfs } from '../rootfs/read-rootfs.ts';
import { parseConfig } from './config.ts';
import { parseManifest } from './manifest.ts';
import { openImage } from './open-image.ts';
import { nameText, parseName, parseReference } from './reference.ts';

/** Whatever the bytes: a result or a FootingError that is not our own defect. */
async function settles(run: () => unknown): Promise<void> {
	try {
		await run();
	} catch (error) {
		assert.ok(error instanceof FootingError, String((error as Error)?.stack ?? error));
		assert.notEqual(error.code, 'internal', error.message);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: none may be in a message
		assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f-\u009f]/);
	}
}

const image = compose({ layers: sampleLayers, config: sampleConfig });
const runs = { numRuns: 300, seed: 20261125 };

/** Some bytes of a good input are other ones, or its end is missing. */
function damaged(good: Uint8Array): fc.Arbitrary<Uint8Array> {
	const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) });
	return fc.tuple(fc.array(change, { minLength: 1, maxLength: 8 }), fc.option(fc.nat(good.length))).map(([changes, end]) => {
		const bytes = Buffer.from(good);
		for (const { at, byte } of changes) bytes[at] = byte;
		return end === null ? bytes : bytes.subarray(0, end);
	});
}

const documents: readonly (readonly [name: string, parse: (bytes: Uint8Array) => unknown, good: Uint8Array])[] = [
	['manifest', (bytes) => parseManifest(bytes, '', 'the manifest'), image.manifest.bytes],
	['configuration', parseConfig, image.config.bytes],
];
for (const [name, parse, good] of documents) {
	test(`hostile bytes: a damaged ${name}`, () =>
		fc.assert(
			fc.asyncProperty(damaged(good), (bytes) => settles(() => parse(bytes))),
			runs,
		));
	test(`hostile bytes: any JSON as a ${name}`, () =>
		fc.assert(
			fc.asyncProperty(fc.json({ maxDepth: 4 }), (text) => settles(() => parse(Buffer.from(text)))),
			runs,
		));
}

/** A document of the right names with anything behind them. */
const anything = fc.jsonValue({ maxDepth: 2 });
const shaped = fc.dictionary(
	fc.constantFrom(
		'schemaVersion',
		'mediaType',
		'config',
		'layers',
		'manifests',
		'rootfs',
		'history',
		'os',
		'created',
		'User',
		'Env',
		'Labels',
	),
	anything,
);
for (const [name, parse] of documents) {
	test(`hostile bytes: a ${name} with anything in its fields`, () =>
		fc.assert(
			fc.asyncProperty(shaped, fc.boolean(), (fields, whole) => {
				const rootfs = whole ? { rootfs: { diff_ids: [] }, schemaVersion: 2, layers: [], config: fields } : {};
				return settles(() => parse(Buffer.from(JSON.stringify({ ...fields, ...rootfs }))));
			}),
			runs,
		));
}

const archives: readonly (readonly [name: string, good: Uint8Array])[] = [
	['docker archive', tar(oldArchive(image, ['app:1']))],
	['docker archive of newer engines', archiveOf(hybridFiles(image, ['app:1']))],
	['OCI archive', archiveOf(layoutFiles([{ image }]))],
];
for (const [name, good] of archives) {
	test(`hostile bytes: a damaged ${name}`, () =>
		fc.assert(
			fc.asyncProperty(damaged(good), (body) =>
				settles(async () => {
					const host = hostWithDisk({ '/image.tar': { body, mode: 0o644 } });
					await readRootfs(host, await openImage(host, 'docker-archive:/image.tar'), { prefixes: ['/'] });
				}),
			),
			runs,
		));
}

test('hostile bytes: any text as a reference', () =>
	fc.assert(
		fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => settles(() => parseReference(text))),
		runs,
	));

test('hostile bytes: a name that is accepted means itself when it is written in full', () => {
	const part = fc.stringMatching(/^[a-z0-9._/-]{1,12}$/);
	const name = fc
		.tuple(part, fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,6}$/)))
		.map(([path, tag]) => (tag === null ? path : `${path}:${tag}`));
	fc.assert(
		fc.property(name, (written) => {
			let full: string;
			try {
				full = nameText(parseName(written));
			} catch {
				return;
			}
			assert.equal(nameText(parseName(full)), full);
		}),
		{ ...runs, numRuns: 2000 },
	);
});
