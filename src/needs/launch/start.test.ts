import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, file, link, rootfs } from '../../../test/support/rootfs.ts';
import type { ElfFacts } from '../../model/rootfs.ts';
import type { Course, Place } from './course.ts';
import { start } from './start.ts';

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
const script = (text: string): ReturnType<typeof file> => file(text, { mode: 0o755 });

/** As the official image has it. */
const nodeEntry = `#!/bin/sh
set -e

# Run command with node if the first argument contains a "-" or is not a system command. The last
# part inside the "{}" is a workaround for a bug in ash/dash.
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ] || { [ -f "\${1}" ] && ! [ -x "\${1}" ]; }; then
  set -- node "$@"
fi

exec "$@"
`;

const application = {
	'/app/server.js': '',
	'/app/main.py': '',
	'/app/package.json': '{"scripts":{"start":"node server.js","serve":"serve -s build","broken":"node nope.js"}}',
};
const debian = rootfs({
	...application,
	'/usr/bin/dash': program,
	'/bin/sh': link('/usr/bin/dash'),
	'/usr/bin/env': program,
	'/usr/bin/sleep': program,
	'/usr/bin/mkdir': program,
	'/usr/bin/id': program,
	'/usr/bin/dirname': program,
	'/usr/bin/basename': program,
	'/usr/bin/chown': program,
	'/usr/bin/tini': program,
	'/usr/bin/gosu': program,
	'/usr/bin/python3': program,
	'/usr/bin/postgres': program,
	'/usr/local/bin/node': program,
	'/usr/local/lib/node_modules/npm/bin/npm-cli.js': script('#!/usr/bin/env node\n'),
	'/usr/local/bin/npm': link('../lib/node_modules/npm/bin/npm-cli.js'),
	'/usr/local/bin/docker-entrypoint.sh': script(nodeEntry),
	'/etc/passwd': 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
	'/root/': dir({ mode: 0o700 }),
});
const distroless = rootfs({ ...application, '/nodejs/bin/node': program, '/app/entry.sh': script('#!/bin/sh\nexec node "$@"\n') });

const because = { path: 'Dockerfile', line: 3, shows: '' };
function place(tree: Place['rootfs'], env: Readonly<Record<string, string>> = {}, uid = 0): Place {
	const variables = { PATH: '/usr/local/bin:/usr/bin:/bin', ...env };
	return {
		rootfs: tree,
		env: Object.entries(variables).map(([name, value]) => ({ name, value })),
		workingDir: '/app',
		who: { uid, gids: [uid] },
		mayBeThere: (path) => path.startsWith('/app/dist'),
	};
}

/** `runs WORDS`, `fails MESSAGE`, `exits N`, `unknown WHY`; more for things passed over. */
function shown(course: Course): string {
	const { ending, stumbles, doubts, last } = course;
	const end =
		ending.kind === 'runs'
			? `runs ${last?.join(' ')}`
			: ending.kind === 'fails'
				? `fails ${ending.failure.message}`
				: ending.kind === 'exits'
					? `exits ${ending.status ?? '?'}`
					: `unknown ${ending.why}`;
	return [end, ...stumbles.map((s) => `stumbled: ${s.message}`), ...doubts.map((d) => `doubt: ${d}`)].join('; ');
}

