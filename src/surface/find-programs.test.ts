import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { file, link, rootfs } from '../../test/support/rootfs.ts';
import type { Tree } from '../../test/support/scene.ts';
import { findPrograms } from './find-programs.ts';

function told(tree: Tree): readonly string[] {
	return findPrograms(rootfs(tree), ['/usr/bin', '/bin']).map((p) =>
		[p.kind, p.names.join(' = '), ...(p.cannotStart === undefined ? [] : [`(${p.cannotStart})`])].join(' '),
	);
}

const script = (line: string) => file(`${line}\n`, { mode: 0o755 });
const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['an executable', { '/bin/x': program() }, ['elf /bin/x']],
	['a position-independent one', { '/bin/x': program('', { facts: { type: 'shared', pie: true } }) }, ['elf /bin/x']],
	['a library is none', { '/lib/x.so': program('', { facts: { type: 'shared', soname: 'x.so' } }) }, []],
	[
		'libc asks for a loader and is still none',
		{ '/lib/libc.so.6': program('', { facts: { type: 'shared', soname: 'libc.so.6', interpreter: '/ld' } }) },
		[],
	],
	['an object is none', { '/x.o': program('', { facts: { type: 'relocatable' } }) }, []],
	[
		'a loader starts others',
		{ '/lib64/ld-linux-x86-64.so.2': program('', { facts: { type: 'shared', soname: 'ld-linux-x86-64.so.2' } }) },
		['loader /lib64/ld-linux-x86-64.so.2'],
	],
	['no execute bit', { '/bin/x': program('', { mode: 0o644 }) }, []],
	['text with an execute bit is none', { '/bin/x': file('hello', { mode: 0o755 }) }, []],
	[
		'hard links and symbolic links',
		{ '/bin/a': program('', { inode: 1 }), '/bin/b': program('', { inode: 1 }), '/c': link('bin/b') },
		['elf /bin/a = /bin/b = /c'],
	],
	['a script and its interpreter', { '/bin/sh': program(), '/x': script('#!/bin/sh -e') }, ['elf /bin/sh', 'script /x']],
	['a script whose interpreter is missing', { '/x': script('#!/bin/sh') }, ['script /x (its interpreter /bin/sh is missing)']],
	[
		'through env',
		{ '/usr/bin/env': program(), '/bin/node': program(), '/x': script('#!/usr/bin/env -S node --no-warnings') },
		['elf /bin/node', 'elf /usr/bin/env', 'script /x'],
	],
	[
		'through env, not on the PATH',
		{ '/usr/bin/env': program(), '/x': script('#!/usr/bin/env node') },
		['elf /usr/bin/env', 'script /x (its interpreter node is missing)'],
	],
	[
		'a loader that is missing',
		{ '/bin/x': program('', { facts: { interpreter: '/lib/ld-musl-x86_64.so.1' } }) },
		['elf /bin/x (its loader /lib/ld-musl-x86_64.so.1 is missing)'],
	],
];
for (const [title, tree, expected] of rows) test(`programs: ${title}`, () => assert.deepEqual(told(tree), expected));
