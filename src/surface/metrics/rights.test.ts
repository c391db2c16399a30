import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../../test/support/program.ts';
import { dir, file, link } from '../../../test/support/rootfs.ts';
import { items, measured, type Tree } from '../../../test/support/scene.ts';

type Which = 'setuid' | 'setgid' | 'worldWritable' | 'fileCapabilities';

const capability = new Map([['security.capability', Buffer.from('0100000200200000000000000000000000000000', 'hex')]]);
const rows: readonly (readonly [title: string, which: Which, tree: Tree, expected: readonly string[]])[] = [
	['a file', 'setuid', { '/bin/su': program('', { mode: 0o4755 }) }, ['su@/bin/su']],
	['without an execute bit, as find sees it', 'setuid', { '/x': file('x', { mode: 0o4644 }) }, ['x@/x']],
	[
		'each hard link',
		'setuid',
		{ '/a': file('x', { mode: 0o4755, inode: 1 }), '/b': file('x', { mode: 0o4755, inode: 1 }) },
		['a@/a', 'b@/b'],
	],
	['no directory', 'setuid', { '/d/': dir({ mode: 0o4755 }) }, []],
	['a file', 'setgid', { '/bin/x': program('', { mode: 0o2755 }) }, ['x@/bin/x']],
	['no directory, where it means something else', 'setgid', { '/var/mail/': dir({ mode: 0o2775 }) }, []],
	['a file', 'worldWritable', { '/etc/x': file('x', { mode: 0o666 }) }, ['x@/etc/x']],
	['a directory', 'worldWritable', { '/data/': dir({ mode: 0o777 }) }, ['data@/data']],
	['a sticky directory is protected', 'worldWritable', { '/tmp/': dir({ mode: 0o1777 }) }, []],
	['a symbolic link has no mode', 'worldWritable', { '/x': link('/etc') }, []],
	['a device', 'worldWritable', { '/dev/null': { type: 'character-device', mode: 0o666 } }, ['null@/dev/null']],
	['an attribute', 'fileCapabilities', { '/bin/ping': program('', { xattrs: capability }) }, ['ping@/bin/ping']],
	['another attribute', 'fileCapabilities', { '/bin/ping': program('', { xattrs: new Map([['user.x', Buffer.from('y')]]) }) }, []],
];
for (const [title, which, tree, expected] of rows)
	test(`${which}: ${title}`, async () => assert.deepEqual(items((await measured(tree)).surface[which]), expected));

test('rights: the evidence shows mode, owner and capabilities', async () => {
	const { surface } = await measured({ '/bin/ping': program('', { mode: 0o4755, uid: 7, gid: 8, xattrs: capability }) });
	assert.equal(surface.setuid.items?.[0]?.because[0]?.shows, 'mode 4755, owner 7:8');
	assert.equal(surface.fileCapabilities.items?.[0]?.because[0]?.shows, 'cap_net_raw=ep');
});
