import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once as event } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { once } from './once.mjs';

function withDirectory(work: (directory: string) => void | Promise<void>): () => Promise<void> {
	return async () => {
		const directory = mkdtempSync(join(tmpdir(), 'footing-once-'));
		try {
			await work(directory);
		} finally {
			rmSync(directory, { recursive: true, force: true });
		}
	};
}

test(
	'launch: of several that come at the same time one works and the others wait for it',
	withDirectory(async (directory) => {
		const script = `
			import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
			import { once } from ${JSON.stringify(new URL('./once.mjs', import.meta.url).href)};
			const [lock, done, log] = ['lock', 'done', 'log'].map((name) => ${JSON.stringify(`${directory}/`)} + name);
			once(lock, () => existsSync(done), () => {
				appendFileSync(log, 'begin ');
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
				appendFileSync(log, 'end ');
				writeFileSync(done, '');
			});
			if (!existsSync(done)) process.exit(1);`;
		const children = [1, 2, 3, 4].map(() => spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' }));
		const codes = await Promise.all(children.map(async (child) => (await event(child, 'exit'))[0]));
		assert.deepEqual(codes, [0, 0, 0, 0]);
		assert.equal(readFileSync(join(directory, 'log'), 'utf8'), 'begin end ');
		assert.equal(existsSync(join(directory, 'lock')), false);
	}),
);

test(
	'launch: the lock of a process that died is taken over',
	withDirectory((directory) => {
		const gone = spawnSync(process.execPath, ['--eval', '0']).pid;
		writeFileSync(join(directory, 'lock'), String(gone));
		const log = join(directory, 'log');
		once(
			join(directory, 'lock'),
			() => existsSync(log),
			() => appendFileSync(log, 'worked'),
		);
		assert.equal(readFileSync(log, 'utf8'), 'worked');
		assert.equal(existsSync(join(directory, 'lock')), false);
	}),
);

test(
	'launch: work that fails leaves no lock behind',
	withDirectory((directory) => {
		const lock = join(directory, 'lock');
		const fail = (): never => {
			throw new Error('no network');
		};
		assert.throws(() => once(lock, () => false, fail), /no network/);
		assert.equal(existsSync(lock), false);
	}),
);

test(
	'launch: nothing is locked when nothing is to be done',
	withDirectory((directory) => {
		const lock = join(directory, 'missing', 'lock');
		once(
			lock,
			() => true,
			() => assert.fail('worked'),
		);
		assert.equal(existsSync(join(directory, 'missing')), false);
	}),
);
