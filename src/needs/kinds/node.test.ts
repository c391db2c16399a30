import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApplicationSketch, application, checksOf, lines, type StandingSketch } from '../../../test/support/application.ts';
import { elf } from '../../../test/support/elf-facts.ts';
import { file, link } from '../../../test/support/rootfs.ts';
import { node } from './node.ts';

/** A base with Node.js at /usr/local/bin/node, its version in the bytes. */
function nodeBase(version: string, abi: string, more: { readonly defined?: readonly string[] } = {}): StandingSketch {
	const captures = [
		{ name: 'node.js', text: version },
		{ name: 'node-module-version', text: abi },
	];
	return { files: { '/usr/local/bin/node': elf({ marks: ['node.js'], captures, ...more }) }, config: { entrypoint: ['node'] } };
}
const node20 = nodeBase('20.20.2', '115');
const node26 = nodeBase('26.0.0', '147');
const bun: StandingSketch = {
	files: {
		'/usr/local/bin/bun': elf({
			marks: ['bun'],
			captures: [
				{ name: 'bun', text: '1.4.5' },
				{ name: 'bun-node', text: '26.3.0' },
			],
		}),
		'/usr/local/bin/node': link('bun'),
	},
};
const debianNode: StandingSketch = {
	files: {
		'/usr/bin/node': elf({ needed: ['libnode.so.108'] }),
		'/usr/lib/x86_64-linux-gnu/libnode.so.108': elf({
			captures: [
				{ name: 'node.js', text: '18.20.4' },
				{ name: 'node-module-version', text: '108' },
			],
		}),
	},
};

const runtime = 'required a runtime of JavaScript (Node.js): holds';
const plain: ApplicationSketch = { command: ['server.js'], files: { '/app/server.js': '' } };
const main = (text: string): ApplicationSketch => ({ ...plain, files: { '/app/server.js': text } });
const withAddon = (addon: ReturnType<typeof elf>): ApplicationSketch => ({
	command: ['node', 'server.js'],
	files: {
		'/app/server.js': "require('better')",
		'/app/node_modules/better/package.json': '{"main":"index.js"}',
		'/app/node_modules/better/index.js': "require('bindings')('better.node')",
		'/app/node_modules/better/build/Release/better.node': addon,
		'/app/node_modules/bindings/index.js': '',
	},
});

