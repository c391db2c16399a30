import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import zlib from 'node:zlib';
import { archiveOf, blobPath, compose, hybridFiles, layoutFiles, oldArchive, writeFiles } from '../../../test/support/image-forms.ts';
import { type Member, tar } from '../../../test/support/tar.ts';
import { createHost } from '../../host/create-host.ts';
import { openImage } from '../open-image.ts';
import { parsePlatform } from '../platform.ts';

const work = mkdtempSync(join(tmpdir(), 'bundles-'));
after(() => rmSync(work, { recursive: true }));
process.env['TMPDIR'] = join(work, 'tmp');
mkdirSync(join(work, 'tmp'));
const host = createHost({ env: {} });

const config = { os: 'linux', architecture: 'amd64' };
const one = compose({ layers: [tar([{ name: 'a', body: '1' }])], config });
const two = compose({ layers: [tar([{ name: 'a', body: '2' }])], config });
const arm = compose({ layers: [tar([{ name: 'a', body: '3' }])], config: { os: 'linux', architecture: 'arm64' } });
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

let count = 0;
function kept(bytes: Uint8Array): string {
	const path = join(work, `archive-${++count}.tar`);
	writeFileSync(path, bytes);
	return path;
}
function layout(files: ReadonlyMap<string, Uint8Array>): string {
	const path = join(work, `layout-${++count}`);
	mkdirSync(path);
	writeFiles(path, files);
	return path;
}

async function idOf(reference: string, platform?: string): Promise<string> {
	const image = await openImage(host, reference, platform === undefined ? {} : { platform: parsePlatform(platform) });
	await image.close();
	return image.configDigest ?? '';
}

function refused(title: string, reference: () => string, code: string, message: RegExp): void {
	test(`${title} is refused: ${code}`, async () => {
		await assert.rejects(idOf(reference()), { code, message });
		const left = readdirSync(join(work, 'tmp')).flatMap((name) => readdirSync(join(work, 'tmp', name)));
		assert.deepEqual(left, [], 'temporary files are removed');
	});
}

function given(files: Map<string, Uint8Array>, changes: Readonly<Record<string, Uint8Array | undefined>>): Map<string, Uint8Array> {
	for (const [name, body] of Object.entries(changes)) {
		if (body === undefined) files.delete(name);
		else files.set(name, body);
	}
	return files;
}

const named = layoutFiles([
	{ image: one, name: 'a' },
	{ image: two, name: 'docker.io/library/app:2' },
]);

test('oci layout: an image by its name, its full name, its digest', async () => {
	const path = layout(named);
	assert.equal(await idOf(`oci-layout:${path}:a`), one.config.digest);
	assert.equal(await idOf(`oci-layout:${path}:app:2`), two.config.digest);
	assert.equal(await idOf(`oci-layout:${path}@${two.manifest.digest}`), two.config.digest);
});

test('oci layout: a path with a colon in it', async () => {
	const path = `${layout(named)}:x`;
	mkdirSync(path);
	writeFiles(path, layoutFiles([{ image: two }]));
	assert.equal(await idOf(`oci:${path}`), two.config.digest);
	assert.equal(await idOf(`oci:${path.slice(0, -2)}:a`), one.config.digest);
});

test('oci layout: one image for each platform is one image', async () => {
	const files = layoutFiles([
		{ image: one, name: 'v1', more: { platform: { os: 'linux', architecture: 'amd64' } } },
		{ image: arm, name: 'v1', more: { platform: { os: 'linux', architecture: 'arm64' } } },
	]);
	const path = layout(files);
	assert.equal(await idOf(`oci:${path}`, 'linux/arm64'), arm.config.digest);
	assert.equal(await idOf(`oci:${path}:v1`, 'linux/amd64'), one.config.digest);
});

test('oci layout: a blob behind a link has to have the right digest like any other', async () => {
	const path = layout(layoutFiles([{ image: one }]));
	const blob = join(path, blobPath(one.config));
	rmSync(blob);
	symlinkSync(kept(one.config.bytes), blob);
	assert.equal(await idOf(`oci:${path}`), one.config.digest);
	rmSync(blob);
	symlinkSync('/etc/hostname', blob);
	await assert.rejects(idOf(`oci:${path}`), { code: /-mismatch$/ });
});

