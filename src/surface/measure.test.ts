import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { file, link } from '../../test/support/rootfs.ts';
import { measured, type Tree } from '../../test/support/scene.ts';

const bash = '@(#)Bash version 5.2\0';
const loader = program('', { facts: { type: 'shared', soname: 'ld-linux-x86-64.so.2' } });
const glibc: Tree = {
	'/lib64/ld-linux-x86-64.so.2': loader,
	'/lib/libc.so.6': program('', { facts: { type: 'shared', soname: 'libc.so.6' } }),
};
const musl: Tree = { '/lib/ld-musl-x86_64.so.1': program('', { facts: { type: 'shared', soname: 'libc.musl-x86_64.so.1' } }) };
const dpkg: Tree = {
	'/var/lib/dpkg/status': 'Package: a\nStatus: install ok installed\nVersion: 1\n',
	'/usr/bin/dpkg': program('dpkg'),
	'/usr/bin/apt': program('apt'),
};
const shell: Tree = { '/bin/bash': program(bash), '/bin/sh': link('bash') };
const alpine: Tree = {
	...musl,
	'/lib/apk/db/installed': 'P:a\nV:1\n\n',
	'/sbin/apk': program('apk'),
	'/bin/busybox': program('BusyBox v1\0\0[\0[[\0ash\0cat\0sh\0'),
	'/etc/os-release': 'ID=alpine\n',
};
const distroless: Tree = {
	...glibc,
	'/var/lib/dpkg/status.d/a': 'Package: a\nVersion: 1\n',
	'/etc/os-release': 'PRETTY_NAME="Distroless"\nID=debian\n',
};

const tiers: readonly (readonly [title: string, tree: Tree, expected: string])[] = [
	['package manager, shell and a compiler', { ...glibc, ...dpkg, ...shell, '/usr/bin/gcc': program() }, 'full'],
	['package manager, shell and a downloader', { ...glibc, ...dpkg, ...shell, '/usr/bin/curl': program() }, 'full'],
	['package manager and shell on glibc', { ...glibc, ...dpkg, ...shell }, 'slim'],
	['apk and BusyBox on musl', alpine, 'alpine'],
	['Alpine with a downloader of its own', { ...alpine, '/usr/bin/curl': program('curl') }, 'alpine'],
	['Alpine with a compiler', { ...alpine, '/usr/bin/gcc': program('gcc') }, 'full'],
	['apk and BusyBox on glibc, as Wolfi', { ...alpine, '/lib/ld-musl-x86_64.so.1': 'gone', ...glibc }, 'slim'],
	['a runtime, no shell, no package manager', distroless, 'distroless'],
	['packages without any program', { '/var/lib/dpkg/status.d/a': 'Package: a\nVersion: 1\n' }, 'distroless'],
	['distroless with BusyBox', { ...distroless, '/busybox/busybox': program('BusyBox v1\0') }, 'custom'],
	['BusyBox alone', { '/bin/busybox': program('BusyBox v1\0') }, 'custom'],
	['one static program', { '/app': program() }, 'scratch'],
	['nothing', {}, 'scratch'],
	['a package manager without a shell', { ...glibc, ...dpkg }, 'custom'],
	['a shell that cannot start does not change the tier', { ...distroless, '/bin/sh': program(bash, { mode: 0o644 }) }, 'distroless'],
];
for (const [title, tree, expected] of tiers) test(`tier: ${title}`, async () => assert.equal((await measured(tree)).tier, expected));

test('tier: the reasons name what was found, and what the image claims in vain', async () => {
	const { tierBecause } = await measured({ ...distroless, '/busybox/busybox': program('BusyBox v1\0') });
	assert.deepEqual(tierBecause, [
		'no package manager of an operating system',
		'shells: busybox',
		'BusyBox',
		'C library: glibc',
		'1 packages, 0 interpreters, 2 libraries',
		'it calls itself Distroless, but is not',
	]);
});

const hidden: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['nothing', { ...distroless }, []],
	['packages, where their database is gone', { '/app': program(), '/etc/os-release': 'ID=debian\n' }, ['packages']],
	[
		'what a packed program may be',
		{ '/etc/os-release': 'ID=x\n', '/app': program('$Info: This file is packed with the UPX executable packer\0') },
		['packages', 'shells', 'utilities', 'interpreters'],
	],
	['applets whose list cannot be read', { ...distroless, '/busybox': program('BusyBox v1\0') }, ['utilities']],
];
for (const [title, tree, expected] of hidden) {
	test(`at least: ${title}`, async () => {
		const { surface } = await measured(tree);
		const names = Object.entries(surface).flatMap(([name, count]) => (count.atLeast === true ? [name] : []));
		assert.deepEqual(names, expected);
	});
}

test('coverage: executables with an owner and without, packages without files', async () => {
	const { coverage } = await measured({
		...dpkg,
		'/var/lib/dpkg/status': ['bash', 'curl', 'docs'].map((p) => `Package: ${p}\nStatus: install ok installed\nVersion: 1\n`).join('\n'),
		'/var/lib/dpkg/info/bash.list': '/.\n/bin\n/bin/bash\n',
		'/var/lib/dpkg/info/curl.list': '/.\n/usr\n/usr/bin/curl\n',
		'/var/lib/dpkg/info/docs.list': '/.\n/usr/share/doc/docs/copyright\n',
		'/bin/bash': program(bash),
		'/opt/tool': program('tool'),
		'/usr/share/doc/x': file('x'),
	});
	const { owned, unowned, unownedItems } = coverage.executables;
	assert.deepEqual([owned, unowned, ...(unownedItems ?? []).map(({ path }) => path)], [1, 3, '/opt/tool', '/usr/bin/apt', '/usr/bin/dpkg']);
	assert.deepEqual(
		coverage.ghostPackages.items?.map((i) => `${i.name}: ${i.because[0]?.shows}`),
		['curl 1: installed, but none of its 1 files is there'],
	);
});
