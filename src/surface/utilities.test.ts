import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities, utilities, utilityName } from './utilities.ts';

test('every capability in the table is a known one, and each is used', () => {
	const used = new Set<string>();
	for (const [name, can] of utilities) {
		assert.equal(new Set(can).size, can.length, `${name} names a capability twice`);
		for (const c of can) {
			assert.ok(c in capabilities, `${name}: ${c}`);
			used.add(c);
		}
	}
	assert.deepEqual([...used].sort(), Object.keys(capabilities).sort());
});

test('the table has no name twice and is rich', async () => {
	const { readFile } = await import('node:fs/promises');
	const text = await readFile(new URL('./utilities.ts', import.meta.url), 'utf8');
	assert.equal([...text.matchAll(/^\t\['/gm)].length, utilities.size);
	assert.ok(utilities.size > 300);
});

const names: readonly (readonly [name: string, plain: string | undefined])[] = [
	['curl', 'curl'],
	['python3', 'python'],
	['python3.11', 'python'],
	['perl5.36.0', 'perl'],
	['gcc-12', 'gcc'],
	['x86_64-linux-gnu-gcc-12', 'gcc'],
	['aarch64-alpine-linux-musl-gcc', 'gcc'],
	['arm-linux-gnueabihf-ld', 'ld'],
	['vim.basic', 'vim'],
	['nc.openbsd', 'nc'],
	['base64', 'base64'],
	['7z', '7z'],
	['curlew', undefined],
	['i386', undefined],
	['', undefined],
	['constructor', undefined],
];
for (const [name, plain] of names) test(`utility name: ${name} is ${plain}`, () => assert.equal(utilityName(name), plain));
