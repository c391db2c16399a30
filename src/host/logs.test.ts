import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLogs, logDirectory } from './logs.ts';

const work = mkdtempSync(join(tmpdir(), 'logs-'));
after(() => rmSync(work, { recursive: true }));

test('logs: a private file, named as asked as far as names of files go, never written over', async () => {
	const logs = createLogs(join(work, 'a'));
	const path = await logs.keep('../shop on registry.example/x:1', 'text');
	assert.equal(path, join(work, 'a', 'shop-on-registry.example-x-1.log'));
	assert.deepEqual([readFileSync(path as string, 'utf8'), statSync(path as string).mode & 0o777], ['text', 0o600]);
	assert.equal(await logs.keep('../shop on registry.example/x:1', 'again'), undefined);
	assert.equal(readFileSync(path as string, 'utf8'), 'text');
});

test('logs: the oldest go when there are many', async () => {
	const directory = join(work, 'b');
	const logs = createLogs(directory);
	await logs.keep('first', '');
	for (let i = 0; i < 210; i++) writeFileSync(join(directory, `x${i}.log`), '');
	await logs.keep('last', '');
	const names = readdirSync(directory);
	assert.deepEqual([names.length, names.includes('last.log')], [200, true]);
});

test('logs: where they are kept, or nowhere', async () => {
	assert.equal(logDirectory({ HOME: '/home/a' }), '/home/a/.local/state/footing/logs');
	assert.equal(logDirectory({ HOME: '/home/a', XDG_STATE_HOME: '/state' }), '/state/footing/logs');
	assert.equal(await createLogs(logDirectory({ FOOTING_LOGS: 'off' })).keep('x', ''), undefined);
	writeFileSync(join(work, 'file'), '');
	assert.equal(await createLogs(join(work, 'file', 'logs')).keep('x', ''), undefined);
});
