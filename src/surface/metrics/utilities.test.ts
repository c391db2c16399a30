import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../../test/support/program.ts';
import { file, link } from '../../../test/support/rootfs.ts';
import { measured, type Tree } from '../../../test/support/scene.ts';

const applets = 'BusyBox v1.36.1 ()\0\0[\0[[\0ash\0cat\0echo\0nc\0sh\0true\0wget\0';
const script = file('#!/bin/bash\n', { mode: 0o755 });

const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['a program by its name', { '/usr/bin/curl': program() }, ['curl: program']],
	['anywhere', { '/opt/x/curl': program() }, ['curl: program']],
	['in two places it is one', { '/usr/bin/curl': program(), '/opt/curl': program('other') }, ['curl: program; program']],
	['a link', { '/usr/bin/mawk': program(), '/usr/bin/awk': link('mawk') }, ['awk: another name of /usr/bin/mawk', 'mawk: program']],
	['an edition', { '/usr/bin/python3.11': program() }, ['python3.11: program']],
	[
		'an edition beside the plain name',
		{ '/usr/bin/gcc-12': program(), '/usr/bin/gcc': link('gcc-12') },
		['gcc: program; another name of /usr/bin/gcc-12'],
	],
	[
		'a script in a directory of programs',
		{ '/usr/bin/ldd': script, '/bin/bash': program() },
		['bash: program', 'ldd: script for /bin/bash'],
	],
	['a script elsewhere is something else', { '/app/src/find': script, '/bin/bash': program() }, ['bash: program']],
	['a script without its interpreter cannot start', { '/usr/bin/ldd': script }, []],
	['without an execute bit', { '/usr/bin/curl': program('', { mode: 0o644 }) }, []],
	['other names', { '/usr/bin/true': program(), '/usr/bin/curlew': program() }, []],
	[
		'every applet that the bytes list, with a link or without; echo and true are no use',
		{ '/bin/busybox': program(applets), '/bin/wget': link('busybox') },
		[
			'ash: applet of busybox without a link',
			'busybox: program',
			'cat: applet of busybox without a link',
			'nc: applet of busybox without a link',
			'sh: applet of busybox without a link',
			'wget: applet of busybox at /bin/busybox',
		],
	],
];
for (const [title, tree, expected] of rows) {
	test(`utilities: ${title}`, async () => {
		const { utilities } = (await measured(tree)).surface;
		assert.deepEqual(
			utilities.items?.map((i) => `${i.name}: ${i.because.map((e) => e.shows).join('; ')}`),
			expected,
		);
		assert.equal(utilities.count, expected.length);
	});
}

test('utilities: counted by what they are good for', async () => {
	const { utilities } = (await measured({ '/bin/nc': program(), '/bin/wget': program(), '/bin/cat': program() })).surface;
	assert.deepEqual(utilities.byCapability, { 'run-commands': 1, download: 2, upload: 2, connect: 2, scan: 1, 'read-files': 1 });
});
