import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { file, link } from '../../../test/support/rootfs.ts';
import { programs } from './programs.ts';

const none: StandingSketch = { files: { '/nodejs/bin/node': elf() } };
const busybox: StandingSketch = { files: { '/bin/busybox': elf(), '/bin/sh': link('busybox'), '/usr/bin/tr': link('/bin/busybox') } };
const dangling: StandingSketch = { files: { '/bin/sh': link('dash'), '/usr/bin/git': file('#!/usr/bin/perl\n', { mode: 0o755 }) } };
const cp = "const cp = require('node:child_process')\n";

const rows: readonly (readonly [title: string, source: string, base: StandingSketch, expected: readonly string[]])[] = [
	[
		'a shell that is not there',
		`${cp}cp.exec('echo x | tr a b')`,
		none,
		['required the shell /bin/sh: fails (spawn /bin/sh ENOENT)', 'required the program tr: fails (tr: not found)'],
	],
	[
		'a shell and what it calls',
		`${cp}cp.exec('echo x | tr a b')`,
		busybox,
		['required the shell /bin/sh: holds', 'required the program tr: holds'],
	],
	['a program that is not there', `${cp}cp.execFile('git', ['log'])`, busybox, ['required the program git: fails (spawn git ENOENT)']],
	[
		'a link that leads nowhere, a script without its interpreter',
		`${cp}cp.exec('git log')`,
		dangling,
		['required the shell /bin/sh: fails (spawn /bin/sh ENOENT)', 'required the program git: fails (git: not found)'],
	],
	[
		'a command with another way',
		`${cp}cp.exec('git log || true')`,
		busybox,
		['required the shell /bin/sh: holds', 'likely the program git: fails (git: not found)'],
	],
	[
		'a failure that is caught',
		`${cp}try { cp.execFileSync('git') } catch {}`,
		busybox,
		['likely the program git: fails (spawn git ENOENT)'],
	],
	[
		'a shell called by name',
		`${cp}cp.spawn('sh', ['-c', 'tr a b'])`,
		busybox,
		['required the program sh: holds', 'required the program tr: holds'],
	],
	['a package of others', "require('pkg')", none, ['possible the program git: fails (spawn git ENOENT)']],
	[
		'several places of one program',
		`${cp}cp.spawn('git'); if (x) cp.spawn('git')`,
		busybox,
		['required the program git: fails (spawn git ENOENT)'],
	],
];
for (const [title, source, base, expected] of rows)
	test(`programs: ${title}`, async () => {
		const files = { '/app/server.js': source, '/app/node_modules/pkg/index.js': `${cp}cp.spawn('git')` };
		assert.deepEqual(lines(await checksOf(programs, application({ command: ['server.js'], files }), base)), expected);
	});

test('programs: the line is named, the surest first', async () => {
	const source = `${cp}if (x) cp.spawn('git', ['a'])\ncp.spawn('git', ['b'])`;
	const [need] = await programs.find(application({ command: ['server.js'], files: { '/app/server.js': source } }));
	assert.deepEqual(need?.because, [
		{ path: '/app/server.js', line: 3, shows: "spawn('git', …)" },
		{ path: '/app/server.js', line: 2, shows: "spawn('git', …)" },
	]);
});

test('programs: what a RUN may have installed is not known', async () => {
	const unseen = [{ code: 'unseen-run', where: '/', message: 'the effect of apt-get install git is not known' }];
	const app = application({ command: ['server.js'], files: { '/app/server.js': `${cp}cp.spawn('git')` }, unseen });
	assert.deepEqual(lines(await checksOf(programs, app, none)), ['required the program git: unknown']);
	assert.deepEqual(lines(await checksOf(programs, app, { files: { '/usr/bin/git': elf() } })), ['required the program git: holds']);
});
