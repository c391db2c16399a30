import assert from 'node:assert/strict';
import test from 'node:test';
import { hostWithDisk } from '../../../../test/support/disk.ts';
import { readApplicationDirectory } from '../../application/read-application.ts';
import { moduleReader } from './module-reader.ts';
import { readModule } from './read-module.ts';

test('modules are read once for an application and what edits make of it, and by their text alone', async () => {
	const host = hostWithDisk({ 'app/Dockerfile': 'FROM node\nCOPY a.js /\n', 'app/a.js': 'x' });
	const first = await readApplicationDirectory(host, 'app');
	const again = await readApplicationDirectory(host, 'app', { dockerfileText: 'FROM node:slim\nCOPY a.js /b.js\n', before: first });
	const third = await readApplicationDirectory(host, 'app', { dockerfileText: 'FROM scratch\n', before: again });
	assert.ok(again.files.get('/b.js') !== undefined && again.files.get('/a.js') === undefined);
	const text = "require('fs')";
	const facts = moduleReader(first)(text);
	assert.deepEqual(facts, readModule(text));
	assert.equal(moduleReader(third)(text), facts);
	assert.notDeepEqual(moduleReader(again)("require('net')"), facts);
	assert.notEqual(moduleReader(await readApplicationDirectory(host, 'app'))(text), facts);
});