const layouts: readonly (readonly [title: string, files: () => Map<string, Uint8Array>, code: string, message: RegExp])[] = [
	['without oci-layout', () => given(layoutFiles([{ image: one }]), { 'oci-layout': undefined }), 'bad-layout', /no file oci-layout/],
	[
		'of another version',
		() => given(layoutFiles([{ image: one }]), { 'oci-layout': json({ imageLayoutVersion: '2.0.0' }) }),
		'bad-layout',
		/version/,
	],
	['without index.json', () => given(layoutFiles([{ image: one }]), { 'index.json': undefined }), 'bad-layout', /no file index.json/],
	[
		'with a manifest as index.json',
		() => given(layoutFiles([{ image: one }]), { 'index.json': one.manifest.bytes }),
		'bad-layout',
		/not an index/,
	],
	['that lists nothing', () => layoutFiles([]), 'image-not-found', /lists no image/],
	['with several names and none asked for', () => named, 'ambiguous-reference', /several images: a, docker.io\/library\/app:2$/],
	['with several images of no name', () => layoutFiles([{ image: one }, { image: two }]), 'ambiguous-reference', /sha256:/],
	[
		'without a layer',
		() => given(layoutFiles([{ image: one }]), { [blobPath(one.layers[0]!)]: undefined }),
		'blob-missing',
		/does not hold sha256:/,
	],
	[
		'with a longer layer',
		() => given(layoutFiles([{ image: one }]), { [blobPath(one.layers[0]!)]: Buffer.alloc(9999) }),
		'size-mismatch',
		/9999 bytes/,
	],
	[
		'with another configuration',
		() => given(layoutFiles([{ image: one }]), { [blobPath(one.config)]: Buffer.alloc(one.config.size) }),
		'digest-mismatch',
		/configuration/,
	],
	[
		'with an index.json of 5 MiB',
		() => given(layoutFiles([{ image: one }]), { 'index.json': Buffer.alloc(5 << 20) }),
		'limit',
		/limit of 4194304/,
	],
];
for (const [title, files, code, message] of layouts) {
	refused(`oci layout: one ${title}`, () => `oci-layout:${layout(new Map(files()))}`, code, message);
	if (!title.includes('5 MiB'))
		refused(
			`oci archive: one ${title}`,
			() => `oci-archive:${kept(archiveOf(files()))}`,
			title === 'without index.json' ? 'bad-archive' : code,
			title === 'without index.json' ? /neither/ : message,
		);
}

refused(
	'oci layout: a tag that it does not have',
	() => `oci-layout:${layout(named)}:b`,
	'image-not-found',
	/no "b"; there is a, docker.io/,
);
refused('oci layout: a file', () => `oci-layout:${kept(Buffer.alloc(0))}`, 'not-found', /not a directory/);
refused('oci layout: a directory that is not there', () => `oci-layout:${work}/nowhere:a`, 'not-found', /no such directory/);
refused('docker archive: a directory', () => `docker-archive:${work}`, 'not-found', /not a file/);

function savedAs(entries: unknown, members: readonly Member[] = []): Buffer {
	const config = `${one.config.digest.slice(7)}.json`;
	return tar([
		{ name: config, body: one.config.bytes },
		{ name: 'layer.tar', body: one.layers[0]!.bytes },
		...members,
		{ name: 'manifest.json', body: json(entries) },
	]);
}
const entry = { Config: `${one.config.digest.slice(7)}.json`, RepoTags: ['app:1'], Layers: ['layer.tar'] };

test('docker archive: layers under plain names, links to equal layers, names with ./', async () => {
	assert.equal(await idOf(`docker-archive:${kept(savedAs([entry]))}`), one.config.digest);
	const hard = savedAs([{ ...entry, Layers: ['./x/../b/layer.tar'] }], [{ name: './b/layer.tar', flag: '1', link: 'layer.tar' }]);
	assert.equal(await idOf(`docker-archive:${kept(hard)}`), one.config.digest);
	const soft = savedAs([{ ...entry, Layers: ['b/layer.tar'] }], [{ name: 'b/layer.tar', flag: '2', link: '../layer.tar' }]);
	assert.equal(await idOf(`docker-archive:${kept(soft)}`), one.config.digest);
});

test('docker archive: what it is, is told by its content, whatever the prefix', async () => {
	assert.equal(await idOf(`docker-archive:${kept(archiveOf(layoutFiles([{ image: one }])))}`), one.config.digest);
	assert.equal(await idOf(`oci-archive:${kept(tar(oldArchive(one, [])))}`), one.config.digest);
	assert.equal(await idOf(`docker-archive:${kept(zlib.zstdCompressSync(tar(oldArchive(one, []))))}`), one.config.digest);
});

test('docker archive: two descriptions of two images: manifest.json counts, as for "docker load", and it is told', async () => {
	const files = hybridFiles(one, ['app:1']);
	for (const [name, body] of layoutFiles([{ image: two }])) files.set(name, body);
	const path = kept(archiveOf(files));
	const image = await openImage(host, `docker-archive:${path}`);
	assert.equal(image.configDigest, one.config.digest);
	assert.deepEqual(
		image.problems.map((p) => p.code),
		['archive-disagrees'],
	);
	assert.equal(await idOf(`oci-archive:${path}`), two.config.digest);
});

test('docker archive: images of one name are its platforms', async () => {
	const entries = [one, arm].map((image) => ({ Config: blobPath(image.config), RepoTags: ['app:1'], Layers: image.layers.map(blobPath) }));
	const blobs = [one, arm].flatMap((image) => [image.config, ...image.layers].map((b): [string, Uint8Array] => [blobPath(b), b.bytes]));
	const path = kept(archiveOf(new Map([...blobs, ['manifest.json', json(entries)]])));
	assert.equal(await idOf(`docker-archive:${path}`, 'linux/arm64'), arm.config.digest);
	assert.equal(await idOf(`docker-archive:${path}:app:1`, 'linux/amd64'), one.config.digest);
	await assert.rejects(idOf(`docker-archive:${path}`, 'linux/386'), { code: 'no-platform', message: /linux\/amd64, linux\/arm64/ });
});

