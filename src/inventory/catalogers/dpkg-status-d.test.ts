import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { dpkgStatusD } from './dpkg-status-d.ts';

const debian: System = { id: 'debian', versionId: '13', libc: { family: 'glibc', because: [] }, because: [] };
const control = 'Package: libc6\nArchitecture: amd64\nVersion: 2.41-12\nSource: glibc\nDescription: x\n libc\n';
const sum = '0123456789abcdef0123456789abcdef';

type Tree = Parameters<typeof rootfs>[0];

async function read(tree: Tree): Promise<readonly string[]> {
	const { packages, present, problems } = await dpkgStatusD.catalog(rootfs(tree), debian);
	return [
		present ? 'there' : 'not there',
		...packages.map((p) => `${p.purl} ${p.files?.join(' ') ?? 'files unknown'}`),
		...problems.map((p) => p.code),
	];
}

const libc = 'pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13';
const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['a control file without a state is installed', { '/var/lib/dpkg/status.d/libc6': control }, ['there', `${libc} files unknown`]],
	[
		'files from the sums, links in their directories followed',
		{
			'/lib': link('usr/lib'),
			'/usr/lib/libc.so.6': 'x',
			'/var/lib/dpkg/status.d/libc6': control,
			'/var/lib/dpkg/status.d/libc6.md5sums': `${sum}  lib/libc.so.6\n`,
		},
		['there', `${libc} /usr/lib/libc.so.6`],
	],
	[
		'files that were moved below /usr without a link',
		{
			'/usr/lib/libc.so.6': 'x',
			'/var/lib/dpkg/status.d/libc6': control,
			'/var/lib/dpkg/status.d/libc6.md5sums': `${sum}  lib/libc.so.6\n`,
		},
		['there', `${libc} /usr/lib/libc.so.6`],
	],
	['a record that says removed', { '/var/lib/dpkg/status.d/a': `Status: deinstall ok config-files\n${control}` }, ['there']],
	['a record without a name', { '/var/lib/dpkg/status.d/a': 'Version: 1\n' }, ['there', 'broken-dpkg-status']],
	['a file where the directory should be', { '/var/lib/dpkg/status.d': control }, ['not there']],
];
for (const [title, tree, expected] of rows) test(`dpkg-status-d: ${title}`, async () => assert.deepEqual(await read(tree), expected));
