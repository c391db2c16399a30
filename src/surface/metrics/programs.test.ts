import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../../test/support/program.ts';
import { file, link } from '../../../test/support/rootfs.ts';
import { items, measured, type Tree } from '../../../test/support/scene.ts';

type Which = 'packageManagers' | 'interpreters' | 'compilers' | 'executables' | 'libraries';

const applets = 'BusyBox v1.36.1 ()\0\0[\0[[\0awk\0cat\0dpkg\0sh\0';
const library = (soname: string) => program('', { mode: 0o644, facts: { type: 'shared', soname } });
const rows: readonly (readonly [title: string, which: Which, tree: Tree, expected: readonly string[]])[] = [
	[
		'several programs are one manager',
		'packageManagers',
		{ '/usr/bin/apt': program(), '/usr/bin/apt-get': program('x') },
		['apt@/usr/bin/apt'],
	],
	[
		'of a language, a script through a link',
		'packageManagers',
		{
			'/usr/bin/node': program(),
			'/lib/npm-cli.js': file('#!/usr/bin/node\n', { mode: 0o755 }),
			'/usr/bin/npm': link('../../lib/npm-cli.js'),
		},
		['npm@/lib/npm-cli.js'],
	],
	['an applet', 'packageManagers', { '/bin/busybox': program(applets) }, ['dpkg@/bin/busybox']],
	['a library called apt is none', 'packageManagers', { '/lib/apt': library('apt') }, []],
	[
		'by name and edition',
		'interpreters',
		{ '/usr/bin/python3.11': program(), '/usr/bin/lua5.4': program('x') },
		['lua@/usr/bin/lua5.4', 'python@/usr/bin/python3.11'],
	],
	['by bytes under another name', 'interpreters', { '/srv/worker': program('Py_BytesMain\0') }, ['python@/srv/worker']],
	['an applet', 'interpreters', { '/bin/busybox': program(applets) }, ['awk@/bin/busybox']],
	['a script is none', 'interpreters', { '/usr/bin/python': file('#!/bin/x\n', { mode: 0o755 }) }, []],
	[
		'for another machine',
		'compilers',
		{ '/usr/bin/aarch64-linux-gnu-gcc-12': program(), '/usr/bin/ld': program('x') },
		['gcc@/usr/bin/aarch64-linux-gnu-gcc-12', 'ld@/usr/bin/ld'],
	],
	['each file once', 'executables', { '/a': program('', { inode: 1 }), '/b': program('', { inode: 1 }), '/c': link('a') }, ['a@/a']],
	[
		'each file once',
		'libraries',
		{ '/a.so': { ...library('a.so'), inode: 1 }, '/b.so': { ...library('a.so'), inode: 1 }, '/c.so': link('a.so') },
		['a.so@/a.so'],
	],
	['programs and objects are none', 'libraries', { '/a': program(), '/b.o': program('', { facts: { type: 'relocatable' } }) }, []],
];
for (const [title, which, tree, expected] of rows)
	test(`${which}: ${title}`, async () => assert.deepEqual(items((await measured(tree)).surface[which]), expected));

test('files and bytes: names are counted, bytes of one file once', async () => {
	const { surface } = await measured({
		'/a': file('12345', { inode: 1 }),
		'/b': file('12345', { inode: 1 }),
		'/c': file('1'),
		'/d': link('a'),
	});
	assert.deepEqual([surface.files.count, surface.bytes.count], [3, 6]);
});