const sh = (text: string): readonly string[] => ['sh', '-c', text];
const rows: readonly (readonly [
	title: string,
	tree: Place['rootfs'],
	argv: readonly string[],
	expected: readonly string[],
	env?: Record<string, string>,
	uid?: number,
])[] = [
	['the entry script puts node before a file', debian, ['docker-entrypoint.sh', 'server.js'], ['runs node server.js']],
	['the entry script leaves a program alone', debian, ['docker-entrypoint.sh', 'node', 'server.js'], ['runs node server.js']],
	['the entry script puts node before an option', debian, ['docker-entrypoint.sh', '-e', '1'], ['runs node -e 1']],
	['a main module that is not there', debian, ['docker-entrypoint.sh', 'nope.js'], ["fails Error: Cannot find module '/app/nope.js'"]],
	['one that may be there', debian, ['node', 'dist/main.js'], ['unknown /app/dist/main.js is not here']],
	['node before node', distroless, ['/nodejs/bin/node', 'node', 'server.js'], ["fails Error: Cannot find module '/app/node'"]],
	['node before a shell', distroless, ['/nodejs/bin/node', '/bin/sh', '-c', 'x'], ["fails Error: Cannot find module '/bin/sh'"]],
	['a module by its directory', debian, ['node', '.'], ["fails Error: Cannot find module '/app'"]],
	['preloaded', debian, ['node', '-r', './nope', 'server.js'], ["fails Error: Cannot find module './nope'"]],
	['an entry script without a shell', distroless, ['/app/entry.sh', 'x'], ['fails exec /app/entry.sh: no such file or directory']],
	['shell form', debian, sh('node server.js'), ['exits ?']],
	['shell form with exec', debian, sh('exec node server.js'), ['runs node server.js']],
	['a program that is not there', debian, sh('curl x'), ['fails sh: 1: curl: not found']],
	['… with another way', debian, sh('curl x || node server.js'), ['exits ?']],
	['… or the end', debian, sh('curl x || exit 1'), ['fails sh: 1: curl: not found']],
	['… in a condition', debian, sh('if curl x; then echo a; fi; exec node server.js'), ['runs node server.js']],
	['… passed over', debian, sh('curl x; exec node server.js'), ['runs node server.js; stumbled: sh: 1: curl: not found']],
	['… with set -e', debian, sh('set -e; curl x; exec node server.js'), ['fails sh: 1: curl: not found']],
	['exec of what is not there', debian, sh('exec curl'), ['fails sh: 1: exec: curl: not found']],
	[
		'variables of the image',
		debian,
		sh('exec ${RUNTIME:-python3} ${FILE}'),
		['runs node server.js'],
		{ RUNTIME: 'node', FILE: 'server.js' },
	],
	['a default', debian, sh('exec ${RUNTIME:-python3} main.py'), ['runs python3 main.py']],
	['a variable that must be given', debian, sh(': "${URL:?}"; exec node server.js "$URL"'), ['runs node server.js \u0000']],
	[
		'a condition that is not known',
		debian,
		sh('if node -e 1; then exec node server.js; fi; exec curl'),
		['runs node server.js', 'fails sh: 1: exec: curl: not found'],
	],
	[
		'case',
		debian,
		['sh', '-c', 'case "$1" in -*|serve) set -- node server.js "$@";; esac; exec "$@"', 'x', 'serve'],
		['runs node server.js serve'],
	],
	[
		'functions and loops',
		debian,
		sh('f() { exec "$@"; }; while [ $# -gt 0 ]; do shift; done; for x in server.js; do f node $x; done'),
		['runs node server.js'],
	],
	['tests of files', debian, sh('[ -f server.js ] && [ ! -e nope ] && exec node server.js'), ['runs node server.js']],
	['a subshell', debian, sh('(cd /nope; exit 3) || exec node server.js'), ['runs node server.js']],
	['a directory as argument', debian, sh('cd / && exec node app/server.js'), ['runs node app/server.js']],
	['substitutions', debian, sh('x=$(dirname /app/x/y); exec node "$(basename $x)/../server.js"'), ['runs node x/../server.js']],
	['switching the user', debian, sh('[ "$(id -u)" = 0 ] && exec gosu node node server.js; exec node server.js'), ['runs node server.js']],
	[
		'… to nobody known',
		debian,
		['gosu', 'app', 'node'],
		['fails error: failed switching to "app": unable to find user app: no matching entries in passwd file'],
	],
	['an init', debian, ['tini', '-g', '--', 'docker-entrypoint.sh', 'server.js'], ['runs node server.js']],
	['npm start', debian, ['npm', 'start'], ['exits ?']],
	['npm run of what is not installed', debian, ['npm', 'run', 'serve'], ['fails sh: 1: serve: not found']],
	['npm run of a module that is not there', debian, ['npm', 'run', 'broken'], ["fails Error: Cannot find module '/app/nope.js'"]],
	['npm without the script', debian, ['npm', 'run', 'x'], ['fails npm error Missing script: "x"']],
	['python', debian, ['python3', '-u', 'main.py'], ['runs python3 -u main.py']],
	[
		'python without the script',
		debian,
		['python3', 'x.py'],
		["fails python3: can't open file '/app/x.py': [Errno 2] No such file or directory"],
	],
	['dash has no pipefail', debian, sh('set -euo pipefail; exec node server.js'), ['fails sh: 1: set: Illegal option -o pipefail']],
	[
		'a directory that must not be written',
		debian,
		sh('set -e; mkdir -p /data/x; exec node server.js'),
		["fails mkdir: cannot create directory '/data/x': Permission denied"],
		{},
		1000,
	],
	['writing where it is allowed', debian, sh('set -e; echo a > /data; [ -f /data ] && exec node server.js'), ['runs node server.js']],
	[
		'writing where it is not',
		debian,
		sh('set -e; echo a > /data; exec node server.js'),
		['fails sh: 1: cannot create /data: Permission denied'],
		{},
		1000,
	],
	['syntax that is not understood', debian, sh('if'), ['unknown -c uses shell syntax that is not understood']],
	['a loop without end', debian, sh('while true; do :; done'), ['unknown a loop does not end within what is followed']],
	[
		'a pipeline into a loop',
		debian,
		sh('echo a | while read -r f; do . "$f"; done; exec node server.js'),
		['runs node server.js; doubt: a script is read in whose name is not known', 'runs node server.js'],
	],
];
for (const [title, tree, argv, expected, env, uid] of rows)
	test(`start: ${title}`, async () => {
		const courses = await start(argv, place(tree, env, uid), because);
		assert.deepEqual([...new Set(courses.map(shown))].sort(), [...expected].sort());
	});

test('a script that starts itself ends', async () => {
	const tree = rootfs({ '/bin/sh': program, '/a.sh': script('#!/bin/sh\n/a.sh & /a.sh\n') });
	const courses = await start(['/a.sh'], place(tree), because);
	assert.ok(courses.every((course) => course.ending.kind === 'unknown' || course.doubts.length > 0));
});
