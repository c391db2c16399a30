import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'golden');

/** Compares with the stored text, so that review sees what users see change; `GOLDEN=write` stores it anew. */
export function golden(name: string, text: string): void {
	const file = join(folder, name);
	if (process.env['GOLDEN'] === 'write') writeFileSync(file, text);
	assert.ok(existsSync(file), `${file} is not there: run the test with GOLDEN=write and read what it stores`);
	assert.equal(text, readFileSync(file, 'utf8'), `${name} changed; if that is meant, run the test with GOLDEN=write`);
}
