import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, link, rootfs } from '../../test/support/rootfs.ts';
import { takeInventory } from './take-inventory.ts';

const status = '/var/lib/dpkg/status';
const rows: readonly (readonly [title: string, tree: Parameters<typeof rootfs>[0], expected: readonly string[]])[] = [
	['a pipe', { [status]: { type: 'fifo' } }, ['a fifo where a package database should be']],
	['a directory', { [status]: dir() }, ['a directory where a package database should be']],
	['a link to itself', { [status]: link('status') }, ['a link that leads to nothing where a package database should be']],
	['a link to a database', { [status]: link('/db'), '/db': '' }, []],
	['nothing', {}, []],
];

for (const [title, tree, expected] of rows) {
	test(`inventory: ${title} for a database`, async () => {
		const { problems, blindSpots } = await takeInventory(rootfs(tree));
		const told = problems.filter((p) => p.code === 'unreadable-database');
		assert.deepEqual(
			told.map((p) => p.message),
			expected,
		);
		const hidden = blindSpots.filter((b) => b.code === 'unreadable-database' && b.hides.includes('packages'));
		assert.equal(hidden.length, expected.length);
	});
}
