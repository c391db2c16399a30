import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { installations } from './apt.ts';
import { type Member, readTar } from './deb.ts';
import { file, intoMergedUsr, lockedAccounts, statusParagraph } from './debian.ts';
import { startLayer } from './layer.ts';
import { createLayout } from './layout.ts';

async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
	const directory = mkdtempSync(join(tmpdir(), 'footing-demo-'));
	try {
		await work(directory);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

test('demo: what apt would install is read from its simulation', () => {
	const output = [
		'Reading package lists...',
		'Inst gcc-12-base (12.2.0-14+deb12u1 Debian:12.15/oldstable [amd64])',
		'Inst passwd (1:4.13+dfsg1-1 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64]) []',
		'Inst tzdata (2026f-0+deb12u1 Debian-Security:12/oldstable-security [all])',
		'Conf tzdata (2026f-0+deb12u1 Debian-Security:12/oldstable-security [all])',
	].join('\n');
	assert.deepEqual(installations(output), [
		{ name: 'gcc-12-base', version: '12.2.0-14+deb12u1', architecture: 'amd64' },
		{ name: 'passwd', version: '1:4.13+dfsg1-1', architecture: 'amd64' },
		{ name: 'tzdata', version: '2026f-0+deb12u1', architecture: 'all' },
	]);
});

test('demo: a package of before merged /usr is laid where the links of merged /usr lead', () => {
	const members: Member[] = [
		{ path: '/bin', type: 'directory', mode: 0o755 },
		file('/bin/gzip', 'x', 0o755),
		{ path: '/bin/uncompress', type: 'hardlink', mode: 0o755, link: '/bin/gunzip' },
		file('/usr/bin/find', 'x', 0o755),
		file('/binary', 'x'),
	];
	const laid = intoMergedUsr(members).map(({ path, link }) => (link === undefined ? path : `${path} => ${link}`));
	assert.deepEqual(laid, ['/usr/bin/gzip', '/usr/bin/uncompress => /usr/bin/gunzip', '/usr/bin/find', '/binary']);
});

test('demo: the package database says installed, and nobody logs in with a password', () => {
	assert.equal(statusParagraph('Package: dash\nVersion: 1\n'), 'Package: dash\nStatus: install ok installed\nVersion: 1\n');
	assert.equal(lockedAccounts('root:x:0:0:root:/root:/bin/bash\n'), 'root:*:20000:0:99999:7:::\n');
});

test('demo: a layer reads back as it was written, long names too, and the first of two members of one path wins', async () => {
	await withDirectory(async (blobs) => {
		const long = `/usr/share/${'deep/'.repeat(30)}name`;
		const members: Member[] = [
			{ path: '/usr', type: 'directory', mode: 0o755, uid: 0, gid: 0 },
			{ ...file('/usr/su', 'setuid', 0o4755), uid: 0, gid: 42 },
			{ ...file('/usr/su', 'second'), uid: 0, gid: 0 },
			{ ...file(long, 'long'), uid: 0, gid: 0 },
			{ path: '/usr/hard', type: 'hardlink', mode: 0o644, uid: 0, gid: 0, link: long },
			{ path: '/usr/soft', type: 'symlink', mode: 0o777, uid: 0, gid: 0, link: `..${long}` },
		];
		const layer = startLayer(blobs, 'a test');
		await layer.add(members);
		const { digest, size } = await layer.finish();
		const bytes = readFileSync(join(blobs, digest.slice(7)));
		assert.equal(bytes.length, size);
		assert.deepEqual(
			readTar(gunzipSync(bytes)),
			members.filter(({ body }) => Buffer.from(body ?? []).toString() !== 'second'),
		);
	});
});

test('demo: an image of the layout leads from its tag to its layers', async () => {
	await withDirectory(async (directory) => {
		const layout = createLayout(directory);
		const layer = startLayer(layout.blobs, 'a test');
		await layer.add([file('/etc/os-release', 'ID=debian\n')]);
		const blob = await layer.finish();
		layout.addImage('tag', { architecture: 'amd64', env: ['PATH=/bin'] }, [blob]);
		layout.finish({});
		const json = (digest: string) => JSON.parse(readFileSync(join(layout.blobs, digest.slice(7)), 'utf8'));
		const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8'));
		assert.equal(index.manifests[0].annotations['org.opencontainers.image.ref.name'], 'tag');
		const manifest = json(index.manifests[0].digest);
		assert.equal(manifest.layers[0].digest, blob.digest);
		assert.deepEqual(json(manifest.config.digest).rootfs.diff_ids, [blob.diffId]);
	});
});
