import assert from 'node:assert/strict';
import test from 'node:test';
import { glibcProgram, muslLoader, scene, shell } from '../../../test/support/explained.ts';
import { program } from '../../../test/support/program.ts';
import type { Tree } from '../../../test/support/scene.ts';
import { answerOf, explainMessage } from './explain-message.ts';

test('a message that is broken over lines names the version that was built for, not the one that runs', async () => {
	const message =
		"Error: The module '/app/x.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115. This version of Node.js requires\nNODE_MODULE_VERSION 137. Please try re-compiling";
	const meanings = await explainMessage({ message });
	assert.deepEqual(
		meanings.map(({ causes }) => causes.map(({ what }) => what)),
		[['it was built for Node.js 20']],
	);
});

test('of a log every kind of complaint is told once', async () => {
	const log = `starting\n${'spawn git ENOENT\n'.repeat(5000)}unknown time zone Europe/Berlin\ndone\n`;
	assert.deepEqual(
		(await explainMessage({ message: log })).map(({ kind }) => kind),
		['program-missing', 'time-zone'],
	);
});

const codes: readonly (readonly [code: number, tree: Tree, entrypoint: readonly string[], answer: string, cause: RegExp])[] = [
	[127, { '/app': glibcProgram, ...muslLoader }, ['/app'], 'holds', /exec \/app: no such file/],
	[126, { '/app': 'x' }, ['/app'], 'holds', /may not be executed/],
	[127, {}, ['node'], 'holds', /"node": executable file not found/],
	[139, { '/app': program('') }, ['/app'], 'fails', /\/app cannot be started/],
	[137, shell, ['/bin/sh', '-c', 'node x.js'], 'holds', /shell as PID 1/],
];

for (const [exitCode, tree, entrypoint, answer, cause] of codes)
	test(`exit code ${exitCode} of ${entrypoint.join(' ')}: ${cause.source}`, async () => {
		const meanings = await explainMessage({ exitCode }, scene(tree, { entrypoint }));
		assert.equal(answerOf(meanings), answer);
		assert.match(meanings[0]?.causes[0]?.what ?? '', cause);
	});

test('no line is slow, whatever is in it', async () => {
	const lines = ['exec: "', '/a:'.repeat(600), 'sh: '.repeat(400), ' '.repeat(2000), "'".repeat(2000), 'bind '.repeat(300)].map((start) =>
		start.padEnd(2000, 'a:('),
	);
	const begin = performance.now();
	await explainMessage({ message: lines.join('\n').repeat(20) });
	assert.ok(performance.now() - begin < 2000);
});
