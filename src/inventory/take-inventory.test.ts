import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../../test/support/program.ts';
import { rootfs } from '../../test/support/rootfs.ts';
import { takeInventory } from './take-inventory.ts';

const record = (name: string, version: string): string =>
	`Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`;
const control = (name: string, version: string): string => `Package: ${name}\nArchitecture: amd64\nVersion: ${version}\n`;

type Tree = Parameters<typeof rootfs>[0];

async function told(tree: Tree): Promise<readonly string[]> {
	const { packages, blindSpots } = await takeInventory(rootfs({ '/etc/os-release': 'ID=debian\n', ...tree }));
	return [...packages.map((p) => `${p.name} ${p.version}`), ...blindSpots.map((s) => s.message)];
}

const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	[
		'a package that two databases name is one',
		{
			'/var/lib/dpkg/status': `${record('a1', '1.0')}\n${record('tzdata', '2024a')}`,
			'/var/lib/dpkg/status.d/base': control('base-files', '12.4'),
			'/var/lib/dpkg/status.d/tzdata': control('tzdata', '2024a'),
		},
		['a1 1.0', 'base-files 12.4', 'tzdata 2024a'],
	],
	[
		'two versions of one name are two',
		{ '/var/lib/dpkg/status': record('a', '1'), '/var/lib/dpkg/status.d/a': control('a', '2') },
		['a 1', 'a 2'],
	],
	[
		'programs, a package of a language, and no database',
		{ '/bin/x': program(), '/app/package.json': '{"name":"shop","version":"1.0.0"}' },
		['shop 1.0.0', 'the system is debian, but its dpkg database is missing'],
	],
	[
		'programs in the store of Nix need no other database',
		{ '/etc/os-release': 'ID=nixos\n', '/nix/store/0c1xq5yyg4rkarb7y4w9vl1z7ps97c3d-hello-2.12/bin/hello': program() },
		['hello 2.12'],
	],
	[
		'a description of a package that is too large hides packages, and the others are read',
		{
			'/app/node_modules/a/package.json': 'x'.repeat(4 * 1024 * 1024 + 1),
			'/app/node_modules/b/package.json': '{"name":"b","version":"1.0.0"}',
		},
		['b 1.0.0', '/app/node_modules/a/package.json cannot be read in part: it is larger than the 4194304 bytes that are read of one'],
	],
	['programs and no database', { '/bin/x': program() }, ['the system is debian, but its dpkg database is missing']],
	[
		'programs, no database and no system that says which',
		{ '/etc/os-release': 'ID=other\n', '/bin/x': program() },
		['programs are there, but no package database that Footing reads'],
	],
	['no programs and no database', { '/data': 'x' }, []],
];
for (const [title, tree, expected] of rows) test(`inventory: ${title}`, async () => assert.deepEqual(await told(tree), expected));

test('inventory: the owner of a file', async () => {
	const inventory = await takeInventory(
		rootfs({ '/var/lib/dpkg/status': record('bash', '5'), '/var/lib/dpkg/info/bash.list': '/bin/bash\n', '/bin/bash': program() }),
	);
	assert.equal(inventory.ownershipKnown, true);
	assert.deepEqual([inventory.owner('/bin/bash')?.name, inventory.owner('/bin/other')], ['bash', undefined]);
});