const rows: readonly (readonly [title: string, application: ApplicationSketch, base: StandingSketch, expected: readonly string[]])[] = [
	['JavaScript on Node.js', plain, node20, [runtime]],
	['JavaScript without a runtime', plain, { files: { '/bin/sh': elf() } }, ['required a runtime of JavaScript (Node.js): fails']],
	['JavaScript on Bun', { ...plain, command: ['node', 'server.js'] }, bun, [runtime]],
	['no JavaScript', { command: ['/app/run'], files: { '/app/run': elf() } }, node20, []],
	[
		'a start script of the shell',
		{
			entrypoint: ['/app/entry.sh'],
			command: ['server.js'],
			files: { '/app/entry.sh': file('#!/bin/sh\nexec node "$@"', { mode: 0o755 }), '/app/server.js': '' },
		},
		node20,
		[runtime],
	],
	[
		'npm start',
		{
			command: ['npm', 'start'],
			files: { '/app/package.json': '{"scripts":{"start":"NODE_ENV=production node dist/main"}}', '/app/dist/main.js': "require('./no')" },
		},
		node20,
		[runtime, "required the module ./no: fails (Cannot find module './no')"],
	],
	[
		'engines of the application and of a package',
		{
			command: ['node', '.'],
			files: {
				'/app/package.json': '{"name":"a","engines":{"node":">=22"},"main":"m.js"}',
				'/app/m.js': "require('b')",
				'/app/node_modules/b/package.json': '{"name":"b","engines":{"node":"^24.1.0"}}',
				'/app/node_modules/b/index.js': '',
			},
		},
		node20,
		[runtime, 'likely Node.js >=22, as a asks: fails', 'possible Node.js ^24.1.0, as b asks: fails'],
	],
	[
		'an addon for the same Node.js',
		withAddon(elf({ defined: ['node_register_module_v115'] })),
		node20,
		[runtime, 'required NODE_MODULE_VERSION 115 for the addon better.node: holds'],
	],
	[
		'an addon for another Node.js',
		withAddon(elf({ defined: ['node_register_module_v115'] })),
		node26,
		[
			runtime,
			"required NODE_MODULE_VERSION 115 for the addon better.node: fails (The module '/app/node_modules/better/build/Release/better.node' was compiled against a different Node.js version using NODE_MODULE_VERSION 115. This version of Node.js requires NODE_MODULE_VERSION 147.)",
		],
	],
	[
		'an addon that does not say for which',
		withAddon(elf({ wanted: ['node_module_register', '_ZN2v87Isolate10GetCurrentEv'] })),
		node26,
		[runtime, 'required the V8 interface that the addon better.node was built for: unknown'],
	],
	[
		'an addon of the same module version on Bun',
		withAddon(elf({ defined: ['node_register_module_v147'] })),
		bun,
		[runtime, 'required NODE_MODULE_VERSION 147 for the addon better.node: unknown'],
	],
	[
		'a Node-API addon',
		withAddon(elf({ defined: ['napi_register_module_v1'], wanted: ['napi_create_function'] })),
		node26,
		[runtime, 'required Node-API for the addon better.node: holds'],
	],
	[
		'a Node-API addon that wants a newer one',
		withAddon(elf({ defined: ['napi_register_module_v1'], wanted: ['napi_create_function', 'node_api_new'] })),
		nodeBase('20.0.0', '115', { defined: ['napi_create_function'] }),
		[
			runtime,
			'required Node-API for the addon better.node: fails (/app/node_modules/better/build/Release/better.node: undefined symbol: node_api_new)',
		],
	],
	[
		'Node.js of a distribution',
		withAddon(elf({ defined: ['node_register_module_v108'] })),
		debianNode,
		[runtime, 'required NODE_MODULE_VERSION 108 for the addon better.node: holds'],
	],
	[
		'an addon that nothing loads',
		{
			...plain,
			files: { '/app/server.js': '', '/app/node_modules/x/build/Release/x.node': elf({ defined: ['node_register_module_v115'] }) },
		},
		node26,
		[
			runtime,
			"possible NODE_MODULE_VERSION 115 for the addon x.node: fails (The module '/app/node_modules/x/build/Release/x.node' was compiled against a different Node.js version using NODE_MODULE_VERSION 115. This version of Node.js requires NODE_MODULE_VERSION 147.)",
		],
	],
	[
		'a module of newer versions',
		{ ...plain, files: { '/app/server.js': "import { DatabaseSync } from 'node:sqlite'" } },
		node20,
		[runtime, 'required Node.js 22.13.0 or newer, for the module node:sqlite: fails (No such built-in module: node:sqlite)'],
	],
	[
		'functions that came and went',
		{ ...plain, files: { '/app/server.js': "const c = require('crypto'); c.createCipher('x', 'y'); c.hash('x')" } },
		node26,
		[
			runtime,
			'required Node.js below 22.0.0, for crypto.createCipher: fails (crypto.createCipher is not a function)',
			'required Node.js 20.12.0 or newer, for crypto.hash: holds',
		],
	],
	[
		'the later language',
		main('const { promise } = Promise.withResolvers(); const p = new URLPattern({}); RegExp.escape("a")'),
		node20,
		[
			runtime,
			'required Node.js 22.0.0 or newer, for Promise.withResolvers: fails (Promise.withResolvers is not a function)',
			'required Node.js 24.0.0 or newer, for URLPattern: fails (URLPattern is not defined)',
			'required Node.js 24.0.0 or newer, for RegExp.escape: fails (RegExp.escape is not a function)',
		],
	],
	[
		'asked about first',
		main('if (!Promise.try) Promise.try = (f) => f(); Promise.try(() => {})'),
		node20,
		[runtime, 'likely Node.js 23.0.0 or newer, for Promise.try: fails (Promise.try is not a function)'],
	],
	[
		'filled in',
		main("import 'core-js/actual'; Promise.try(() => {})"),
		node20,
		[
			runtime,
			'likely Node.js 23.0.0 or newer, for Promise.try: fails (Promise.try is not a function)',
			"likely the module core-js/actual: fails (Cannot find module 'core-js/actual')",
		],
	],
	[
		'names of its own',
		main(
			'class URLPattern {}; const File = class {}; function f(WebSocket) { new WebSocket() } new URLPattern(); new File(); my.Promise.try()',
		),
		node20,
		[runtime],
	],
	[
		'using, and using',
		main('a.using = 2\n{ using file = open() }'),
		node20,
		[runtime, 'required Node.js 24.0.0 or newer, for using: fails (SyntaxError: Unexpected identifier)'],
	],
	[
		'the directory of a module',
		main('import.meta.dirname; import.meta.main'),
		node20,
		[
			runtime,
			'likely Node.js 20.11.0 or newer, for import.meta.dirname: holds',
			'likely Node.js 24.2.0 or newer, for import.meta.main: fails (import.meta.main is undefined)',
		],
	],
	[
		'assert of import',
		{ ...plain, files: { '/app/server.js': "import d from './d.json' assert { type: 'json' }", '/app/d.json': '{}' } },
		node26,
		[runtime, "required Node.js below 22.0.0, for import … assert { type: 'json' }: fails (SyntaxError: Unexpected identifier 'assert')"],
	],
	[
		'TypeScript without a compiler',
		{ command: ['server.ts'], files: { '/app/server.ts': 'const a: string = "x"' } },
		node20,
		[runtime, 'required Node.js ^22.18.0 || >=23.6.0, which takes TypeScript: fails (SyntaxError)'],
	],
	[
		'TypeScript as a module',
		{ command: ['server.ts'], files: { '/app/server.ts': '', '/app/package.json': '{"type":"module"}' } },
		node20,
		[runtime, 'required Node.js ^22.18.0 || >=23.6.0, which takes TypeScript: fails (Unknown file extension ".ts" for /app/server.ts)'],
	],
	[
		'TypeScript without types',
		{ command: ['server.ts'], files: { '/app/server.ts': 'run()' } },
		node20,
		[runtime, 'likely Node.js ^22.18.0 || >=23.6.0, which takes TypeScript: fails (SyntaxError)'],
	],
	[
		'TypeScript with the flag',
		{ command: ['node', '--experimental-strip-types', 'server.ts'], files: { '/app/server.ts': 'interface A {}' } },
		node26,
		[runtime, 'required Node.js >=22.6.0, which takes TypeScript: holds'],
	],
	[
		'TypeScript on Bun',
		{ command: ['bun', 'server.ts'], files: { '/app/server.ts': 'type A = 1' } },
		bun,
		[runtime, 'required Node.js ^22.18.0 || >=23.6.0, which takes TypeScript: holds'],
	],
	[
		'TypeScript through a loader',
		{ command: ['node', '--import', 'tsx', 'server.ts'], files: { '/app/server.ts': 'type A = 1' } },
		node20,
		[runtime],
	],
	[
		'the release line of today',
		{ ...plain, base: 'node:22-slim' },
		node20,
		[runtime, 'likely Node.js 22 or newer, as in node:22-slim: fails'],
	],
	[
		'a package that the lock file promises',
		{
			...plain,
			files: { '/app/server.js': "require('express/lib/router'); require('@scope/name')" },
			unseen: [
				{ code: 'plain-node-modules', where: '/app/node_modules', message: 'npm ci installs packages', brings: ['express', '@scope/name'] },
			],
		},
		node20,
		[runtime],
	],
	[
		'a package that an install brings which was not seen',
		{
			...plain,
			files: { '/app/server.js': "require('express'); require('./gone')" },
			unseen: [{ code: 'plain-node-modules', where: '/app/node_modules', message: 'npm ci installs packages' }],
		},
		node20,
		[runtime, 'likely the module express: unknown', "required the module ./gone: fails (Cannot find module './gone')"],
	],
];
for (const [title, sketch, base, expected] of rows)
	test(`node: ${title}`, async () => assert.deepEqual(lines(await checksOf(node, application(sketch), base)), expected));
