import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { zip } from '../../test/support/jar.ts';
import { type Member, tar } from '../../test/support/tar.ts';
import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import type { Interest } from '../model/rootfs.ts';
import { combine } from './combine.ts';
import { readRootfs } from './read-rootfs.ts';

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A layer that is pulled in pieces of 1,000 bytes; counts how often it was opened. */
function streamed(
	content: Uint8Array,
	more: Partial<Layer> = {},
	pack: (b: Uint8Array) => Uint8Array = (b) => zlib.gzipSync(b),
): Layer & { opened: number } {
	const stored = pack(content);
	const layer = {
		digest: sha256(stored),
		diffId: sha256(content),
		size: stored.length,
		opened: 0,
		body: {
			kind: 'stream' as const,
			async *open() {
				layer.opened += 1;
				for (let at = 0; at < stored.length; at += 1000) yield stored.subarray(at, at + 1000);
			},
		},
		...more,
	};
	return layer;
}

const host = { cores: 1 } as Host;
const imageOf = (...layers: Layer[]): Image => ({ layers }) as unknown as Image;
const script: Member = { name: 'bin/run', mode: 0o755, body: `#!/bin/sh\n${'echo footing\n'.repeat(400)}` };

async function code(image: Image): Promise<string> {
	try {
		await readRootfs(host, image, {});
		return 'read';
	} catch (error) {
		assert.ok(error instanceof FootingError, String(error));
		return error.code;
	}
}

test('rootfs: bodies of interest are kept, others are read again from their layer, several in one pass', async () => {
	const layer = streamed(
		tar([
			{ name: 'etc/kept', body: 'kept' },
			{ name: 'a', body: 'A' },
			{ name: 'b', body: 'B' },
			{ name: 'c', flag: '1', link: 'b' },
		]),
	);
	const rootfs = await readRootfs(host, imageOf(layer), { prefixes: ['/etc/'] });
	assert.equal(Buffer.from((await rootfs.read('/etc/kept')) ?? []).toString(), 'kept');
	assert.equal(layer.opened, 1);
	const bodies = await rootfs.readMany(['/a', '/c', '/none']);
	assert.deepEqual(
		[...bodies].map(([path, body]) => `${path} ${Buffer.from(body)}`),
		['/a A', '/c B'],
	);
	assert.equal(layer.opened, 2);
	await assert.rejects(rootfs.read('/etc/kept', { limit: 3 }), { code: 'limit' });
});

test('rootfs: scripts are known by their first line and kept when they are executable and short', async () => {
	const layer = streamed(tar([script, { ...script, name: 'not-executable', mode: 0o644 }, { name: 'empty', body: '' }]));
	const rootfs = await readRootfs(host, imageOf(layer), { scripts: 65536 });
	assert.equal(rootfs.get('/bin/run')?.content, 'script');
	assert.equal(rootfs.shebang('/bin/run'), '#!/bin/sh');
	assert.equal(rootfs.get('/empty')?.content, 'empty');
	assert.equal(Buffer.from((await rootfs.read('/bin/run')) ?? []).toString(), script.body);
	assert.equal(layer.opened, 1);
	assert.equal(Buffer.from((await rootfs.read('/not-executable')) ?? []).toString(), script.body);
	assert.equal(layer.opened, 2);
});

test('rootfs: Java archives are looked into while their layer streams by, whatever the pieces', async () => {
	const jar = zip({ 'META-INF/maven/a/b/pom.properties': 'groupId=a\nartifactId=b\nversion=1\n', 'x.bin': randomBytes(700_000) });
	const layer = streamed(tar([{ name: 'app/b.jar', body: jar }, { name: 'c.jar', flag: '1', link: 'app/b.jar' }, script]));
	const rootfs = await readRootfs(host, imageOf(layer), { jars: ['.jar'] });
	for (const path of ['/app/b.jar', '/c.jar']) assert.deepEqual(rootfs.jar(path)?.parts[0]?.poms[0]?.artifact, 'b', path);
	assert.equal(rootfs.jar('/bin/run'), undefined);
	assert.equal(layer.opened, 1);
});

test('rootfs: every compression gives the same tree', async () => {
	const content = tar([script, { name: 'd/', flag: '5' }]);
	const packs: readonly ((b: Uint8Array) => Uint8Array)[] = [(b) => b, (b) => zlib.gzipSync(b), (b) => zlib.zstdCompressSync(b)];
	const trees: string[] = [];
	for (const pack of packs) {
		const rootfs = await readRootfs(host, imageOf(streamed(content, {}, pack)), {});
		trees.push(JSON.stringify([...rootfs.entries()]));
	}
	assert.equal(new Set(trees).size, 1);
});

test('rootfs: a promise that is not kept is an error, never a result', async () => {
	const content = tar([script]);
	const other = `sha256:${'0'.repeat(64)}`;
	assert.equal(await code(imageOf(streamed(content))), 'read');
	assert.equal(await code(imageOf(streamed(content, { digest: other }))), 'digest-mismatch');
	assert.equal(await code(imageOf(streamed(content, { diffId: other }))), 'digest-mismatch');
	assert.equal(await code(imageOf(streamed(content, { diffId: other }, (b) => b))), 'digest-mismatch');
	assert.equal(await code(imageOf(streamed(content, { size: 10 }))), 'size-mismatch');
	assert.equal(await code(imageOf(streamed(content, { size: 1_000_000 }))), 'size-mismatch');
	assert.equal(await code(imageOf(streamed(content, { digest: 'sha256:../../../etc/passwd' }))), 'bad-digest');
	assert.equal(await code(imageOf(streamed(Buffer.from('no archive at all'.repeat(100))))), 'bad-tar');
});

test('rootfs: damaged bytes are told as a wrong digest, before what the damage did', async () => {
	const broken = streamed(tar([script]), { digest: `sha256:${'1'.repeat(64)}` }, () => Buffer.from('1f8b0800deadbeef'.repeat(10), 'hex'));
	assert.equal(await code(imageOf(broken)), 'digest-mismatch');
});

test('combine: the application lies on the base as one more layer', async () => {
	const interest: Interest = { prefixes: ['/'] };
	const base = await readRootfs(
		host,
		imageOf(
			streamed(
				tar([
					{ name: 'usr/bin/node', body: 'node' },
					{ name: 'bin', flag: '2', link: 'usr/bin' },
					{ name: 'app/', flag: '5', mode: 0o700 },
					{ name: 'app/old', body: 'old' },
				]),
			),
		),
		interest,
	);
	const top = await readRootfs(
		host,
		imageOf(
			streamed(
				tar([
					{ name: 'app/', flag: '5' },
					{ name: 'app/new', body: 'new' },
					{ name: 'app/old', body: 'newer' },
					{ name: 'bin/tool', body: 'tool' },
				]),
			),
		),
		interest,
	);
	const both = combine(base, top);
	assert.deepEqual(
		[...both.entries()].map((e) => `${e.path} ${e.layer}`),
		['/app 0', '/app/new 1', '/app/old 1', '/bin 0', '/usr 0', '/usr/bin 0', '/usr/bin/node 0', '/usr/bin/tool 1'],
	);
	assert.equal(both.get('/app')?.mode, 0o700);
	const bodies = await both.readMany(['/app/old', '/bin/node', '/bin/tool']);
	assert.deepEqual(
		[...bodies.values()].map((b) => Buffer.from(b).toString()),
		['newer', 'node', 'tool'],
	);
});
