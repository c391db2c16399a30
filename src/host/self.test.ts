import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { createSelf } from './self.ts';

const self = createSelf();

test('self: it is alive, and knows itself by space, number and start', () => {
	assert.equal(self.isAlive(self.id), true);
	assert.equal(createSelf().id, self.id);
});

test('self: a process that has ended is not alive', () => {
	const program = `import { createSelf } from '${new URL('./self.ts', import.meta.url).href}'; console.log(createSelf().id)`;
	const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
	assert.equal(self.isAlive(stdout.trim()), false);
});

test('self: the same number that started at another time is another process', () => {
	assert.equal(self.isAlive(self.id.replace(/-[0-9]+$/, '-1')), false);
});

for (const id of ['', 'elsewhere-1-1', `${self.id.split('-')[0]}-x-1`])
	test(`self: of "${id}" nothing is known`, () => assert.equal(self.isAlive(id), undefined));
