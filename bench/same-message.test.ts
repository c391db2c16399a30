import assert from 'node:assert/strict';
import test from 'node:test';
import { contains } from './same-message.ts';

const rows: readonly (readonly [same: boolean, seen: string, predicted: string])[] = [
	[true, "rc=1 /app: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /app)", "version `GLIBC_2.38' not found"],
	[true, 'starting\nError: spawn git ENOENT', 'spawn git ENOENT'],
	[
		true,
		`ERROR Error: The module '/app/node_modules/x/build/x.node'`,
		"The module '/app/node_modules/x/build/x.node' was compiled against",
	],
	[false, 'Error: spawn git ENOENT', 'spawn curl ENOENT'],
	[false, 'ok', 'ok it is not'],
];

for (const [same, seen, predicted] of rows)
	test(`${predicted}: ${same ? 'is' : 'is not'} in ${seen}`, () => assert.equal(contains(seen, predicted), same));
