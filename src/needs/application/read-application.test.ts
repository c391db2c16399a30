import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DiskEntry, hostWithDisk } from '../../../test/support/disk.ts';
import { FootingError } from '../../model/errors.ts';
import type { Application } from '../../model/need.ts';
import { type ApplicationOptions, readApplicationDirectory } from './read-application.ts';

async function read(tree: Readonly<Record<string, DiskEntry>>, options?: ApplicationOptions): Promise<Application> {
	const disk = Object.fromEntries(Object.entries(tree).map(([path, entry]) => [`app/${path}`, entry]));
	return readApplicationDirectory(hostWithDisk(disk), 'app', options);
}

/** `path type mode uid:gid`, directories with a slash. */
function files(app: Application): readonly string[] {
	return [...app.files.entries()].map((e) => {
		const kind = e.type === 'directory' ? '/' : e.type === 'symlink' ? ` -> ${e.target}` : '';
		return `${e.path}${kind} ${e.type === 'symlink' ? '' : e.mode.toString(8)} ${e.uid}:${e.gid}`;
	});
}
const unseen = (app: Application): readonly string[] => app.unseen.map((p) => `${p.code} ${p.where}`);

const script: DiskEntry = { body: '#!/bin/sh\nexec node "$@"\n', mode: 0o755 };
const rows: readonly (readonly [
	title: string,
	tree: Readonly<Record<string, DiskEntry>>,
	files: readonly string[],
	unseen: readonly string[],
])[] = [
	[
		'a directory is copied by its content',
		{ Dockerfile: 'FROM a\nWORKDIR /app\nCOPY . .\n', 'server.js': 'x', 'lib/a.js': 'y', 'lib/l': { link: 'a.js' } },
		[
			'/app/ 755 0:0',
			'/app/Dockerfile 644 0:0',
			'/app/lib/ 755 0:0',
			'/app/lib/a.js 644 0:0',
			'/app/lib/l -> a.js  0:0',
			'/app/server.js 644 0:0',
		],
		[],
	],
	[
		'.dockerignore with exceptions and **',
		{ Dockerfile: 'FROM a\nCOPY . /x/\n', '.dockerignore': '*\n!src\n**/*.log\n# c\n', 'src/a.js': '', 'src/d/b.log': '', 'c.js': '' },
		['/x/ 755 0:0', '/x/src/ 755 0:0', '/x/src/a.js 644 0:0', '/x/src/d/ 755 0:0'],
		[],
	],
	[
		'owner, mode and wildcards',
		{
			Dockerfile: 'FROM a\nCOPY --chown=10:20 --chmod=550 *.sh /bin/\nCOPY --chown=app a.txt /y\n',
			'a.sh': script,
			'b.sh': script,
			'a.txt': 't',
		},
		['/bin/ 755 0:0', '/bin/a.sh 550 10:20', '/bin/b.sh 550 10:20', '/y 644 -1:-1'],
		[],
	],
	[
		'a stage that only copies is seen through; what it runs is not',
		{
			Dockerfile:
				'FROM a AS b\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM c\nCOPY --from=b /src/a.js /app/\nCOPY --from=b /src/dist /app/dist\nCOPY --from=nginx:1 /etc/x /etc/x\n',
			'a.js': '1',
		},
		['/app/ 755 0:0', '/app/a.js 644 0:0'],
		['unseen-built /app', 'unseen-built /app/dist', 'unseen-image /etc/x'],
	],
	[
		'a stage stands on another',
		{ Dockerfile: 'FROM a AS base\nWORKDIR /app\nCOPY a.js .\nFROM base\nCOPY b.js .\n', 'a.js': '1', 'b.js': '2' },
		['/app/ 755 0:0', '/app/a.js 644 0:0', '/app/b.js 644 0:0'],
		[],
	],
	[
		'RUN that can be told',
		{ Dockerfile: 'FROM a\nCOPY e.sh /e.sh\nRUN mkdir -p /data && chown 5:6 /data && chmod +x /e.sh\nRUN adduser -D app\n', 'e.sh': 'x' },
		['/data/ 755 5:6', '/e.sh 755 0:0'],
		['unseen-user /etc/passwd'],
	],
	[
		'RUN that cannot, downloads and archives',
		{ Dockerfile: 'FROM a\nWORKDIR /w\nRUN ./configure\nADD https://x/y /y\nADD r.tar.gz /r/\nRUN npm ci\n', 'r.tar.gz': '' },
		['/w/ 755 0:0'],
		['unseen-run /', 'unseen-download /y', 'unseen-archive /r', 'unseen-node-modules /w/node_modules'],
	],
	[
		'a lock file without native packages settles npm ci',
		{
			Dockerfile: 'FROM a\nWORKDIR /w\nCOPY package*.json ./\nRUN npm ci\n',
			'package.json': '{}',
			'package-lock.json': '{"lockfileVersion":3,"packages":{"":{},"node_modules/x":{"version":"1"}}}',
		},
		['/w/ 755 0:0', '/w/package-lock.json 644 0:0', '/w/package.json 644 0:0'],
		['plain-node-modules /w/node_modules'],
	],
	[
		'heredoc files, substituted',
		{ Dockerfile: 'FROM a\nENV P=80\nCOPY <<one <<"two" /etc/d/\nport $P\none\n$P\ntwo\n' },
		['/etc/ 755 0:0', '/etc/d/ 755 0:0', '/etc/d/one 644 0:0', '/etc/d/two 644 0:0'],
		[],
	],
	['a source that is not there', { Dockerfile: 'FROM a\nCOPY dist /app\n' }, [], ['missing-source /app']],
	['no known working directory', { Dockerfile: 'FROM a\nCOPY a .\n', a: '' }, ['/a 644 0:0'], ['unseen-workdir /']],
];
for (const [title, tree, expectedFiles, expectedUnseen] of rows)
	test(`application: ${title}`, async () => {
		const app = await read(tree);
		assert.deepEqual(files(app), expectedFiles);
		assert.deepEqual(unseen(app), expectedUnseen);
	});