const other = { ...entry, Config: 'other.json', RepoTags: ['other:2'] };
const archives: readonly (readonly [title: string, bytes: () => Uint8Array, code: string, message: RegExp])[] = [
	['that is a web page', () => Buffer.from('<html>log in</html>'.repeat(100)), 'bad-archive', /not a tar archive/],
	['of nothing', () => Buffer.alloc(0), 'bad-archive', /neither manifest.json nor index.json/],
	['of something else', () => tar([{ name: 'x', body: 'y' }]), 'bad-archive', /neither manifest.json nor index.json/],
	['cut in a layer', () => tar(oldArchive(one, [])).subarray(0, 2000), 'truncated', /ends inside a member/],
	['compressed and cut', () => zlib.gzipSync(tar(oldArchive(one, []))).subarray(0, 200), 'truncated', /gzip data ends too early/],
	['compressed with bzip2', () => Buffer.from('BZh91AY&SY'), 'unsupported', /bzip2/],
	['with two images', () => savedAs([entry, other]), 'ambiguous-reference', /several images: app:1, other:2/],
	['with no images', () => savedAs([]), 'image-not-found', /lists no image/],
	['whose manifest is an object', () => savedAs({}), 'bad-archive', /an object, not a list/],
	['whose layers are numbers', () => savedAs([{ ...entry, Layers: [1] }]), 'bad-archive', /Layers holds a number/],
	['without its layer', () => savedAs([{ ...entry, Layers: ['nowhere'] }]), 'blob-missing', /"nowhere"/],
	['that asks for a file outside', () => savedAs([{ ...entry, Layers: ['../../etc/passwd'] }]), 'path-escape', /etc\/passwd/],
	[
		'with a link out of it',
		() => savedAs([{ ...entry, Layers: ['l'] }], [{ name: 'l', flag: '2', link: '/etc/passwd' }]),
		'path-escape',
		/out of the archive/,
	],
	[
		'with a circle of links',
		() =>
			savedAs(
				[{ ...entry, Layers: ['l'] }],
				[
					{ name: 'l', flag: '2', link: 'm' },
					{ name: 'm', flag: '1', link: 'l' },
				],
			),
		'bad-archive',
		/in a circle/,
	],
	['whose layer is a directory', () => savedAs([{ ...entry, Layers: ['d'] }], [{ name: 'd', flag: '5' }]), 'blob-missing', /"d"/],
	[
		'whose configuration is another one',
		() => savedAs([{ ...entry, Config: `${'0'.repeat(64)}.json` }], [{ name: `${'0'.repeat(64)}.json`, body: one.config.bytes }]),
		'digest-mismatch',
		/configuration/,
	],
	[
		'with more layers than the configuration',
		() => savedAs([{ ...entry, Layers: ['layer.tar', 'layer.tar'] }]),
		'bad-config',
		/1 layers, the manifest of 2/,
	],
	['of 1,001 layers', () => savedAs([{ ...entry, Layers: new Array(1001).fill('layer.tar') }]), 'limit', /limit of 1000/],
	[
		'of 100,001 members',
		() => Buffer.concat([Buffer.concat(new Array(100_001).fill(tar([{ name: 'x' }], 0))), Buffer.alloc(1024)]),
		'limit',
		/more than 100000 files/,
	],
	['that is a bomb', () => bomb(), 'limit', /out of/],
];
for (const [title, bytes, code, message] of archives)
	refused(`docker archive: one ${title}`, () => `docker-archive:${kept(bytes())}`, code, message);

/** 600 MiB of zeros in 80 bytes for each 128 KiB: blocks of one repeated byte (RFC 8878, 3.1.1.2.2). */
function bomb(): Buffer {
	const block = Buffer.from([0x02 | ((131072 << 3) & 0xff), (131072 >> 5) & 0xff, (131072 >> 13) & 0xff, 0]);
	const last = Buffer.from(block);
	last[0] = (last[0] as number) | 1;
	const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
	return Buffer.concat([head, ...new Array(4800).fill(block), last]);
}

test('docker archive: only headers are read, so a sparse archive of 20 GiB opens at once', async () => {
	const { openSync, writeSync, closeSync } = await import('node:fs');
	const path = join(work, 'large.tar');
	const size = 20 * 1024 ** 3;
	const large = tar([{ name: 'large', raw: [{ at: 124, bytes: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0]) }] }], 0);
	const descriptorOfFile = openSync(path, 'w');
	writeSync(descriptorOfFile, large, 0, 512, 0);
	writeSync(descriptorOfFile, savedAs([entry]), 0, undefined, 512 + size);
	closeSync(descriptorOfFile);
	const started = performance.now();
	assert.equal(await idOf(`docker-archive:${path}`), one.config.digest);
	assert.ok(performance.now() - started < 2000);
	rmSync(path);
});
