import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { dpkg } from './dpkg.ts';

const debian: System = { id: 'debian', versionId: '12', libc: { family: 'glibc', because: [] }, because: [] };
const usrMerge = { '/bin': link('usr/bin'), '/usr/bin/bash': 'x', '/usr/bin/sh': link('dash') };

function record(name: string, state: string, more = ''): string {
	return `Package: ${name}\nStatus: ${state}\nArchitecture: amd64\nVersion: 1:2.0-1+b1\n${more}`;
}

type Tree = Parameters<typeof rootfs>[0];

async function read(tree: Tree): Promise<readonly string[]> {
	const { packages, problems, blindSpots } = await dpkg.catalog(rootfs(tree), debian);
	return [
		...packages.map((p) =>
			[p.purl, ...(p.source === undefined ? [] : [`source ${p.source.name}`]), ...(p.files ?? ['files unknown'])].join(' '),
		),
		...problems.map((p) => `problem ${p.code}`),
		...blindSpots.map((s) => `blind ${s.code} hides ${s.hides.join()}`),
	];
}

const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	[
		'an installed package with its files where they really lie',
		{
			...usrMerge,
			'/var/lib/dpkg/status': record('bash', 'install ok installed'),
			'/var/lib/dpkg/info/bash.list': '/.\n/bin\n/bin/bash\n',
			'/var/lib/dpkg/info/bash.postinst': '#!/bin/sh\n',
		},
		['pkg:deb/debian/bash@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 /bin /usr/bin/bash /var/lib/dpkg/info/bash.postinst'],
	],
	[
		'a list for one architecture',
		{
			'/var/lib/dpkg/status': record('libc6', 'install ok installed', 'Multi-Arch: same\nSource: glibc\n'),
			'/var/lib/dpkg/info/libc6:amd64.list': '/lib/x\n',
		},
		['pkg:deb/debian/libc6@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 source glibc /lib/x'],
	],
	[
		'what is held, unpacked or waits is installed',
		{
			'/var/lib/dpkg/status': [
				record('held', 'hold ok installed'),
				record('unpacked', 'install ok unpacked'),
				record('half', 'install reinstreq half-configured'),
				record('awaits', 'install ok triggers-awaited'),
				record('pending', 'install ok triggers-pending'),
			].join('\n'),
		},
		['held', 'unpacked', 'half', 'awaits', 'pending'].map(
			(n) => `pkg:deb/debian/${n}@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 files unknown`,
		),
	],
	[
		'what was removed is not',
		{ '/var/lib/dpkg/status': `${record('a', 'deinstall ok config-files')}\n${record('b', 'purge ok not-installed')}` },
		[],
	],
	[
		'what broke off while it was unpacked is told',
		{ '/var/lib/dpkg/status': record('a', 'install reinstreq half-installed') },
		['problem half-installed-package', 'blind broken-database hides packages'],
	],
	[
		'a diverted file belongs to its package at its new place',
		{
			'/var/lib/dpkg/status': `${record('dash', 'install ok installed')}\n${record('bash', 'install ok installed')}`,
			'/var/lib/dpkg/diversions': '/x/sh\n/x/sh.distrib\ndash\n',
			'/var/lib/dpkg/info/dash.list': '/x/sh\n',
			'/var/lib/dpkg/info/bash.list': '/x/sh\n',
		},
		[
			'pkg:deb/debian/dash@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 /x/sh',
			'pkg:deb/debian/bash@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 /x/sh.distrib',
		],
	],
	['an empty database of an image that never had packages', { '/var/lib/dpkg/status': '' }, []],
	['status-old and available are not the database', { '/var/lib/dpkg/status-old': record('a', 'install ok installed') }, []],
	[
		'records taken away, lists left behind',
		{ '/var/lib/dpkg/status': '', '/var/lib/dpkg/info/a.list': '/a\n' },
		['blind missing-database hides packages'],
	],
	['the database taken away, lists left behind', { '/var/lib/dpkg/info/a.list': '/a\n' }, ['blind missing-database hides packages']],
	[
		'a broken record hides itself only',
		{ '/var/lib/dpkg/status': `Version: 1\n\n${record('a', 'install ok installed')}` },
		[
			'pkg:deb/debian/a@1:2.0-1%2Bb1?arch=amd64&distro=debian-12 files unknown',
			'problem broken-dpkg-status',
			'blind broken-database hides packages',
		],
	],
];
for (const [title, tree, expected] of rows) test(`dpkg: ${title}`, async () => assert.deepEqual(await read(tree), expected));

test('dpkg: evidence names the line of the record', async () => {
	const tree = rootfs({ '/var/lib/dpkg/status': `${record('a', 'install ok installed')}\n${record('b', 'install ok installed')}` });
	const { packages } = await dpkg.catalog(tree, debian);
	assert.deepEqual(packages[1]?.because, { path: '/var/lib/dpkg/status', line: 6, shows: 'installed: b 1:2.0-1+b1' });
});
