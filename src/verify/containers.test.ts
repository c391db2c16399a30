import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, fakeEngine } from '../../test/support/fake-engine.ts';
import { createArguments, runToEnd } from './containers.ts';

const ran = (fields: object): string => JSON.stringify({ StartedAt: '2026-01-01T00:00:00Z', ExitCode: 0, Error: '', ...fields });

/** An engine that makes a container, starts it with this answer, and then says this of its state. */
function engine(start: Answer, state: string) {
	return fakeEngine(([command]) => (command === 'create' ? 'c1\n' : command === 'start' ? start : command === 'container' ? state : ''));
}

test('containers: the program replaces the entry point, its arguments come after the image, and everything is marked and bounded', () => {
	const { workspace } = fakeEngine(() => '');
	const args = createArguments(workspace, { image: 'app', argv: ['/nodejs/bin/node', 'test.js'], flags: ['--env=A=1'] }).join(' ');
	assert.match(
		args,
		/^create --label io\.footing\.owner=test-1-1 .*--cap-drop ALL .*--network none .*--env=A=1 --entrypoint \/nodejs\/bin\/node -- app test\.js$/,
	);
});

const never = { StartedAt: '0001-01-01T00:00:00Z' };
const rows: readonly (readonly [title: string, start: Answer, state: string, expected: object])[] = [
	['it ran to its end', 'hello\n', ran({}), { started: true, exitCode: 0, output: 'hello\n' }],
	['it failed', { exitCode: 3, stderr: 'no\n' }, ran({ ExitCode: 3 }), { started: true, exitCode: 3, output: 'no\n' }],
	[
		'a program of the image that says "executable file not found" was started all the same',
		{ exitCode: 1, stderr: 'exec: "x": executable file not found in $PATH' },
		ran({ ExitCode: 1 }),
		{ started: true, exitCode: 1 },
	],
	[
		'a program that is not there: told by state and code, the message is the engine’s',
		{ exitCode: 127, stderr: 'docker: something in other words' },
		ran({ ...never, ExitCode: 127, Error: 'exec: "sh": executable file not found in $PATH: unknown' }),
		{ started: false, exitCode: 127, output: 'exec: "sh": executable file not found in $PATH: unknown' },
	],
	[
		'an engine that keeps no code of a container that never started',
		{ exitCode: 127, stderr: 'Error: crun: executable file `sh` not found in $PATH' },
		ran(never),
		{ started: false, exitCode: 127, output: 'Error: crun: executable file `sh` not found in $PATH' },
	],
	['out of memory', { exitCode: 137 }, ran({ ExitCode: 137, OOMKilled: true }), { exitCode: 137, outOfMemory: true }],
	['a state that is no JSON', { exitCode: 0 }, 'nonsense', { started: false, exitCode: 125 }],
];

for (const [title, start, state, expected] of rows) {
	test(`containers: ${title}`, async () => {
		const { workspace, asked } = engine(start, state);
		const found = await runToEnd(workspace, { image: 'app' });
		assert.deepEqual({ ...found, ...expected }, found);
		assert.equal(asked.at(-1), 'rm --force --volumes -- c1');
	});
}

test('containers: one that cannot be made was not started', async () => {
	const { workspace } = fakeEngine(() => ({ exitCode: 125, stderr: "no such image\nSee 'docker run --help'.\n" }));
	const { started, output } = await runToEnd(workspace, { image: 'app' });
	assert.deepEqual([started, output], [false, 'no such image']);
});
