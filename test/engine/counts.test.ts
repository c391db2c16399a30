import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../src/host/create-host.ts';
import { openImage } from '../../src/image/open-image.ts';
import { inventoryInterest } from '../../src/inventory/interest.ts';
import { takeInventory } from '../../src/inventory/take-inventory.ts';
import type { Inventory } from '../../src/model/package.ts';
import type { Count, Measurement } from '../../src/model/surface.ts';
import { unite } from '../../src/rootfs/interest.ts';
import { readRootfs } from '../../src/rootfs/read-rootfs.ts';
import { surfaceInterest } from '../../src/surface/interest.ts';
import { measure } from '../../src/surface/measure.ts';
import { loadDebianImage, run } from './debian-image.ts';

/**
 * Every count beside what the ecosystem's own tools say about the same image: dpkg-query and apk in the container, find and
 * getcap on the exported file system, and whether the engine starts a program by its name. FOOTING_LAB_IMAGES names
 * images in the local engine, parted by spaces; without it one is composed of Debian's packages.
 */
const ownImage = `footing-test/debian:${process.pid}`;
const given = (process.env['FOOTING_LAB_IMAGES'] ?? '').split(/\s+/).filter((r) => r !== '');
const references = given.length > 0 ? given : [ownImage];
const programs = [
	'sh',
	'bash',
	'dash',
	'zsh',
	'busybox',
	'dpkg',
	'apt-get',
	'apk',
	'curl',
	'wget',
	'nc',
	'perl',
	'python3',
	'node',
	'gcc',
	'git',
	'tar',
	'su',
];
/** Files that the engine puts into every container. */
const ofTheEngine = new Set(['/.dockerenv', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/dev/console']);

const host = createHost();

before(async () => {
	if (given.length === 0) await loadDebianImage(ownImage);
});
after(async () => {
	if (given.length === 0) await run('docker', 'image', 'rm', ownImage);
});

interface Ours {
	readonly inventory: Inventory;
	readonly measurement: Measurement;
	/** Regular files of the image in places where the engine puts its own. */
	readonly hidden: number;
}

const known = new Map<string, Promise<Ours>>();

function ours(reference: string): Promise<Ours> {
	const read = known.get(reference) ?? readOurs(reference);
	known.set(reference, read);
	return read;
}

async function readOurs(reference: string): Promise<Ours> {
	const image = await openImage(host, `docker:${reference}`);
	try {
		const rootfs = await readRootfs(host, image, unite([inventoryInterest, surfaceInterest]));
		const inventory = await takeInventory(rootfs);
		const hidden = [...ofTheEngine].filter((path) => rootfs.get(path)?.type === 'file').length;
		return { inventory, measurement: await measure(rootfs, inventory, image.config), hidden };
	} finally {
		await image.close();
	}
}

/** Unpacks what the engine exports, asks, and removes it. */
async function withExport<T>(reference: string, ask: (root: string) => Promise<T>): Promise<T> {
	const work = mkdtempSync(join(tmpdir(), 'export-'));
	const root = join(work, 'root');
	const container = (await run('docker', 'create', reference, 'x')).trim();
	try {
		mkdirSync(root);
		chmodSync(work, 0o700);
		await run('docker', 'export', '-o', join(work, 'root.tar'), container);
		await run('tar', '-C', root, '--xattrs', '--xattrs-include=security.capability', '-xpf', join(work, 'root.tar'));
		return await ask(root);
	} finally {
		await run('docker', 'rm', container);
		rmSync(work, { recursive: true });
	}
}

async function find(root: string, ...condition: readonly string[]): Promise<readonly string[]> {
	const lines = (await run('find', root, '-xdev', ...condition)).split('\n');
	return lines
		.filter((line) => line !== '')
		.map((line) => line.slice(root.length))
		.filter((path) => !ofTheEngine.has(path))
		.sort();
}

function paths(count: Count): readonly string[] {
	return (count.items ?? []).map((i) => i.path ?? '').sort();
}

async function inContainer(reference: string, program: string, ...args: readonly string[]): Promise<readonly string[] | undefined> {
	const result = await host.processes.run('docker', ['run', '--rm', '--network', 'none', '--entrypoint', program, reference, ...args], {
		timeoutMs: 60_000,
	});
	if (result.exitCode === 125 || result.exitCode === 126 || result.exitCode === 127) return undefined;
	return result.stdout.split('\n').filter((line) => line !== '');
}

for (const reference of references) {
	test(`counts of ${reference}: packages`, async () => {
		const { inventory, measurement } = await ours(reference);
		const dpkg = await inContainer(reference, 'dpkg-query', '-W', '-f', '${db:Status-Status} ${Package} ${Version} ${Architecture}\\n');
		const apk = dpkg === undefined ? await inContainer(reference, 'apk', 'info', '-v') : undefined;
		const told = (
			dpkg?.filter((l) => l.startsWith('installed ')).map((l) => l.slice('installed '.length)) ?? apk?.filter((l) => !l.startsWith('WARN'))
		)?.sort();
		if (told === undefined) {
			// no package manager of its own to ask: then none may be reported either
			assert.deepEqual(
				(measurement.surface.packageManagers.items ?? []).filter((i) => i.name === 'apt' || i.name === 'apk'),
				[],
			);
			return;
		}
		const system = inventory.packages.filter((p) => p.ecosystem === 'deb' || p.ecosystem === 'apk');
		const listed = system.map((p) => (p.ecosystem === 'deb' ? `${p.name} ${p.version} ${p.architecture}` : `${p.name}-${p.version}`));
		assert.deepEqual(listed.sort(), told);
	});

	test(`counts of ${reference}: files and rights`, async () => {
		const { measurement, hidden } = await ours(reference);
		const { surface } = measurement;
		await withExport(reference, async (root) => {
			assert.deepEqual(paths(surface.setuid), await find(root, '-type', 'f', '-perm', '-4000'));
			assert.deepEqual(paths(surface.setgid), await find(root, '-type', 'f', '-perm', '-2000'));
			const open = await find(root, '!', '-type', 'l', '-perm', '-0002', '!', '-perm', '-1000');
			assert.deepEqual(
				paths(surface.worldWritable).filter((p) => !p.startsWith('/dev/')),
				open.filter((p) => !p.startsWith('/dev/')),
			);
			assert.equal(surface.files.count - hidden, (await find(root, '-type', 'f')).length);
			if (!existsSync('/sbin/getcap') && !existsSync('/usr/sbin/getcap')) return;
			const capable = (await run('getcap', '-r', root)).split('\n').filter((l) => l !== '');
			assert.equal(surface.fileCapabilities.count, capable.length, capable.join('; '));
		});
	});

	test(`counts of ${reference}: what the engine starts by its name is reported, and nothing else`, async () => {
		const { surface } = (await ours(reference)).measurement;
		const reported = new Set(
			(surface.utilities.items ?? []).flatMap((i) => [i.name, ...i.because.map((e) => e.path.slice(e.path.lastIndexOf('/') + 1))]),
		);
		for (const program of programs) {
			const result = await host.processes.run(
				'docker',
				['run', '--rm', '--network', 'none', '--entrypoint', program, reference, '--help'],
				{
					timeoutMs: 60_000,
				},
			);
			const started = !/executable file not found|no such file or directory: unknown|OCI runtime create failed/.test(result.stderr);
			if (started) assert.ok(reported.has(program), `${program} starts and is not reported`);
			else
				assert.ok(
					!(reported.has(program) && onThePath(surface.utilities, program)),
					`${program} is reported and does not start: ${result.stderr}`,
				);
		}
		const shell = await inContainer(reference, 'sh', '-c', 'echo here');
		if (shell !== undefined) assert.ok(surface.shells.count > 0, 'a shell answers and none is reported');
		else assert.equal(surface.shells.items?.some((i) => i.path === '/bin/sh' || i.path === '/usr/bin/sh') ?? false, false);
	});
}

test('the image that is composed here has something to count of each kind', { skip: given.length > 0 && 'images were given' }, async () => {
	const { surface } = (await ours(ownImage)).measurement;
	assert.deepEqual(paths(surface.shells), ['/opt/libhelper.so', '/usr/bin/bash', '/usr/bin/dash']);
	assert.deepEqual(paths(surface.worldWritable), ['/srv/open']);
	assert.ok(surface.packages.count > 20 && surface.setuid.count > 3 && surface.setgid.count > 0);
});

function onThePath(utilities: Count, name: string): boolean {
	const item = utilities.items?.find((i) => i.name === name);
	return item?.because.some((e) => /^(?:\/usr)?(?:\/local)?\/s?bin\/[^/]+$/.test(e.path) && e.path.endsWith(`/${name}`)) ?? false;
}
