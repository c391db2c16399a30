import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createDisk } from '../host/disk.ts';
import { FootingError } from '../model/errors.ts';
import type { Disk, Host } from '../model/host.ts';
import type { Image } from '../model/image.ts';
import type { Interest, Rootfs } from '../model/rootfs.ts';
import { readRootfs } from './read-rootfs.ts';

const work = mkdtempSync(join(tmpdir(), 'scan-directory-'));
after(() => rmSync(work, { recursive: true }));
let count = 0;

function tree(files: Readonly<Record<string, string | { readonly link: string }>>): string {
	const directory = join(work, String(++count));
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(join(directory, path, '..'), { recursive: true });
		if (typeof content === 'string') writeFileSync(join(directory, path), content);
		else symlinkSync(content.link, join(directory, path));
	}
	return directory;
}

async function read(directory: string, interest: Interest = {}, disk: Disk = createDisk()): Promise<Rootfs> {
	const layer = { size: 0, body: { kind: 'tree', directory } };
	return readRootfs({ disk, cores: 1 } as unknown as Host, { layers: [layer] } as unknown as Image, interest);
}

async function text(rootfs: Rootfs, path: string): Promise<string | undefined> {
	const body = await rootfs.read(path);
	return body === undefined ? undefined : Buffer.from(body).toString();
}

test('directory: links stay inside the root, whatever they point to', async () => {
	const host = readFileSync('/etc/passwd', 'utf8');
	const rootfs = await read(
		tree({
			'etc/os-release': { link: '../../../../../../etc/passwd' },
			absolute: { link: '/etc/passwd' },
			'up/a': { link: '../../../../../../../../..' },
			'etc/passwd': 'inside',
		}),
		{ paths: ['/etc/os-release'] },
	);
	assert.equal(await text(rootfs, '/etc/os-release'), 'inside');
	assert.equal(await text(rootfs, '/absolute'), 'inside');
	assert.equal(await text(rootfs, '/up/a/etc/passwd'), 'inside');
	assert.notEqual(host, 'inside');
});

test('directory: a pipe is never opened, and a marker of layers is a name like any other', async () => {
	const directory = tree({ 'var/lib/.wh.dpkg': 'x', 'var/lib/a': 'a' });
	execFileSync('mkfifo', [join(directory, 'var/lib/status')]);
	const rootfs = await read(directory, { prefixes: ['/'] });
	assert.equal(rootfs.get('/var/lib/status')?.type, 'fifo');
	assert.equal(await text(rootfs, '/var/lib/status'), undefined);
	assert.equal(await text(rootfs, '/var/lib/.wh.dpkg'), 'x');
	assert.equal(await text(rootfs, '/var/lib/a'), 'a');
});

test('directory: file capabilities are not seen, and that is told', async () => {
	const rootfs = await read(tree({ a: '' }));
	assert.deepEqual(
		rootfs.problems.map((p) => p.code),
		['attributes-not-read'],
	);
});

test('directory: what may not be read is told, the rest is read', async () => {
	const directory = tree({ 'open/a': 'a', 'closed/b': 'b', secret: '#!/bin/sh' });
	const real = createDisk();
	const denied = (path: string): never => {
		throw new FootingError('not-found', `cannot open ${path}: permission denied`);
	};
	const disk: Disk = {
		...real,
		list: async (path) => (path.endsWith('/closed') ? denied(path) : real.list(path)),
		open: async (path, options) => (path.endsWith('/secret') ? denied(path) : real.open(path, options)),
	};
	const rootfs = await read(directory, { prefixes: ['/'] }, disk);
	assert.equal(await text(rootfs, '/open/a'), 'a');
	assert.deepEqual(rootfs.list('/closed'), []);
	assert.equal(rootfs.get('/secret')?.content, 'unread');
	assert.equal(rootfs.shebang('/secret'), undefined);
	assert.deepEqual(
		rootfs.problems.map((p) => `${p.code} ${p.where}`),
		['attributes-not-read /', 'unreadable-file /secret', 'unreadable-directory /closed'],
	);
});

test('directory: a file that shrinks while it is read is not known by what was read before', async () => {
	const directory = tree({ '0-first': `\u007fELF${'x'.repeat(3000)}`, shrinking: 'y'.repeat(3000) });
	const real = createDisk();
	const disk: Disk = {
		...real,
		stat: async (path, options) => {
			const stat = await real.stat(path, options);
			if (path.endsWith('/shrinking')) truncateSync(path, 10);
			return stat;
		},
	};
	const rootfs = await read(directory, { paths: ['/shrinking'] }, disk);
	assert.equal(rootfs.get('/shrinking')?.content, 'unread');
	assert.equal(rootfs.elf('/shrinking'), undefined);
	await assert.rejects(rootfs.read('/shrinking'), { code: 'truncated' });
});
