import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { yarnPnp } from './yarn-pnp.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };

async function found(tree: Parameters<typeof rootfs>[0]) {
	return yarnPnp.catalog(rootfs(tree), system);
}

const at = (packageLocation: string) => ({ packageLocation, packageDependencies: [], linkType: 'HARD' });
const table = {
	__info: ["don't edit \\ this"],
	packageRegistryData: [
		[null, [[null, at('./')]]],
		['shop', [['workspace:.', at('./')]]],
		['@shop/a', [['workspace:packages/a', at('./packages/a/')]]],
		['lodash', [['npm:4.17.21', at('./.yarn/cache/lodash-npm-4.17.21-6382451519-1.zip/node_modules/lodash/')]]],
		[
			'react-dom',
			[
				['npm:18.3.1', at('../root/.yarn/berry/cache/react-dom-npm-18.3.1-1.zip/node_modules/react-dom/')],
				['virtual:6a03#npm:18.3.1', at('./.yarn/__virtual__/react-dom-virtual-1/3/root/.yarn/berry/cache/react-dom.zip/')],
			],
		],
		['@esbuild/linux-x64', [['npm:0.24.0', at('./.yarn/unplugged/@esbuild-linux-x64-npm-0.24.0-1/node_modules/@esbuild/linux-x64/')]]],
		['@esbuild/aix-ppc64', [['npm:0.24.0', at('./.yarn/unplugged/@esbuild-aix-ppc64-npm-0.24.0-1/node_modules/@esbuild/aix-ppc64/')]]],
		['fsevents', [['patch:fsevents@npm%3A2.3.3#~builtin<compat/fsevents>::version=2.3.3&hash=df0bf1', at('./.yarn/cache/f.zip/x/')]]],
		['left', [['https://example.com/left.tgz', at('./.yarn/cache/left.zip/node_modules/left/')]]],
	],
};

const json = JSON.stringify(table, undefined, 2);
const literal = json.replaceAll(/['\\\n]/g, (char) => `\\${char}`);
const forms: readonly (readonly [title: string, file: string, body: string])[] = [
	['the text in .pnp.cjs of Yarn 4', '.pnp.cjs', `"use strict";\n\nconst RAW_RUNTIME_STATE =\n'${literal}';\nmore('}');\n`],
	[
		'the object in .pnp.cjs of Yarn 3',
		'.pnp.cjs',
		`function $$SETUP_STATE(hydrateRuntimeState) {\n  return hydrateRuntimeState(${json}, {basePath: 1});\n}\n`,
	],
	['the data beside the loader', '.pnp.data.json', json],
];

for (const [title, file, body] of forms)
	test(`yarn-pnp: ${title}: packages whose archive or directory is there, and workspaces`, async () => {
		const { packages, problems } = await found({
			[`/app/${file}`]: body,
			...(file === '.pnp.data.json' ? { '/app/.pnp.cjs': 'only the loader' } : {}),
			'/app/package.json': '{"name":"shop","version":"1.0.0"}',
			'/app/packages/a/package.json': '{"name":"@shop/a","version":"0.1.0"}',
			'/app/.yarn/cache/lodash-npm-4.17.21-6382451519-1.zip': 'x',
			'/app/.yarn/cache/f.zip': 'x',
			'/app/.yarn/cache/left.zip': 'x',
			'/app/.yarn/cache/unused-npm-1.0.0-1.zip': 'x',
			'/root/.yarn/berry/cache/react-dom-npm-18.3.1-1.zip': 'x',
			'/app/.yarn/unplugged/@esbuild-linux-x64-npm-0.24.0-1/node_modules/@esbuild/linux-x64/package.json': '{}',
		});
		assert.deepEqual(problems, []);
		assert.deepEqual(packages.map((p) => p.purl).sort(), [
			'pkg:npm/%40esbuild/linux-x64@0.24.0',
			'pkg:npm/%40shop/a@0.1.0',
			'pkg:npm/fsevents@2.3.3',
			'pkg:npm/left',
			'pkg:npm/lodash@4.17.21',
			'pkg:npm/react-dom@18.3.1',
			'pkg:npm/shop@1.0.0',
		]);
	});

test('yarn-pnp: a table that cannot be read is a problem and hides packages', async () => {
	for (const body of [
		'',
		'module.exports = 1',
		"const RAW_RUNTIME_STATE =\n'{",
		'return hydrateRuntimeState({"a',
		'{"packageRegistryData":1}',
	]) {
		const { packages, problems, blindSpots } = await found({ '/app/.pnp.cjs': body });
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
});
