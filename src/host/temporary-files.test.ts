import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sweepTemporaryFiles } from './temporary-files.ts';

const parent = mkdtempSync(join(tmpdir(), 'test-temporary-'));
after(() => rmSync(parent, { recursive: true }));
const module = new URL('./temporary-files.ts', import.meta.url).href;

function script(rest: string): readonly string[] {
	return [
		'--input-type=module',
		'-e',
		`import { createTemporaryFile } from '${module}';
		const file = await createTemporaryFile();
		file.append(Buffer.from('abc'));
		file.append(Buffer.from('def'));
		console.log(file.path);
		${rest}`,
	];
}

const env = { ...process.env, TMPDIR: parent };
const ends: readonly (readonly [title: string, code: string])[] = [
	['it closes the file', 'await file.close(); await file.close();'],
	['it forgets the file', ''],
	['it exits', 'process.exit(3)'],
	['it throws', "throw new Error('x')"],
	['it is interrupted', "process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 5000)"],
	['it is terminated', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)"],
];

for (const [title, code] of ends) {
	test(`temporary files: nothing is left when ${title}`, () => {
		const run = spawnSync(process.execPath, script(code), { env, encoding: 'utf8' });
		assert.match(run.stdout, /footing-/);
		assert.deepEqual(readdirSync(parent), []);
	});
}

test('temporary files: private, appended in order', () => {
	const look = "import { readFileSync, statSync } from 'node:fs'; import { dirname } from 'node:path';";
	const show = 'console.log(readFileSync(file.path, "utf8"), (statSync(dirname(file.path)).mode & 0o777).toString(8))';
	const [flag, e, body] = script(show);
	const run = spawnSync(process.execPath, [flag as string, e as string, look + body], { env, encoding: 'utf8' });
	assert.equal(run.stdout.split('\n')[1], 'abcdef 700', run.stderr);
});

test('temporary files: the sweep takes what a kill left, and nothing else', async () => {
	const child = spawn(process.execPath, script('setTimeout(() => {}, 60000)'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
	await new Promise((resolve) => child.stdout.once('data', resolve));
	sweepTemporaryFiles(parent);
	assert.equal(readdirSync(parent).length, 1, 'a living process keeps its files');
	child.kill('SIGKILL');
	await new Promise((resolve) => child.once('exit', resolve));
	const uid = process.getuid?.() ?? 0;
	mkdirSync(join(parent, `footing-${uid}-notours`));
	writeFileSync(join(parent, 'other'), '');
	sweepTemporaryFiles(parent);
	assert.deepEqual(readdirSync(parent).sort(), [`footing-${uid}-notours`, 'other']);
	assert.ok(statSync(join(parent, 'other')).isFile());
	rmSync(join(parent, 'other'));
	rmSync(join(parent, `footing-${uid}-notours`), { recursive: true });
});
