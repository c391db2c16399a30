import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DiskEntry, hostWithDisk } from '../../test/support/disk.ts';
import { dir, file, link, rootfs } from '../../test/support/rootfs.ts';
import type { ImageConfig } from '../model/image.ts';
import type { Application, Fit, Standing } from '../model/need.ts';
import type { ElfFacts, Rootfs } from '../model/rootfs.ts';
import { combine } from '../rootfs/combine.ts';
import { readApplicationDirectory } from './application/read-application.ts';
import { applyLaunch } from './apply-launch.ts';
import { checkFit } from './check-fit.ts';
import { findNeeds } from './find-needs.ts';
import { build } from './kinds/build.ts';
import { health } from './kinds/health.ts';
import { launch } from './kinds/launch.ts';
import { user } from './kinds/user.ts';

const kinds = [build, user, launch, health];
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
const plain: ImageConfig = {
	user: '',
	entrypoint: [],
	command: [],
	env: [{ name: 'PATH', value: '/usr/local/bin:/usr/bin:/bin' }],
	workingDir: '',
	exposedPorts: [],
	volumes: [],
	labels: new Map(),
};
const entryScript = '#!/bin/sh\nset -e\n[ -n "$(command -v "$1")" ] || set -- node "$@"\nexec "$@"\n';
interface Base {
	readonly tree: Rootfs;
	readonly config: ImageConfig;
}
/** A shell, curl, apt-get, node 20 and the user node: what people start from. */
const full: Base = {
	tree: rootfs({
		'/bin/': dir(),
		'/usr/bin/dash': program,
		'/bin/sh': link('../usr/bin/dash'),
		'/usr/bin/curl': program,
		'/usr/bin/apt-get': program,
		'/usr/bin/env': program,
		'/usr/local/bin/node': program,
		'/usr/local/bin/npm': file('#!/usr/bin/env node\n', { mode: 0o755 }),
		'/usr/local/bin/docker-entrypoint.sh': file(entryScript, { mode: 0o755 }),
		'/etc/passwd': 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
		'/tmp/': dir({ mode: 0o1777 }),
	}),
	config: { ...plain, entrypoint: ['docker-entrypoint.sh'], command: ['node'] },
};
const bare = {
	'/nodejs/bin/node': program,
	'/etc/passwd': 'root:x:0:0::/root:/sbin/nologin\nnonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n',
	'/tmp/': dir({ mode: 0o1777 }),
};
const distroless: Base = { tree: rootfs(bare), config: { ...plain, entrypoint: ['/nodejs/bin/node'] } };
const nonroot: Base = { tree: rootfs(bare), config: { ...distroless.config, user: '65532' } };

const source = { 'server.js': 'require("http")\n', 'package.json': '{"scripts":{"start":"node server.js","build":"node server.js"}}' };

async function fitOf(tree: Readonly<Record<string, DiskEntry>>, base: Base, current: Base | undefined = full): Promise<Fit> {
	const disk = Object.fromEntries(Object.entries({ ...source, ...tree }).map(([path, entry]) => [`app/${path}`, entry]));
	const read = (dockerfileText?: string): Promise<Application> =>
		readApplicationDirectory(hostWithDisk(disk), 'app', dockerfileText === undefined ? {} : { dockerfileText });
	const standing = (application: Application): Standing => ({
		reference: 'small:1',
		base: base.tree,
		combined: combine(base.tree, application.files),
		baseConfig: base.config,
		config: applyLaunch(base.config, application.launch),
		...(current === undefined ? {} : { current: { reference: 'node:20', base: current.tree } }),
	});
	const application = await read();
	return checkFit(application, await findNeeds(application, kinds), standing(application), {
		kinds,
		reread: async (text) => {
			const edited = await read(text);
			return { application: edited, standing: standing(edited) };
		},
	});
}

