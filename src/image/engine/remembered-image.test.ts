import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startEngine } from '../../../test/support/engine.ts';
import { blobPath, compose, layoutFiles, oldArchive } from '../../../test/support/image-forms.ts';
import { type Member, tar } from '../../../test/support/tar.ts';
import { createHost } from '../../host/create-host.ts';
import type { Image } from '../../model/image.ts';
import { openImage } from '../open-image.ts';

const work = mkdtempSync(join(tmpdir(), 'remembered-'));
after(() => rmSync(work, { recursive: true }));
mkdirSync(join(work, 'tmp'));
process.env['TMPDIR'] = join(work, 'tmp');

const layer = tar([{ name: 'a', body: 'a'.repeat(300_000) }]);
const image = compose({ layers: [layer], config: { os: 'linux', architecture: 'amd64', config: { User: 'one' } } });
const other = compose({ layers: [layer], config: { os: 'linux', architecture: 'amd64', config: { User: 'two' } } });

/** What newer engines save: an OCI layout with a `manifest.json` beside it. */
function newArchive(): Uint8Array {
	const files = layoutFiles([{ image, name: '1' }]);
	const names = { Config: blobPath(image.config), RepoTags: ['app:1'], Layers: image.layers.map(blobPath) };
	files.set('manifest.json', Buffer.from(JSON.stringify([names])));
	return tar([...files].map(([name, body]): Member => ({ name, body })));
}

const kept = new Map<string, Uint8Array>();
const cache = { get: async (key: string) => kept.get(key), put: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes) };
let sockets = 0;

/** Opens the image as a run of its own would; the engine's requests are counted by what they ask for. */
async function visit(
	archive: Uint8Array,
	id: string,
	look: (image: Image) => Promise<void>,
	options: { readonly api?: string; readonly build?: string } = {},
): Promise<readonly string[]> {
	const { api = '1.43', build = 'one' } = options;
	const facts = { Id: id, RootFS: { Layers: [image.layers[0]?.digest] } };
	const engine = await startEngine(join(work, `${++sockets}.sock`), new Map([['app:1', archive]]), { facts, api });
	try {
		const host = { ...createHost({ env: { HOME: work, DOCKER_HOST: `unix://${engine.socketPath}` } }), cache, build };
		const opened = await openImage(host, 'docker:app:1');
		try {
			await look(opened);
		} finally {
			await opened.close();
		}
		return engine.asked.map((path) => path.slice(path.lastIndexOf('/') + 1));
	} finally {
		await engine.close();
	}
}

async function bytesOf({ layers: [first] }: Image): Promise<Buffer> {
	assert.ok(first?.body.kind === 'stream');
	const chunks: Uint8Array[] = [];
	for await (const chunk of first.body.open()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const nothing = async (): Promise<void> => {};

for (const [title, archive] of [
	['an old archive', tar(oldArchive(image, ['app:1']))],
	['an archive with a layout in it', newArchive()],
] as const) {
	test(`remembered: ${title} is saved once; the documents are the same, and a layer comes when it is asked for`, async () => {
		kept.clear();
		const seen: string[] = [];
		const note = async ({ layers, config, digest, platform }: Image): Promise<void> => {
			seen.push(JSON.stringify({ config, digest, platform, layers: layers.map(({ body: _, ...facts }) => facts) }));
		};
		assert.deepEqual(await visit(archive, id('1'), note), ['json', 'get']);
		assert.deepEqual(await visit(archive, id('1'), note), ['json']);
		assert.equal(seen[0], seen[1]);
		const asked = await visit(archive, id('1'), async (opened) => {
			assert.ok((await bytesOf(opened)).equals(layer));
			assert.ok((await bytesOf(opened)).equals(layer));
		});
		assert.deepEqual(asked, ['json', 'get']);
		assert.deepEqual(
			readdirSync(join(work, 'tmp')).flatMap((name) => readdirSync(join(work, 'tmp', name))),
			[],
		);
	});
}

test('remembered: another image of that name, another engine and another build are saved again', async () => {
	kept.clear();
	const archive = tar(oldArchive(image, ['app:1']));
	const users: string[] = [];
	const note = async ({ config }: Image): Promise<void> => void users.push(config.user);
	await visit(archive, id('1'), note);
	assert.deepEqual(await visit(tar(oldArchive(other, ['app:1'])), id('2'), note), ['json', 'get']);
	assert.deepEqual(users, ['one', 'two']);
	assert.deepEqual(await visit(archive, id('1'), nothing, { api: '1.44' }), ['json', 'get']);
	assert.deepEqual(await visit(archive, id('1'), nothing, { build: 'two' }), ['json', 'get']);
});

test('remembered: an image that has no digest for a name is saved each time', async () => {
	kept.clear();
	const archive = tar(oldArchive(image, ['app:1']));
	for (let i = 0; i < 2; i += 1) assert.deepEqual(await visit(archive, 'sha256:0', nothing), ['json', 'get']);
	assert.equal(kept.size, 0);
});
