import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { npm } from './npm.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };

async function found(tree: Parameters<typeof rootfs>[0]) {
	return npm.catalog(rootfs(tree), system);
}

test('npm: the tree of an application, what its packages bring for themselves left out', async () => {
	const { packages, problems } = await found({
		'/app/package.json': '{"name":"shop","version":"2.1.0"}',
		'/app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
		'/app/node_modules/a/node_modules/@s/b/package.json': '{"name":"@s/b","version":"1.0.0-rc.1+x"}',
		'/app/node_modules/a/esm/package.json': '{"type":"module"}',
		'/app/node_modules/a/test/x/package.json': '{"name":"fixture","version":"9.9.9"}',
		'/app/node_modules/alias/package.json': '{"name":"real","version":"3.0.0"}',
		'/app/src/package.json': '{"type":"module"}',
	});
	assert.deepEqual(problems, []);
	assert.deepEqual(
		packages.map((p) => p.purl),
		['pkg:npm/%40s/b@1.0.0-rc.1%2Bx', 'pkg:npm/a@1.0.0', 'pkg:npm/real@3.0.0', 'pkg:npm/shop@2.1.0'],
	);
	assert.deepEqual(packages[0]?.because, {
		path: '/app/node_modules/a/node_modules/@s/b/package.json',
		shows: '"name": "@s/b", "version": "1.0.0-rc.1+x"',
	});
});

test('npm: the store of pnpm is read where it lies, links to it are not followed', async () => {
	const { packages } = await found({
		'/app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
		'/app/node_modules/a': link('.pnpm/a@1.0.0/node_modules/a'),
	});
	assert.deepEqual(
		packages.map((p) => p.because.path),
		['/app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json'],
	);
});

test('npm: an installed package whose manifest is broken is a problem and hides packages', async () => {
	for (const body of ['{"name":', '[]', '\u0000\u0001', '']) {
		const { packages, problems, blindSpots } = await found({ '/app/node_modules/a/package.json': body });
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
	const { problems } = await found({ '/app/fixtures/package.json': '{"name":', '/app/node_modules/x/package.json/': dir() });
	assert.deepEqual(problems, []);
});

test('npm: an installed package without a version is listed without one, one without a name by its folder', async () => {
	const { packages } = await found({
		'/app/node_modules/a/package.json': '{"name":"a","version":{}}',
		'/app/node_modules/b/package.json': '{"name":7,"version":"1.0.0"}',
		'/app/package.json': '{"name":"root"}',
	});
	assert.deepEqual(
		packages.map((p) => p.purl),
		['pkg:npm/a', 'pkg:npm/b@1.0.0'],
	);
});

const roots: readonly (readonly [title: string, counts: boolean, place: string, tree: Parameters<typeof rootfs>[0]])[] = [
	['an application without dependencies', true, '/srv/shop', {}],
	['a package at the top of the file system', true, '', {}],
	[
		'an application beside a package.json that something left at the top',
		true,
		'/app',
		{ '/package.json': '{"name":"left","version":"0"}' },
	],
	['a directory inside a package', false, '/app/examples/one', { '/app/package.json': '{"private":true}' }],
	[
		'one inside a package with its own node_modules',
		true,
		'/app/functions',
		{ '/app/package.json': '{}', '/app/functions/node_modules/': dir() },
	],
	[
		'a workspace that the root links to',
		true,
		'/app/packages/a',
		{ '/app/package.json': '{}', '/app/node_modules/@shop/a': link('../../packages/a') },
	],
	['test data', false, '/srv/tool/test/fixtures/one', {}],
	['an application in a directory called test', true, '/srv/test', { '/srv/test/node_modules/': dir() }],
	['the front end of a Python distribution', false, '/usr/lib/python3/dist-packages/notebook/static', {}],
	['an editor plug-in in a gem', false, '/usr/lib/ruby/gems/3.1.0/gems/typeprof-0.21.2/vscode', {}],
];
for (const [title, counts, place, tree] of roots)
	test(`npm: ${title} ${counts ? 'is a root' : 'is no root'}`, async () => {
		const { packages } = await found({ ...tree, [`${place}/package.json`]: '{"name":"here","version":"1.0.0"}' });
		assert.deepEqual(
			packages.filter(({ name }) => name === 'here').map((p) => p.because.path),
			counts ? [`${place}/package.json`] : [],
		);
	});