/** What `git apply` makes of it. */
function applied(dockerfile: string, patch: string): string {
	const directory = mkdtempSync(join(tmpdir(), 'footing-fit-'));
	try {
		writeFileSync(join(directory, 'Dockerfile'), dockerfile);
		const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() };
		execFileSync('git', ['apply', '--whitespace=nowarn', '-p1', '-'], { cwd: directory, input: patch, env });
		return readFileSync(join(directory, 'Dockerfile'), 'utf8');
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

const probe =
	"require('http').get('http://localhost:3000/health', r => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))";
const probeArgv = `["/nodejs/bin/node", "-e", ${JSON.stringify(probe)}]`;

const mended: readonly (readonly [title: string, dockerfile: string, base: Base, after: string, files?: Record<string, DiskEntry>])[] = [
	[
		'only the base changes',
		'# shop\nFROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
		distroless,
		'# shop\nFROM small:1\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
	],
	[
		'shell form, comments and layout kept',
		'# syntax=docker/dockerfile:1\nARG  BASE=node:20\n\nFROM ${BASE}\nWORKDIR /app\nCOPY . .\n\n# start\nCMD   node \\\n   server.js\n# end\n',
		distroless,
		'# syntax=docker/dockerfile:1\nARG BASE=small:1\n\nFROM ${BASE}\nWORKDIR /app\nCOPY . .\n\n# start\nCMD ["server.js"]\n# end\n',
	],
	[
		'node before node',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["node", "--enable-source-maps", "server.js"]\n',
		distroless,
		'FROM small:1\nWORKDIR /app\nCOPY . .\nCMD ["--enable-source-maps", "server.js"]\n',
	],
	[
		'npm start',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD npm start\n',
		distroless,
		'FROM small:1\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
	],
	[
		'an entry script that only starts the program',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/entry.sh"]\nCMD ["server.js"]\n',
		distroless,
		'FROM small:1\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/nodejs/bin/node"]\nCMD ["server.js"]\n',
		{ 'entry.sh': { body: '#!/bin/sh\nset -eu\nexec node "$@"\n', mode: 0o755 } },
	],
	[
		'a health check with curl',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nHEALTHCHECK --interval=5s CMD curl -fsS http://localhost:3000/health || exit 1\nCMD ["server.js"]\n',
		distroless,
		`FROM small:1\nWORKDIR /app\nCOPY . .\nHEALTHCHECK --interval=5s CMD ${probeArgv}\nCMD ["server.js"]\n`,
	],
	[
		'a user by name',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["server.js"]\n',
		distroless,
		'FROM small:1\nWORKDIR /app\nCOPY . .\nUSER 1000:1000\nCMD ["server.js"]\n',
	],
	[
		'an owner by name',
		'FROM node:20\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\nCMD ["server.js"]\n',
		distroless,
		'FROM small:1\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nUSER 1000:1000\nCMD ["server.js"]\n',
	],
	[
		'a directory that is written by somebody who is not root',
		'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
		nonroot,
		'FROM small:1\nCOPY --chown=65532:65532 . /app/\nWORKDIR /app\nCMD ["server.js"]\n',
		{ 'server.js': "require('fs').writeFileSync('/app/data.json', '')\n" },
	],
	[
		'RUN goes into a builder, and what it brings to light is mended too',
		'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nUSER node\nENV A=1\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
		distroless,
		'FROM node:20 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n\nFROM small:1\nWORKDIR /app\nCOPY --from=build /app /app\nUSER 1000:1000\nENV A=1\nEXPOSE 3000\nCMD ["server.js"]\n',
		{ 'package-lock.json': '{"lockfileVersion":3,"packages":{"":{},"node_modules/x":{"version":"1"}}}' },
	],
	[
		'a stage name and a platform stay',
		'FROM --platform=linux/amd64 node:20 AS run\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
		distroless,
		'FROM --platform=linux/amd64 small:1 AS run\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n',
	],
	[
		'the builder of several stages stays where it is',
		'FROM node:20 AS build\nWORKDIR /src\nCOPY . .\n\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /src/server.js .\nCMD node server.js\n',
		distroless,
		'FROM node:20 AS build\nWORKDIR /src\nCOPY . .\n\nFROM small:1\nWORKDIR /app\nCOPY --from=build /src/server.js .\nCMD ["server.js"]\n',
	],
];
for (const [title, dockerfile, base, after, files] of mended)
	test(`the patch: ${title}`, async () => {
		const fit = await fitOf({ Dockerfile: dockerfile, ...files }, base);
		assert.equal(applied(dockerfile, fit.patch ?? ''), after);
		assert.equal(fit.answer, fit.changes.length === 0 ? 'runs' : 'runs-with-changes');
		// what the patch makes needs no patch
		assert.equal((await fitOf({ ...files, Dockerfile: after }, base)).answer, 'runs');
	});

const start = 'FROM node:20\nWORKDIR /app\nCOPY . .\n';
const answers: readonly (readonly [
	title: string,
	dockerfile: string,
	base: Base,
	answer: Fit['answer'],
	message: string | undefined,
	files?: Record<string, DiskEntry>,
])[] = [
	['everything is there', `${start}CMD ["server.js"]\n`, full, 'runs', undefined],
	[
		'no program',
		`${start}CMD ["server.js"]\n`,
		{ tree: rootfs({}), config: plain },
		'breaks',
		'exec: "server.js": executable file not found in $PATH',
	],
	['no main module', `${start}CMD ["node", "nope.js"]\n`, full, 'breaks', "Error: Cannot find module '/app/nope.js'"],
	[
		'shell form that does more than start',
		`${start}CMD node a.js && node server.js\n`,
		distroless,
		'breaks',
		"Error: Cannot find module '/bin/sh'",
	],
	['shell form with a variable', `${start}CMD node $MAIN\n`, distroless, 'breaks', "Error: Cannot find module '/bin/sh'"],
	[
		'an entry script that does more',
		`${start}ENTRYPOINT ["./entry.sh"]\nCMD ["server.js"]\n`,
		distroless,
		'breaks',
		'exec ./entry.sh: no such file or directory',
		{ 'entry.sh': { body: '#!/bin/sh\nnode migrate.js\nexec node "$@"\n', mode: 0o755 } },
	],
	[
		'a script that is not executable',
		`${start}ENTRYPOINT ["./entry.sh"]\n`,
		full,
		'breaks',
		'exec: "./entry.sh": permission denied',
		{ 'entry.sh': '#!/bin/sh\n' },
	],
	[
		'a build step that cannot be seen',
		`${start}RUN make\nCMD ["server.js"]\n`,
		{ ...full, tree: combine(full.tree, rootfs({ '/usr/bin/make': program })) },
		'unknown',
		undefined,
	],
	[
		'a program that the build installs',
		`${start}RUN apt-get update && apt-get install -y wget\nHEALTHCHECK CMD wget -q localhost || exit 1\nCMD ["server.js"]\n`,
		full,
		'runs',
		undefined,
	],
	['a module that the build makes', `${start}RUN npm run build\nCMD ["node", "dist/server.js"]\n`, full, 'unknown', undefined],
	[
		'RUN without a shell that makes system files',
		`${start}RUN apt-get install -y wget\nCMD ["server.js"]\n`,
		distroless,
		'breaks',
		'exec: "/bin/sh": stat /bin/sh: no such file or directory',
	],
	[
		'an unknown user',
		`${start}USER shop\nCMD ["server.js"]\n`,
		full,
		'runs-with-changes',
		'unable to find user shop: no matching entries in passwd file',
	],
	[
		'a user that the build makes',
		`${start}RUN useradd shop\nUSER shop\nCMD ["server.js"]\n`,
		{ ...full, tree: combine(full.tree, rootfs({ '/usr/sbin/useradd': program, '/usr/bin/useradd': program })) },
		'runs',
		undefined,
	],
	[
		'a number that no user can have',
		`${start}USER 99999999999\nCMD ["server.js"]\n`,
		full,
		'breaks',
		'uids and gids must be in range 0-2147483647',
	],
	[
		'a file beside the code, as root',
		`${start}CMD ["server.js"]\n`,
		full,
		'runs',
		undefined,
		{ 'server.js': "require('fs').writeFileSync('x', '')\n" },
	],
	[
		'a file in /tmp of somebody',
		`${start}CMD ["server.js"]\n`,
		nonroot,
		'runs',
		undefined,
		{ 'server.js': "require('fs').writeFileSync('/tmp/x', '')\n" },
	],
	[
		'a file where no directory is',
		`${start}CMD ["server.js"]\n`,
		distroless,
		'breaks',
		"ENOENT: no such file or directory, open '/data/x'",
		{ 'server.js': "require('fs').writeFileSync('/data/x', '')\n" },
	],
	['a health check that is switched off', `${start}HEALTHCHECK NONE\nCMD ["server.js"]\n`, distroless, 'runs', undefined],
];
for (const [title, dockerfile, base, answer, message, files] of answers)
	test(`fit: ${title}`, async () => {
		const fit = await fitOf({ Dockerfile: dockerfile, ...files }, base);
		const failing = fit.checks.find((check) => check.answer === 'fails' && check.need.certainty !== 'possible');
		assert.deepEqual(
			[fit.answer, failing?.message],
			[answer, message],
			JSON.stringify(fit.checks.map((c) => [c.need.what, c.answer, c.hint])),
		);
	});

test('without reading again nothing is promised', async () => {
	const application = await readApplicationDirectory(
		hostWithDisk({ 'app/Dockerfile': `${start}CMD node server.js\n`, 'app/server.js': '' }),
		'app',
	);
	const standing: Standing = {
		reference: 'small:1',
		base: distroless.tree,
		combined: combine(distroless.tree, application.files),
		baseConfig: distroless.config,
		config: applyLaunch(distroless.config, application.launch),
	};
	const fit = await checkFit(application, await findNeeds(application, kinds), standing, { kinds });
	assert.deepEqual([fit.answer, fit.patch], ['breaks', undefined]);
	assert.equal(fit.changes.length, 1);
});

test('a kind that is not registered proves nothing', async () => {
	const application = await readApplicationDirectory(
		hostWithDisk({ 'app/Dockerfile': `${start}CMD ["server.js"]\n`, 'app/server.js': '' }),
		'app',
	);
	const standing: Standing = { reference: 'a', base: full.tree, combined: full.tree, baseConfig: plain, config: plain };
	const need = { kind: 'nobody', what: 'x', certainty: 'required', because: [], data: undefined } as const;
	assert.equal((await checkFit(application, [need], standing, { kinds })).answer, 'unknown');
	assert.equal((await checkFit(application, [], standing, { kinds })).answer, 'unknown');
});
