import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { createProcesses } from './processes.ts';

const processes = createProcesses({ PATH: process.env['PATH'], GREETING: 'hello' });
const node = process.execPath;

test('processes: arguments reach the program as they are, no shell reads them', async () => {
	const result = await processes.run(node, ['-p', 'process.argv[1]', '--', '$(id); `id` > /dev/null']);
	assert.deepEqual(result, { exitCode: 0, stdout: '$(id); `id` > /dev/null\n', stderr: '' });
});

test('processes: input, environment, exit code and both outputs', async () => {
	const code = "process.stdin.on('data', (d) => { console.log(String(d)); console.error(process.env.GREETING); process.exitCode = 3 })";
	assert.deepEqual(await processes.run(node, ['-e', code], { input: 'in' }), { exitCode: 3, stdout: 'in\n', stderr: 'hello\n' });
});

test('processes: input from a file, which can be opened as /dev/stdin', async () => {
	const file = new URL(import.meta.url).pathname;
	const code = "console.log(require('fs').readFileSync('/dev/stdin', 'utf8').length)";
	assert.deepEqual(await processes.run(node, ['-e', code], { inputFile: file }), {
		exitCode: 0,
		stdout: `${statSync(file).size}\n`,
		stderr: '',
	});
});

test('processes: endless output is cut and does not stall the program', async () => {
	const result = await processes.run(node, ['-e', "process.stdout.write('x'.repeat(5e6))"], { maxOutput: 1000 });
	assert.deepEqual([result.exitCode, result.stdout.length], [0, 1000]);
});

test('processes: one that does not end is ended', async () => {
	const result = await processes.run(node, ['-e', 'setTimeout(() => {}, 60000)'], { timeoutMs: 300 });
	assert.deepEqual([result.exitCode, result.timedOut], [143, true]);
});

test('processes: a program that is not there is an error', async () => {
	await assert.rejects(processes.run('no-such-program-of-ours', []), { code: 'not-found', message: /there is no such program/ });
});
