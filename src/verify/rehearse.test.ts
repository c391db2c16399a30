import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, fakeEngine } from '../../test/support/fake-engine.ts';
import { program } from '../../test/support/program.ts';
import { dir, rootfs } from '../../test/support/rootfs.ts';
import type { Item, Surface } from '../model/surface.ts';
import { meansOf } from './means.ts';
import { type Move, marker, says, type Target } from './move.ts';
import { moves } from './moves/index.ts';
import { rehearse } from './rehearse.ts';

type Offer = Partial<Record<keyof Surface, readonly (readonly [name: string, path: string])[]>>;

/** An image with these programs, and nothing else that the surface counted. */
function target(offer: Offer, over: Partial<Target> = {}): Target {
	const names = ['shells', 'packageManagers', 'interpreters', 'compilers', 'setuid'] as const;
	const items = (key: keyof Surface): readonly Item[] =>
		(offer[key] ?? []).map(([name, path]) => ({ name, path, because: [{ path, shows: 'program' }] }));
	const surface = Object.fromEntries(names.map((key) => [key, { count: items(key).length, items: items(key) }])) as unknown as Surface;
	const files = Object.values(offer).flatMap((list) => list.map(([name, path]) => [path, program(name)]));
	const tree = rootfs({ ...Object.fromEntries(files), '/tmp/': dir({ mode: 0o1777 }), '/app/': dir({ mode: 0o755 }) });
	return {
		rootfs: tree,
		surface,
		config: { env: [{ name: 'PATH', value: '/usr/bin:/bin' }], workingDir: '/app' },
		user: { uid: 0, gids: [0] },
		means: meansOf(surface, tree),
		readOnly: false,
		privileges: true,
		...over,
	};
}

function predictions(of: Target, name: string): readonly string[] {
	const move = moves.find((one) => one.name === name) as Move;
	return move.attempts(of).map(({ what, predicted }) => `${what}: ${predicted}`);
}

const node = target({ interpreters: [['node', '/nodejs/bin/node']] });
const dash = target({ shells: [['dash', '/bin/dash']] });
const nobody = { user: { uid: 65532, gids: [65532] } };

const rows: readonly (readonly [title: string, target: Target, move: string, expected: readonly string[]])[] = [
	[
		'no shell but a runtime: the shell cannot be called back, the runtime can',
		node,
		'reverse-shell',
		[
			'a shell called back with /nodejs/bin/node: impossible',
			'/nodejs/bin/node itself, called back: possible',
			'nc -e /bin/sh: impossible',
		],
	],
	[
		'a shell under a path of its own is found, the usual names are not',
		target({ shells: [['bash', '/opt/x']] }),
		'shell',
		['/opt/x: possible', ...['sh', 'bash', 'ash', 'dash', 'zsh', 'busybox'].map((name) => `${name}: impossible`)],
	],
	[
		'root writes everywhere',
		dash,
		'write',
		['write to / with /bin/dash: possible', 'write to /tmp with /bin/dash: possible', 'write to /app with /bin/dash: possible'],
	],
	[
		'nobody writes to /tmp alone',
		{ ...dash, ...nobody },
		'write',
		['write to / with /bin/dash: impossible', 'write to /tmp with /bin/dash: possible', 'write to /app with /bin/dash: impossible'],
	],
	[
		'a read-only root file system',
		{ ...dash, readOnly: true },
		'write',
		['write to / with /bin/dash: impossible', 'write to /tmp with /bin/dash: unknown', 'write to /app with /bin/dash: impossible'],
	],
	['raw sockets for root', target({ interpreters: [['python', '/usr/bin/python3']] }), 'raw-socket', ['with /usr/bin/python3: possible']],
	[
		'raw sockets without privileges',
		target({ interpreters: [['python', '/usr/bin/python3']] }, { privileges: false }),
		'raw-socket',
		['with /usr/bin/python3: impossible'],
	],
	['nothing at all', target({}), 'credentials', ['cat /run/secrets/footing-rehearsal: impossible']],
	[
		'a package manager that BusyBox plays',
		target({ shells: [['busybox', '/bin/busybox']], packageManagers: [['dpkg', '/bin/busybox']] }),
		'package-manager',
		['/bin/busybox dpkg: possible', 'apt-get install -y netcat: impossible', 'apk add netcat-openbsd: impossible'],
	],
];

