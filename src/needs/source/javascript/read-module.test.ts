import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../fact.ts';
import { readModule } from './read-module.ts';

function told({ kind, ...rest }: Action): string {
	if ('command' in rest && rest.command) return `${rest.shell} -c ${rest.command.text}${rest.command.whole ? '' : '…'}`;
	if ('shell' in rest) return `${rest.shell} -c …`;
	if ('program' in rest) return [rest.program, ...rest.arguments.map((a) => (a.whole ? a.text : `${a.text}…`))].join(' ');
	return `${kind} ${Object.values(rest).join(' ')}`;
}

const rows: readonly (readonly [title: string, source: string, expected: readonly string[]])[] = [
	['exec is a shell', "const { exec } = require('node:child_process'); exec('ls | wc')", ['required /bin/sh -c ls | wc']],
	['the exec of a regular expression is not', 'const m = /a/.exec("x"); exec("y")', []],
	['text and comments are not calls', `const cp = require('child_process'); // cp.exec('a')\nlog("cp.exec('b')", \`cp.exec('c')\`)`, []],
	['a program and its arguments', "import { execFile as run } from 'child_process'; run('git', ['log', x], cb)", ['required git log …']],
	['the module by its name', "import * as cp from 'node:child_process'; cp.spawnSync('tar')", ['required tar']],
	['the module without a name', "require('child_process').execSync('id')", ['required /bin/sh -c id']],
	['spawn in a shell', "require('child_process').spawn('ls *', { shell: true })", ['required /bin/sh -c ls *']],
	['spawn in a certain shell', "require('child_process').spawn('x', [], { shell: '/bin/bash' })", ['required /bin/bash -c x …']],
	[
		'promisify',
		"const { promisify } = require('util'); const cp = require('child_process'); const run = promisify(cp.exec); run('a b')",
		['required /bin/sh -c a b'],
	],
	[
		'as TypeScript compiles it',
		'const child_process_1 = __importStar(require("child_process")); (0, child_process_1.exec)("date")',
		['required /bin/sh -c date'],
	],
	[
		'as esbuild bundles it',
		'var import_node_child_process = __toESM(require("node:child_process"), 1); (0, import_node_child_process.execFile)("git")',
		['required git'],
	],
	['TypeScript', "import cp from 'child_process'; const run: typeof cp.exec = cp.exec; run('x' as string)", ['required /bin/sh -c x']],
	['await import', "const { exec } = await import('node:child_process'); exec('x')", ['required /bin/sh -c x']],
	['a command that goes on', "const cp = require('child_process'); cp.exec(`git log ${ref}`)", ['required /bin/sh -c git log …']],
	[
		'a command put together',
		"const cp = require('child_process'); const TOOL = 'convert'; cp.exec(TOOL + ' a b')",
		['required /bin/sh -c convert a b'],
	],
	['a command that is not known', "const cp = require('child_process'); cp.exec(command)", ['required /bin/sh -c …']],
	['a program that is not known', "const cp = require('child_process'); cp.spawn(process.execPath, ['x'])", []],
	[
		'a program from the environment or a default',
		"const cp = require('child_process'); cp.spawn(process.env.GIT || 'git')",
		['likely git'],
	],
	['inside try', "const cp = require('child_process'); try { cp.execSync('git') } catch {}", ['likely /bin/sh -c git']],
	['a promise whose failure is caught', "const { execa } = require('execa'); execa('git').catch(() => {})", ['likely git']],
	[
		'under a condition',
		"const cp = require('child_process'); if (x) { cp.spawn('a') } else cp.spawn('b')\ncp.spawn('c')",
		['likely a', 'likely b', 'required c'],
	],
	['behind &&', "const cp = require('child_process'); x && cp.spawn('a')", ['likely a']],
	[
		'in a conditional',
		"const cp = require('child_process'); const y = x ? cp.spawnSync('a') : 1\ncp.spawn('b')",
		['likely a', 'required b'],
	],
	['without semicolons', "const cp = require('child_process')\nif (x) y()\ncp.spawn('a')", ['required a']],
	[
		'on another platform',
		"const cp = require('child_process'); if (process.platform === 'win32') { cp.exec('dir') }",
		['possible /bin/sh -c dir'],
	],
	[
		'anywhere but on another platform',
		"const cp = require('child_process'); if (process.platform !== 'win32') cp.exec('ls')",
		['required /bin/sh -c ls'],
	],
	[
		'an own function of the same name',
		'const { exec } = require("child_process"); class A { exec(a) { return 1 } }; function exec(b) {}',
		[],
	],
	['a file', "const fs = require('fs'); fs.readFileSync('/etc/mime.types')", ['required file /etc/mime.types']],
	[
		'files of promises',
		"import { readFile } from 'node:fs/promises'; import fs from 'fs'; readFile('/a'); fs.promises.readFile('/b')",
		['required file /a', 'required file /b'],
	],
	['a relative file is the application’s own', "require('fs').readFileSync('./x'); require('fs').readFileSync(__dirname + '/x')", []],
	[
		'a path put together',
		"const path = require('path'); require('fs').readFileSync(path.join('/usr/share', 'dict', 'words'))",
		['required file /usr/share/dict/words'],
	],
	[
		'a file that is asked about first',
		"const fs = require('fs'); if (fs.existsSync('/etc/x')) fs.readFileSync('/etc/x')",
		['possible file /etc/x'],
	],
	['Bun', "Bun.spawn(['git', 'log']); Bun.file('/etc/a')", ['required git log', 'required file /etc/a']],
];
for (const [title, source, expected] of rows)
	test(`JavaScript calls: ${title}`, () => {
		assert.deepEqual(
			readModule(source).actions.map(({ action, certainty }) => `${certainty} ${told(action)}`),
			expected,
		);
	});

test('JavaScript imports: every form, with the way it is loaded', () => {
	const source = `import a from './a'
import './b'
import type { T } from './types'
export * from './c'
const d = require('./d')
async function f() { await import('./e'); try { require('./f') } catch {} }
new Worker(new URL('./g.js', import.meta.url))
import { Worker } from 'node:worker_threads'
import h, { i } from './h'
// require('./no')`;
	assert.deepEqual(
		readModule(source).imports.map((i) => `${i.line} ${i.specifier} ${i.certainty}${i.lazy ? ' lazy' : ''}${i.esm ? ' esm' : ''}`),
		[
			'1 ./a required esm',
			'2 ./b required esm',
			'4 ./c required esm',
			'5 ./d required',
			'6 ./e required lazy esm',
			'6 ./f likely lazy',
			'7 ./g.js required esm',
			'8 node:worker_threads required esm',
			'9 ./h required esm',
		],
	);
});
