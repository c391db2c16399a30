import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import type { ElfSpec } from '../../../test/support/elf.ts';
import { binary, glibc, glibcPath, musl, muslPath } from '../../../test/support/loaders.ts';
import { link } from '../../../test/support/rootfs.ts';
import { linking } from './linking.ts';

/** A runtime that offers Node-API, on glibc and on musl. */
const offers = ['napi_create_function', 'napi_module_register'];
const nodeOnGlibc: StandingSketch = {
	files: { ...glibc(36), '/usr/local/bin/node': binary({ interpreter: glibcPath, needed: ['libc.so.6'], defines: offers }) },
	config: { entrypoint: ['/usr/local/bin/node'] },
};
const alpine = { '/etc/alpine-release': '3.20.3\n' };
const nodeOnMusl: StandingSketch = {
	files: {
		...musl(),
		...alpine,
		'/usr/local/bin/node': binary({ interpreter: muslPath, needed: ['libc.musl-x86_64.so.1'], defines: offers }),
	},
	config: { entrypoint: ['/usr/local/bin/node'] },
};
const bunMark = 'Error: x is linked against glibc (DT_NEEDED ';
const bunOnMusl: StandingSketch = {
	files: {
		...musl(),
		...alpine,
		'/usr/local/bin/bun': {
			...binary({ interpreter: muslPath, defines: offers }),
			...marked({ interpreter: muslPath, defines: offers, tail: bunMark }),
		},
		'/usr/local/bin/node': link('bun'),
	},
	config: { entrypoint: ['/usr/local/bin/node'] },
};
const scratch: StandingSketch = {};

function nodeVersion(version: string): StandingSketch {
	const made = binary({ interpreter: glibcPath, needed: ['libc.so.6'], defines: offers });
	const node = made.elf === undefined ? made : { ...made, elf: { ...made.elf, captures: [{ name: 'node.js', text: version }] } };
	return { ...nodeOnGlibc, files: { ...nodeOnGlibc.files, '/usr/local/bin/node': node } };
}

function marked(spec: ElfSpec): ReturnType<typeof binary> {
	const made = binary(spec);
	return made.elf === undefined ? made : { ...made, elf: { ...made.elf, marks: ['bun-refuses-glibc'] } };
}

const start = 'required the loader and the libraries of the programs that are started';
const addon = (name: string): string => `a base on which the native addon ${name} can be loaded`;
const onGlibc: ElfSpec = {
	needed: ['libc.so.6'],
	versions: { 'libc.so.6': ['GLIBC_2.2.5'] },
	imports: ['puts@GLIBC_2.2.5', 'napi_create_function'],
};
const onMusl: ElfSpec = { needed: ['libc.musl-x86_64.so.1'], imports: ['puts', 'napi_create_function'] };

/** A package made by napi-rs: its own code tries one variant, which is a package of its own. */
const argon = (...variants: readonly ('gnu' | 'musl')[]): ApplicationSketch => ({
	command: ['server.js'],
	files: {
		'/app/server.js': "const argon = require('argon')",
		'/app/node_modules/argon/package.json': JSON.stringify({
			main: 'index.js',
			optionalDependencies: { 'argon-linux-x64-gnu': '1', 'argon-linux-x64-musl': '1' },
		}),
		'/app/node_modules/argon/index.js': "throw new Error('Failed to load native binding')",
		...Object.fromEntries(
			variants.flatMap((variant) => [
				[`/app/node_modules/argon-linux-x64-${variant}/package.json`, JSON.stringify({ main: `argon.linux-x64-${variant}.node` })],
				[`/app/node_modules/argon-linux-x64-${variant}/argon.linux-x64-${variant}.node`, binary(variant === 'gnu' ? onGlibc : onMusl)],
			]),
		),
	},
});

/** A package that node-gyp-build chooses for. */
const bcrypt = (names: readonly (readonly [file: string, spec: ElfSpec])[]): ApplicationSketch => ({
	command: ['server.js'],
	files: {
		'/app/server.js': "require('bcrypt')",
		'/app/node_modules/bcrypt/package.json': '{"main":"bcrypt.js"}',
		'/app/node_modules/bcrypt/bcrypt.js': "module.exports = require('node-gyp-build')(__dirname)",
		...Object.fromEntries(names.map(([file, spec]) => [`/app/node_modules/bcrypt/${file}`, binary(spec)])),
	},
});

