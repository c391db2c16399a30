import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { commands } from '../src/cli/commands/index.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);

/** Our modules that a command line loads, as paths below src/. */
async function loadedBy(...args: readonly string[]): Promise<readonly string[]> {
	const hook = join(root, 'test', 'support', 'list-modules.ts');
	const { stderr } = await run(process.execPath, ['--import', hook, join(root, 'src', 'cli', 'main.ts'), ...args], {
		env: { PATH: process.env['PATH'] ?? '' },
	});
	return stderr
		.split('\n')
		.filter((line) => /^loaded file:.*\.ts$/.test(line))
		.map((line) => /\/src\/(.*)$/.exec(line)?.[1] ?? line);
}

const rooms = (modules: readonly string[]): readonly string[] => [...new Set(modules.map((path) => path.split('/')[0] as string))].sort();

test('start-up: the version is told by the first module alone', async () => {
	assert.deepEqual(await loadedBy('--version'), ['cli/main.ts']);
});

test('start-up: the overview loads what it prints', async () => {
	const loaded = await loadedBy('--help');
	assert.deepEqual(loaded, ['cli/main.ts', 'cli/help.ts', 'cli/commands/index.ts', 'cli/common-flags.ts']);
});

test('start-up: the help of a command does not load what does its work', async () => {
	for (const { name } of commands) {
		const loaded = await loadedBy(name, '--help');
		assert.deepEqual(
			rooms(loaded).filter((room) => ['rootfs', 'inventory', 'surface', 'needs', 'verify', 'bases'].includes(room)),
			[],
			`footing ${name} --help`,
		);
	}
});
