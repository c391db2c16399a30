import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { link, rootfs } from '../../test/support/rootfs.ts';
import { glibcMark } from './libc.ts';
import { describeSystem } from './system.ts';

type Tree = Parameters<typeof rootfs>[0];

async function told(tree: Tree): Promise<string> {
	const { system, blindSpots } = await describeSystem(rootfs(tree));
	const { id, versionId, name, because } = system;
	const blind = blindSpots.map((s) => ` (${s.code})`).join('');
	return `${[id, versionId ?? '-', name ?? '-', because[0]?.path ?? '-'].join(' | ')}${blind}`;
}

const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian"\nVERSION_ID="12"\nID=debian\n';
const rows: readonly (readonly [title: string, tree: Tree, expected: string])[] = [
	['os-release in /etc', { '/etc/os-release': debian }, 'debian | 12 | Debian GNU/Linux 12 (bookworm) | /etc/os-release'],
	[
		'a link, as Debian has it',
		{ '/etc/os-release': link('../usr/lib/os-release'), '/usr/lib/os-release': debian },
		'debian | 12 | Debian GNU/Linux 12 (bookworm) | /etc/os-release',
	],
	['only in /usr/lib', { '/usr/lib/os-release': debian }, 'debian | 12 | Debian GNU/Linux 12 (bookworm) | /usr/lib/os-release'],
	['/etc before /usr/lib', { '/etc/os-release': 'ID=alpine\n', '/usr/lib/os-release': debian }, 'alpine | - | - | /etc/os-release'],
	[
		'a link out of the root stays inside',
		{ '/etc/os-release': link('../../../../../usr/lib/os-release'), '/usr/lib/os-release': 'ID=inside\n' },
		'inside | - | - | /etc/os-release',
	],
	[
		'a dangling link',
		{ '/etc/os-release': link('/nowhere'), '/usr/lib/os-release': debian },
		'debian | 12 | Debian GNU/Linux 12 (bookworm) | /usr/lib/os-release',
	],
	[
		'a fifo',
		{ '/etc/os-release': { type: 'fifo' }, '/usr/lib/os-release': debian },
		'debian | 12 | Debian GNU/Linux 12 (bookworm) | /usr/lib/os-release',
	],
	['no ID means linux', { '/etc/os-release': 'NAME=x\n' }, 'linux | - | x | /etc/os-release'],
	[
		'an empty one says nothing',
		{ '/etc/os-release': '', '/etc/alpine-release': '3.20.3\n' },
		'alpine | 3.20.3 | Alpine Linux 3.20.3 | /etc/alpine-release',
	],
	['debian_version', { '/etc/debian_version': '12.5\n' }, 'debian | 12 | Debian GNU/Linux 12.5 | /etc/debian_version'],
	[
		'debian_version of a release to come',
		{ '/etc/debian_version': 'forky/sid\n' },
		'debian | - | Debian GNU/Linux forky/sid | /etc/debian_version',
	],
	[
		'one of many megabytes says nothing',
		{ '/etc/os-release': 'ID=x\n'.repeat(1_000_000), '/usr/lib/os-release': 'ID=y\n' },
		'y | - | - | /usr/lib/os-release',
	],
	['nothing', {}, 'unknown | - | - | - (no-os-release)'],
];
for (const [title, tree, expected] of rows) test(`system: ${title}`, async () => assert.equal(await told(tree), expected));

const glibc = { alsoMarks: [glibcMark] };
const loader = (soname: string) => program('', { facts: { type: 'shared', soname } });
const asks = (interpreter: string) => program('', { facts: { interpreter } });
const banner = 'GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n';

async function libc(tree: Tree): Promise<string> {
	const { family, version, loader: path } = (await describeSystem(rootfs(tree))).system.libc;
	return [family, version ?? '-', path ?? '-'].join(' ');
}

const libcs: readonly (readonly [title: string, tree: Tree, expected: string])[] = [
	[
		'glibc by its banner',
		{
			'/bin/x': asks('/lib64/ld-linux-x86-64.so.2'),
			'/lib64/ld-linux-x86-64.so.2': link('../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
			'/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2': loader('ld-linux-x86-64.so.2'),
			'/lib/x86_64-linux-gnu/libc.so.6': program(banner, glibc),
		},
		'glibc 2.36 /lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
	],
	[
		'glibc by the symbols it defines, when it has no banner',
		{
			'/lib64/ld-linux-x86-64.so.2': loader('ld-linux-x86-64.so.2'),
			'/lib64/libc.so.6': program('', { facts: { versionDefinitions: ['GLIBC_2.2.5', 'GLIBC_2.34', 'GLIBC_2.4', 'GLIBC_PRIVATE'] } }),
		},
		'glibc 2.34 /lib64/ld-linux-x86-64.so.2',
	],
	[
		'musl by the version in its bytes',
		{
			'/bin/x': asks('/lib/ld-musl-x86_64.so.1'),
			'/lib/ld-musl-x86_64.so.1': program('x\0' + '1.2.5\0', { facts: { type: 'shared', soname: 'libc.musl-x86_64.so.1' } }),
		},
		'musl 1.2.5 /lib/ld-musl-x86_64.so.1',
	],
	[
		'the one that most programs ask for',
		{
			'/bin/a': asks('/lib/ld-musl-x86_64.so.1'),
			'/bin/b': asks('/lib/ld-musl-x86_64.so.1'),
			'/bin/c': asks('/lib64/ld-linux-x86-64.so.2'),
			'/lib/ld-musl-x86_64.so.1': loader('libc.musl-x86_64.so.1'),
			'/lib64/ld-linux-x86-64.so.2': loader('ld-linux-x86-64.so.2'),
		},
		'musl - /lib/ld-musl-x86_64.so.1',
	],
	[
		'uClibc',
		{ '/bin/x': asks('/lib/ld64-uClibc.so.0'), '/lib/ld64-uClibc.so.0': loader('ld64-uClibc.so.0') },
		'uclibc - /lib/ld64-uClibc.so.0',
	],
	['a loader by name only that is no ELF file', { '/lib64/ld-linux-x86-64.so.2': 'x' }, 'none - -'],
	['a loader that is asked for and missing', { '/bin/x': asks('/lib64/ld-linux-x86-64.so.2') }, 'none - -'],
	['static programs', { '/bin/x': program() }, 'none - -'],
	['nothing', {}, 'none - -'],
];
for (const [title, tree, expected] of libcs) test(`C library: ${title}`, async () => assert.equal(await libc(tree), expected));
