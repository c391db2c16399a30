import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { dir, file, link } from '../../test/support/rootfs.ts';
import { measured, type Tree } from '../../test/support/scene.ts';
import type { CapabilityName } from '../model/capability.ts';
import type { ImageConfig } from '../model/image.ts';

const bash = program('@(#)Bash version 5.2\0');
const dash = program('turning off NDELAY mode\0');
const node = program('node.js/v20.11.1\0');
const busybox = program('BusyBox v1.36\0\0[\0[[\0ash\0cat\0nc\0sh\0wget\0');
const system: Tree = { '/etc/os-release': 'ID=debian\n', '/var/lib/dpkg/status': 'Package: a\nStatus: install ok installed\nVersion: 1\n' };

interface Row {
	readonly title: string;
	readonly tree: Tree;
	readonly config?: Partial<ImageConfig>;
	readonly asks: CapabilityName;
	/** `holds through, through`; `!` behind what is inherent. */
	readonly expected: string;
}

const rows: readonly Row[] = [
	{ title: 'a shell runs commands', tree: { '/bin/dash': dash }, asks: 'run-commands', expected: 'holds dash' },
	{ title: 'without one nothing does', tree: { '/app': program() }, asks: 'run-commands', expected: 'fails' },
	{
		title: 'taking away the shell of a Node image leaves Node',
		tree: { '/nodejs/bin/node': node },
		config: { entrypoint: ['/nodejs/bin/node'] },
		asks: 'run-commands',
		expected: 'holds node!',
	},
	{
		title: 'it calls back by itself',
		tree: { '/nodejs/bin/node': node },
		config: { entrypoint: ['/nodejs/bin/node'] },
		asks: 'reverse-shell',
		expected: 'holds node net!',
	},
	{
		title: 'a language that is not what the application is started with can be taken away',
		tree: { '/usr/bin/node': node, '/app': program() },
		config: { command: ['/app'] },
		asks: 'download',
		expected: 'holds node net',
	},
	{
		title: 'the runtime behind a script and sh -c is found',
		tree: { '/bin/sh': dash, '/usr/bin/node': node, '/app/run': file('#!/usr/bin/env node\n', { mode: 0o755 }) },
		config: { command: ['/bin/sh', '-c', 'exec /app/run --port 1'] },
		asks: 'download',
		expected: 'holds node net!',
	},
	{ title: 'bash connects by itself', tree: { '/bin/bash': bash }, asks: 'download', expected: 'holds bash /dev/tcp' },
	{ title: 'dash does not', tree: { '/bin/dash': dash }, asks: 'download', expected: 'fails' },
	{
		title: 'applets of BusyBox count with and without links',
		tree: { '/bin/busybox': busybox, '/bin/sh': link('busybox') },
		asks: 'download',
		expected: 'holds busybox nc, busybox wget',
	},
	{
		title: 'a connection and a shell make a bind shell',
		tree: { '/bin/busybox': busybox },
		asks: 'bind-shell',
		expected: 'holds busybox nc',
	},
	{ title: 'a connection without a shell does not', tree: { '/bin/nc': program() }, asks: 'bind-shell', expected: 'fails' },
	{ title: 'awk starts programs only through /bin/sh', tree: { '/usr/bin/mawk': program() }, asks: 'run-commands', expected: 'fails' },
	{
		title: 'where there is one it does',
		tree: { '/usr/bin/mawk': program(), '/bin/sh': dash },
		asks: 'run-commands',
		expected: 'holds dash, mawk',
	},
	{
		title: 'GNU awk has connections of its own',
		tree: { '/usr/bin/awk': program('GNU Awk 5.2.1\0') },
		asks: 'exfiltrate',
		expected: 'holds gawk /inet/tcp',
	},
	{
		title: 'a setuid file gives rights',
		tree: { '/usr/bin/su': program('', { mode: 0o4755 }) },
		config: { user: '1000' },
		asks: 'escalate',
		expected: 'holds su',
	},
	{
		title: 'one that the user may not start does not',
		tree: { '/usr/bin/helper': program('', { mode: 0o4750, gid: 7 }) },
		config: { user: '1000' },
		asks: 'escalate',
		expected: 'fails',
	},
	{
		title: 'su without its bit is of use to root alone',
		tree: { '/usr/bin/su': program() },
		config: { user: '1000' },
		asks: 'escalate',
		expected: 'fails',
	},
	{ title: 'and to root it is', tree: { '/usr/bin/su': program() }, asks: 'escalate', expected: 'holds su' },
	{
		title: 'a group of the user counts',
		tree: {
			'/usr/bin/curl': program('', { mode: 0o750, gid: 7 }),
			'/etc/passwd': 'web:x:1000:1000::/:/bin/false\n',
			'/etc/group': 'net:x:7:web\n',
		},
		config: { user: 'web' },
		asks: 'download',
		expected: 'holds curl',
	},
	{
		title: 'a directory that the user may not enter hides what is in it',
		tree: { '/root/': dir({ mode: 0o700 }), '/root/curl': program() },
		config: { user: '1000' },
		asks: 'download',
		expected: 'fails',
	},
	{
		title: 'a packed program may be anything: unknown is not no',
		tree: { '/app': program('$Info: This file is packed with the UPX executable packer\0') },
		asks: 'run-commands',
		expected: 'unknown',
	},
	{ title: 'a compiler', tree: { '/usr/bin/gcc': program() }, asks: 'compile', expected: 'holds gcc' },
	{
		title: 'a program without its loader counts for nothing',
		tree: { '/usr/bin/curl': program('', { facts: { interpreter: '/lib/ld.so' } }) },
		asks: 'download',
		expected: 'fails',
	},
];

for (const { title, tree, config, asks, expected } of rows) {
	test(`${asks}: ${title}`, async () => {
		const { capabilities } = await measured({ ...system, ...tree }, config);
		const found = capabilities.find(({ name }) => name === asks);
		const ways = found?.ways.map(({ through, inherent }) => through + (inherent ? '!' : '')) ?? [];
		assert.equal(`${found?.answer} ${ways.join(', ')}`.trim(), expected);
	});
}

test('the loader starts what is brought: said, and not taken for a shell', async () => {
	const loader = program('', { facts: { type: 'shared', soname: 'ld-linux-x86-64.so.2' } });
	const { capabilities } = await measured({ ...system, '/lib64/ld-linux-x86-64.so.2': loader });
	assert.match(capabilities[0]?.because ?? '', /the loader "?\/lib64\/ld-linux-x86-64\.so\.2"? starts any ELF file/);
});