for (const [title, given, move, expected] of rows) test(`moves: ${title}`, () => assert.deepEqual(predictions(given, move), expected));

const say: Move = {
	name: 'shell',
	capability: 'run-commands',
	defence: 'none',
	attempts: () => [
		{ what: 'sh', predicted: 'impossible', because: 'not there', argv: ['sh', '-c', 'x'], harmless: true, succeeded: says(marker) },
	],
};
const stage = { image: 'app', flags: [], toolbox: { missing: 'none' } };
const missing = JSON.stringify({
	StartedAt: '0001-01-01T00:00:00Z',
	ExitCode: 127,
	Error: 'exec: "sh": executable file not found in $PATH: unknown',
});
const ended = JSON.stringify({ StartedAt: '2026-01-01T00:00:00Z', ExitCode: 0 });

async function observe(start: Answer, state: string) {
	const { workspace, asked } = fakeEngine(([command]) =>
		command === 'create' ? 'c1' : command === 'start' ? start : command === 'container' ? state : '',
	);
	return { ...(await rehearse(workspace, target({}), stage, { moves: [say] })), asked };
}

test('rehearsal: what the engine cannot find is impossible, in the engine’s own words, and the prediction was right', async () => {
	const { moves: told, agreement, remains, asked } = await observe({ exitCode: 127, stderr: 'docker: …' }, missing);
	assert.deepEqual([told[0]?.observed, told[0]?.evidence], ['impossible', 'exec: "sh": executable file not found in $PATH: unknown']);
	assert.deepEqual([agreement, remains], [{ answer: 'holds', agree: 1, differ: 0, unknown: 0 }, []]);
	assert.match(asked[0] ?? '', / --entrypoint sh -- app -c x$/);
});

test('rehearsal: a prediction that was wrong is told', async () => {
	const { agreement, remains } = await observe('footing-42\n', ended);
	assert.deepEqual([agreement.answer, agreement.differ], ['fails', 1]);
	assert.deepEqual(remains, [{ name: 'shell', capability: 'run-commands', ways: ['sh'], defence: 'none' }]);
});

test('rehearsal: an entry point that answers in the place of a shell proves nothing', async () => {
	const { moves: told } = await observe(
		{ exitCode: 1, stderr: "Cannot find module '/sh'" },
		JSON.stringify({ StartedAt: '2026-01-01T00:00:00Z', ExitCode: 1 }),
	);
	assert.equal(told[0]?.observed, 'impossible');
});

test('rehearsal: a container that the engine could not make says nothing of the image', async () => {
	const { workspace } = fakeEngine(() => ({ exitCode: 125, stderr: 'no space left on device' }));
	const { moves: told, agreement } = await rehearse(workspace, target({}), stage, { moves: [say] });
	assert.deepEqual([told[0]?.observed, agreement.answer], ['unknown', 'unknown']);
});

test('rehearsal: in a running container only what is harmless is tried', async () => {
	const { workspace, asked } = fakeEngine(() => ({ exitCode: 127, stderr: 'OCI runtime exec failed' }));
	await rehearse(workspace, node, { container: 'shop' });
	assert.ok(asked.every((line) => line.startsWith('exec --env ')));
	assert.deepEqual(
		asked.filter((line) => /install|writeFile|connect|http|\/run\/secrets/.test(line)),
		[],
	);
	assert.ok(asked.some((line) => line.endsWith('shop apt-get --version')));
});