const own = (spec: ElfSpec): ApplicationSketch => ({
	command: ['server.js'],
	files: { '/app/server.js': "require('./x.node')", '/app/x.node': binary(spec) },
});

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	['a program of the base', { command: ['server.js'] }, nodeOnGlibc, [`${start}: holds`]],
	['nothing is started', { command: ['server.js'] }, scratch, [`${start}: unknown`]],
	[
		'a program of the application, on glibc',
		{ entrypoint: ['/app/run'], files: { '/app/run': binary({ interpreter: glibcPath, needed: ['libc.so.6'] }) } },
		{ files: glibc(36) },
		[`${start}: holds`],
	],
	[
		'a program of the application, without a loader',
		{ entrypoint: ['/app/run'], files: { '/app/run': binary({ interpreter: glibcPath, needed: ['libc.so.6'] }) } },
		scratch,
		[`${start}: fails (exec /app/run: no such file or directory)`],
	],
	[
		'a static program',
		{ entrypoint: ['/app/run'], files: { '/app/run': binary({ type: 'executable', dynamic: false }) } },
		scratch,
		[`${start}: holds`],
	],
	[
		'a library that may be installed by what was not seen',
		{
			entrypoint: ['/app/run'],
			files: { '/app/run': binary({ interpreter: glibcPath, needed: ['libx.so.1'] }) },
			unseen: [{ code: 'unseen-run', where: '/', message: 'line 3: apt-get install libx1' }],
		},
		{ files: glibc(36) },
		[`${start}: unknown`],
	],
	[
		'an addon with a variant for both, on glibc',
		argon('gnu', 'musl'),
		nodeOnGlibc,
		[`${start}: holds`, `required ${addon('argon')}: holds`],
	],
	['an addon with a variant for both, on musl', argon('gnu', 'musl'), nodeOnMusl, [`${start}: holds`, `required ${addon('argon')}: holds`]],
	['the variant for glibc alone, on glibc', argon('gnu'), nodeOnGlibc, [`${start}: holds`, `required ${addon('argon')}: holds`]],
	[
		'the variant for glibc alone, on musl',
		argon('gnu'),
		nodeOnMusl,
		[`${start}: holds`, `required ${addon('argon')}: fails (Failed to load native binding)`],
	],
	[
		'the variant for musl alone, on glibc',
		argon('musl'),
		nodeOnGlibc,
		[`${start}: holds`, `required ${addon('argon')}: fails (Failed to load native binding)`],
	],
	[
		'node-gyp-build takes the variant of the libc',
		bcrypt([
			['prebuilds/linux-x64/bcrypt.glibc.node', onGlibc],
			['prebuilds/linux-x64/bcrypt.musl.node', onMusl],
			['prebuilds/linux-arm64/bcrypt.glibc.node', { ...onGlibc, machine: 183 }],
		]),
		nodeOnMusl,
		[`${start}: holds`, `required ${addon('bcrypt')}: holds`],
	],
	[
		'node-gyp-build prefers what was built on the spot',
		bcrypt([
			['build/Release/bcrypt.node', { ...onGlibc, needed: ['libgone.so.1'] }],
			['prebuilds/linux-x64/bcrypt.node', onGlibc],
		]),
		nodeOnGlibc,
		[`${start}: holds`, `required ${addon('bcrypt')}: fails (libgone.so.1: cannot open shared object file: No such file or directory)`],
	],
	['its own addon', own(onGlibc), nodeOnGlibc, [`${start}: holds`, `required ${addon('/app/x.node')}: holds`]],
	[
		'its own addon for glibc whose symbols musl has',
		own(onGlibc),
		nodeOnMusl,
		[`${start}: holds`, `required ${addon('/app/x.node')}: holds`],
	],
	[
		'its own addon with a function that only glibc has',
		own({ ...onGlibc, imports: ['puts@GLIBC_2.2.5', '__memcpy_chk'] }),
		nodeOnMusl,
		[
			`${start}: holds`,
			`required ${addon('/app/x.node')}: fails (Segmentation fault (exit code 139) when __memcpy_chk is called: /app/x.node was opened without it)`,
		],
	],
	[
		'an addon of glibc on a Bun that looks',
		own(onGlibc),
		bunOnMusl,
		[
			`${start}: holds`,
			`required ${addon('/app/x.node')}: fails (/app/x.node is linked against glibc (DT_NEEDED libc.so.6), but this Bun build uses musl.)`,
		],
	],
	[
		'an addon that needs no library on a Bun that looks',
		own({ imports: ['napi_create_function'] }),
		bunOnMusl,
		[`${start}: holds`, `required ${addon('/app/x.node')}: holds`],
	],
	[
		'an addon with a substitute in JavaScript does not decide',
		{
			command: ['server.js'],
			files: {
				'/app/server.js': "require('bufferutil')",
				'/app/node_modules/bufferutil/index.js':
					"try { module.exports = require('node-gyp-build')(__dirname) } catch (e) { module.exports = require('./fallback') }",
				'/app/node_modules/bufferutil/fallback.js': '',
				'/app/node_modules/bufferutil/prebuilds/linux-x64/bufferutil.node': binary({ needed: ['libgone.so.1'] }),
			},
		},
		nodeOnGlibc,
		[`${start}: holds`, `possible ${addon('bufferutil')}: fails (libgone.so.1: cannot open shared object file: No such file or directory)`],
	],
	[
		'an addon that nothing loads does not decide',
		{
			command: ['server.js'],
			files: { '/app/server.js': '', '/app/node_modules/unused/build/Release/unused.node': binary(onMusl) },
		},
		nodeOnGlibc,
		[
			`${start}: holds`,
			`possible ${addon('unused')}: fails (libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory)`,
		],
	],
	[
		'addons for other systems are left aside',
		{
			command: ['server.js'],
			files: { '/app/server.js': '', '/app/node_modules/unused/prebuilds/android-arm64/unused.node': binary({ machine: 183 }) },
		},
		nodeOnGlibc,
		[`${start}: holds`],
	],
	[
		'an addon for a newer Node-API than the runtime has',
		own({ ...onGlibc, defines: ['node_api_module_get_api_version_v1'], code: 'b80a000000c3' }),
		nodeVersion('20.20.2'),
		[
			`${start}: holds`,
			`required ${addon('/app/x.node')}: fails (/app/x.node requires Node-API version 10, but this version of Node.js only supports version 9 add-ons.)`,
		],
	],
	[
		'an addon for the Node-API that the runtime has',
		own({ ...onGlibc, defines: ['node_api_module_get_api_version_v1'], code: 'b80a000000c3' }),
		nodeVersion('24.1.0'),
		[`${start}: holds`, `required ${addon('/app/x.node')}: holds`],
	],
	[
		'prebuilt for other module versions',
		bcrypt([
			['prebuilds/linux-x64/bcrypt.abi137.glibc.node', onGlibc],
			['prebuilds/linux-x64/bcrypt.abi147.glibc.node', onGlibc],
		]),
		nodeVersion('20.20.2'),
		[`${start}: holds`, `required ${addon('bcrypt')}: fails (No native build was found for platform=linux)`],
	],
	[
		'no variant for Linux was installed',
		{
			command: ['server.js'],
			files: {
				'/app/server.js': "require('argon')",
				'/app/node_modules/argon/package.json': JSON.stringify({
					optionalDependencies: { 'argon-linux-x64-gnu': '1', 'argon-linux-x64-musl': '1', 'argon-darwin-arm64': '1' },
				}),
				'/app/node_modules/argon/index.js': "throw new Error('Cannot find native binding. Try npm i again')",
				'/app/node_modules/argon-darwin-arm64/argon.darwin-arm64.node': 'Mach-O',
			},
		},
		nodeOnGlibc,
		[`${start}: holds`, `required ${addon('argon')}: fails (Cannot find native binding)`],
	],
	[
		'an addon that was never compiled',
		{
			command: ['server.js'],
			files: {
				'/app/server.js': "require('pty')",
				'/app/node_modules/pty/package.json': '{}',
				'/app/node_modules/pty/binding.gyp': '{}',
				'/app/node_modules/pty/index.js': "require('./build/Release/pty.node')",
			},
		},
		nodeOnGlibc,
		[`${start}: holds`, `likely ${addon('pty')}: fails (Cannot find module)`],
	],
	[
		'a large addon with one function that is missing when it is called',
		own({ ...onGlibc, imports: [...Array.from({ length: 12 }, () => 'puts'), '__snprintf_chk'] }),
		nodeOnMusl,
		[
			`${start}: holds`,
			`required ${addon('/app/x.node')}: unknown (Segmentation fault (exit code 139) when __snprintf_chk is called: /app/x.node was opened without it)`,
		],
	],
	[
		'a program that the source starts',
		{
			command: ['server.js'],
			files: {
				'/app/server.js': "require('child_process').spawnSync('./bin/tool', [])",
				'/app/bin/tool': binary({ interpreter: muslPath, needed: ['libc.so'] }),
			},
		},
		nodeOnGlibc,
		[
			`${start}: holds`,
			'required a base on which the program /app/bin/tool can be loaded: fails (exec /app/bin/tool: no such file or directory)',
		],
	],
	[
		'the program of the health check',
		{
			command: ['server.js'],
			healthcheck: ['/app/probe'],
			files: { '/app/probe': binary({ interpreter: glibcPath, versions: { 'libc.so.6': ['GLIBC_2.99'] }, needed: ['libc.so.6'] }) },
		},
		nodeOnGlibc,
		[
			`${start}: holds`,
			"required the loader and the libraries of the programs of the health check: fails (/app/probe: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found (required by /app/probe))",
			"possible a base on which the program /app/probe can be loaded: fails (/app/probe: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found (required by /app/probe))",
		],
	],
];
for (const [title, sketch, base, expected] of rows)
	test(`linking: ${title}`, async () => assert.deepEqual(lines(await checksOf(linking, application(sketch), base)), expected));

