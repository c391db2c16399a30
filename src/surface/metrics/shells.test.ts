import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../../test/support/program.ts';
import { link } from '../../../test/support/rootfs.ts';
import { measured, type Tree } from '../../../test/support/scene.ts';

const bash = '@(#)Bash version 5.2.15(1) release GNU\0GNU bash, version %s-(%s)\0';
const busybox = 'BusyBox v1.36.1 (2024-01-01 00:00:00 UTC) multi-call binary.\0';
const applets = (...names: string[]): string => `${busybox}\0[\0${names.join('\0')}\0`;

const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['bash by its bytes', { '/bin/bash': program(bash) }, ['bash@/bin/bash']],
	['under an odd name in an odd place', { '/usr/lib/libhelper.so': program(busybox) }, ['busybox@/usr/lib/libhelper.so']],
	['named sh, told as what it is', { '/bin/sh': program(bash) }, ['bash@/bin/sh']],
	[
		'links are names of one shell',
		{ '/bin/bash': program(bash), '/bin/sh': link('bash'), '/opt/x': link('../bin/sh') },
		['bash@/bin/bash'],
	],
	[
		'hard links too; the telling name is chosen',
		{
			'/bin/ash': program(busybox, { inode: 1 }),
			'/bin/busybox': program(busybox, { inode: 1 }),
			'/bin/sh': program(busybox, { inode: 1 }),
		},
		['busybox@/bin/busybox'],
	],
	['without an execute bit it starts nothing', { '/bin/sh': program(bash, { mode: 0o644 }) }, []],
	['an execute bit for others is enough', { '/bin/sh': program(bash, { mode: 0o601 }) }, ['bash@/bin/sh']],
	['unknown bytes under a known name', { '/bin/dash': program('who knows') }, ['dash@/bin/dash']],
	['a script called sh is none', { '/bin/sh': { type: 'file', mode: 0o755, body: Buffer.from('#!/bin/x\n'), shebang: '#!/bin/x' } }, []],
	['text called bash is none', { '/bin/bash': { type: 'file', mode: 0o755, body: Buffer.from(bash) } }, []],
	['BusyBox built without a shell', { '/bin/busybox': program(applets('cat', 'ls', 'wget')) }, []],
	['BusyBox with one and no link', { '/bin/busybox': program(applets('ash', 'cat', 'sh')) }, ['busybox@/bin/busybox']],
	[
		'a shell whose loader is missing cannot start',
		{ '/bin/bash': program(bash, { facts: { interpreter: '/lib64/ld-linux-x86-64.so.2' } }) },
		[],
	],
	['two shells', { '/bin/bash': program(bash), '/bin/zsh': program('zsh: exit %ld\0') }, ['bash@/bin/bash', 'zsh@/bin/zsh']],
	['none', { '/app': program('hello') }, []],
];
for (const [title, tree, expected] of rows) {
	test(`shells: ${title}`, async () => {
		const { shells } = (await measured(tree)).surface;
		assert.deepEqual(
			shells.items?.map((i) => `${i.name}@${i.path}`),
			expected,
		);
		assert.equal(shells.count, expected.length);
	});
}

test('shells: the evidence shows the text and the version, and every further name', async () => {
	const { shells } = (await measured({ '/bin/bash': program(bash), '/bin/sh': link('bash') })).surface;
	assert.deepEqual(
		shells.items?.[0]?.because.map((e) => `${e.path}: ${e.shows}`),
		['/bin/bash: bash: "@(#)Bash version 5.2.15" in its bytes', '/bin/sh: another name of /bin/bash'],
	);
});