test('heredoc contents', async () => {
	const app = await read({ Dockerfile: 'FROM a\nENV P=80\nCOPY <<one <<"two" /d/\nport $P\none\n$P\ntwo\n' });
	assert.equal(String(Buffer.from((await app.files.read('/d/one')) ?? [])), 'port 80\n');
	assert.equal(String(Buffer.from((await app.files.read('/d/two')) ?? [])), '$P\n');
});

const bases: readonly (readonly [dockerfile: string, base: string | undefined, options?: ApplicationOptions])[] = [
	['FROM node:20\n', 'node:20'],
	['ARG V=20\nFROM node:${V}-slim\n', 'node:20-slim'],
	['ARG BASE\nFROM ${BASE}\n', undefined],
	['ARG BASE\nFROM ${BASE}\n', 'alpine:3', { buildArgs: { BASE: 'alpine:3' } }],
	['ARG BASE=a\nFROM $BASE AS x\nFROM x\n', 'a'],
	['FROM a AS x\nFROM b\n', 'a', { target: 'X' }],
	['FROM ${V:-debian}\n', 'debian'],
	['FROM scratch\n', undefined],
];
for (const [dockerfile, base, options] of bases)
	test(`current base of ${JSON.stringify(dockerfile)}`, async () =>
		assert.equal((await read({ Dockerfile: dockerfile }, options)).currentBase?.reference, base));

test('the launch plan', async () => {
	const app = await read({
		Dockerfile:
			'ARG V=1\nFROM a\nARG V\nENV A=$V PATH=/x:$PATH B="two words"\nSHELL ["/bin/bash","-c"]\nWORKDIR /app\nWORKDIR sub\nUSER ${U:-10}\nHEALTHCHECK CMD curl x\nCMD node s.js\nEXPOSE 80 81/udp\nRUN a\n',
	});
	const { launch } = app;
	assert.deepEqual(
		launch.env.map((e) => e.value),
		[
			{ name: 'A', value: '1' },
			{ name: 'PATH', value: '/x:${PATH}' },
			{ name: 'B', value: 'two words' },
		],
	);
	assert.deepEqual(launch.command?.value, { form: 'shell', argv: ['/bin/bash', '-c', 'node s.js'] });
	assert.equal(launch.command?.because.line, 10);
	assert.equal(launch.workingDir?.value, '/app/sub');
	assert.deepEqual(launch.healthcheck?.value, { form: 'shell', argv: ['/bin/bash', '-c', 'curl x'] });
	assert.deepEqual(
		launch.exposedPorts.map((e) => e.value),
		['80', '81/udp'],
	);
	assert.deepEqual(
		launch.runs.map((e) => e.value.text),
		['a'],
	);
});

test('ENTRYPOINT of a stage empties the CMD of the stage it stands on', async () => {
	const app = await read({ Dockerfile: 'FROM a AS b\nCMD ["x"]\nFROM b\nENTRYPOINT ["y"]\n' });
	assert.equal(app.launch.command, undefined);
});

for (const [title, tree, code] of [
	['no Dockerfile', { 'a.js': '' }, 'no-application'],
	['empty', { Dockerfile: '' }, 'bad-dockerfile'],
	['a base made hostile by an argument', { Dockerfile: 'ARG B="a;b"\nFROM $B\n' }, 'bad-reference'],
] as const)
	test(`refused: ${title}`, async () => assert.rejects(read(tree), (error) => error instanceof FootingError && error.code === code));
