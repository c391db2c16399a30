import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, file, link, rootfs } from '../../../test/support/rootfs.ts';
import type { ElfFacts } from '../../model/rootfs.ts';
import { resolveProgram } from './resolve-program.ts';

const elf: ElfFacts = {
	bits: 64,
	endian: 'little',
	machine: 'x86-64',
	machineNumber: 62,
	type: 'shared',
	dynamic: true,
	pie: true,
	needed: [],
	versionNeeds: [],
	versionDefinitions: [],
	bindNow: false,
	marks: [],
};
const program = { type: 'file', mode: 0o755, size: 9, elf } as const;
const busybox = { ...program, elf: { ...elf, marks: ['busybox'] } };
const script = (text: string, mode = 0o755): ReturnType<typeof file> => file(text, { mode });

const tree = rootfs({
	'/bin/': dir(),
	'/usr/bin/dash': program,
	'/usr/bin/env': program,
	'/usr/local/bin/node': program,
	'/bin/sh': link('../usr/bin/dash'),
	'/bb/busybox': busybox,
	'/bb/env': link('busybox'),
	'/app/entry.sh': script('#!/bin/sh\nexec node "$@"\n'),
	'/app/plain.sh': script('#!/bin/sh\n', 0o644),
	'/app/nobash': script('#!/bin/bash -e\n'),
	'/app/crlf.sh': script('#!/bin/sh\r\n'),
	'/app/cli.js': script('#!/usr/bin/env node\n'),
	'/app/split.js': script('#!/usr/bin/env -S A=1 node --enable-source-maps\n'),
	'/app/bb.js': script('#!/bb/env -S node --x\n'),
	'/app/bbruby': script('#!/bb/env ruby\n'),
	'/app/noruby': script('#!/usr/bin/env ruby\n'),
	'/app/nested': script('#!/app/entry.sh -a  b \n'),
	'/app/text': script('hello\n'),
	'/app/loop': script('#!/app/loop\n'),
	'/closed/': dir({ mode: 0o700 }),
	'/closed/tool': program,
});
const config = { env: [{ name: 'PATH', value: '/usr/local/bin:/usr/bin:/bin' }], workingDir: '/app' };

const rows: readonly (readonly [
	title: string,
	argv: readonly string[],
	chain: readonly string[],
	end: readonly string[] | string,
	uid?: number,
])[] = [
	['a name in PATH', ['node', 'x.js'], ['/usr/local/bin/node'], ['node', 'x.js']],
	['a link', ['/bin/sh', '-c', 'x'], ['/usr/bin/dash'], ['/bin/sh', '-c', 'x']],
	['a script, relative to the working directory', ['./entry.sh', 'a'], ['/app/entry.sh', '/usr/bin/dash'], ['/bin/sh', './entry.sh', 'a']],
	['through env', ['/app/cli.js', 'a'], ['/app/cli.js', '/usr/bin/env', '/usr/local/bin/node'], ['node', '/app/cli.js', 'a']],
	[
		'through env -S',
		['/app/split.js', 'a'],
		['/app/split.js', '/usr/bin/env', '/usr/local/bin/node'],
		['node', '--enable-source-maps', '/app/split.js', 'a'],
	],
	[
		'an interpreter that is a script',
		['/app/nested', 'z'],
		['/app/nested', '/app/entry.sh', '/usr/bin/dash'],
		['/bin/sh', '/app/entry.sh', '-a  b', '/app/nested', 'z'],
	],
	['no such name', ['server.js'], [], 'exec: "server.js": executable file not found in $PATH'],
	['no such path', ['/bin/bash'], [], 'exec: "/bin/bash": stat /bin/bash: no such file or directory'],
	['not executable', ['/app/plain.sh'], [], 'exec: "/app/plain.sh": permission denied'],
	['a directory', ['/app'], [], 'exec: "/app": is a directory'],
	['no interpreter', ['/app/nobash'], ['/app/nobash'], 'exec /app/nobash: no such file or directory'],
	['an interpreter with a carriage return', ['/app/crlf.sh'], ['/app/crlf.sh'], 'exec /app/crlf.sh: no such file or directory'],
	['no #! line', ['/app/text'], ['/app/text'], 'exec /app/text: exec format error'],
	['env finds nothing', ['/app/noruby'], ['/app/noruby', '/usr/bin/env'], "env: 'ruby': No such file or directory"],
	['BusyBox finds nothing', ['/app/bbruby'], ['/app/bbruby', '/bb/busybox'], "env: can't execute 'ruby': No such file or directory"],
	['BusyBox has no -S', ['/app/bb.js'], ['/app/bb.js', '/bb/busybox'], "env: invalid option -- 'S'"],
	['a closed directory for root', ['/closed/tool'], ['/closed/tool'], ['/closed/tool']],
	['a closed directory for others', ['/closed/tool'], [], 'exec: "/closed/tool": permission denied', 1000],
	['an empty command', [''], [], 'exec: "": executable file not found in $PATH'],
];
for (const [title, argv, chain, end, uid] of rows)
	test(`program: ${title}`, () => {
		const found = resolveProgram(argv, config, tree, { uid: uid ?? 0, gids: [uid ?? 0] });
		assert.deepEqual(
			found.chain.map((step) => step.real),
			chain,
		);
		assert.deepEqual(found.failure?.message ?? found.argv, end);
	});

test('a script that is its own interpreter ends', () =>
	assert.equal(resolveProgram(['/app/loop'], config, tree).failure?.reason, 'bad-format'));

test('without PATH the usual directories are searched', () =>
	assert.equal(resolveProgram(['node'], { env: [], workingDir: '' }, tree).chain[0]?.path, '/usr/local/bin/node'));