const needsCxx = { interpreter: glibcPath, needed: ['libstdc++.so.6', 'libc.so.6'] };
const today = {
	...glibc(36),
	'/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30': binary({ soname: 'libstdc++.so.6', needed: ['libgcc_s.so.1'] }),
	'/usr/lib/x86_64-linux-gnu/libstdc++.so.6': link('libstdc++.so.6.0.30'),
	'/usr/lib/x86_64-linux-gnu/libgcc_s.so.1': binary({ soname: 'libgcc_s.so.1' }),
};
const changes: readonly (readonly [title: string, current: StandingSketch['current'], expected: readonly string[]])[] = [
	[
		'what is missing is copied, with what it needs itself',
		today,
		['COPY --from=today:1 /usr/lib/x86_64-linux-gnu/libgcc_s.so.1 /usr/lib/x86_64-linux-gnu/libstdc++.so.6 /usr/lib/x86_64-linux-gnu/'],
	],
	['the base of today does not have it either', { ...today, '/usr/lib/x86_64-linux-gnu/libgcc_s.so.1': 'text' }, []],
	[
		'the library of today wants a newer libc',
		{
			...today,
			'/usr/lib/x86_64-linux-gnu/libgcc_s.so.1': binary({ needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.40'] } }),
		},
		[],
	],
	['the base of today has another loader', { ...musl(), '/usr/lib/libstdc++.so.6': binary({}) }, []],
	['the base of today is not at hand', undefined, []],
];
for (const [title, current, expected] of changes)
	test(`linking: ${title}`, async () => {
		const app = {
			...application({ entrypoint: ['/app/run'], files: { '/app/run': binary(needsCxx) } }),
			dockerfile: { path: 'Dockerfile', text: 'FROM a AS b\nRUN x\nFROM \\\n  c\nCOPY run /app/\n' },
		};
		const [check] = await checksOf(linking, app, { files: glibc(36), ...(current === undefined ? {} : { current }) });
		assert.equal(check?.answer, 'fails');
		const edits = check?.changes?.flatMap((change) => change.edits ?? []) ?? [];
		assert.deepEqual(
			edits.map(({ text }) => text),
			expected,
		);
		for (const edit of edits) assert.deepEqual([edit.kind, edit.line], ['insert-after', 4]);
	});
