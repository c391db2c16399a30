import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedAs } from './installed-as.ts';

const cases: readonly (readonly [string, string | undefined | null])[] = [
	// directory, the name it was installed under; null: perhaps its own root, undefined: not installed
	['/app', null],
	['/opt/yarn-v1.22.22', null],
	['/app/node_modules/express', 'express'],
	['/app/node_modules/@scope/name', '@scope/name'],
	['/app/node_modules/a/node_modules/@s/b', '@s/b'],
	['/app/node_modules/.pnpm/a@1.0.0/node_modules/a', 'a'],
	['/app/node_modules/.pnpm/@s+a@1.0.0/node_modules/@s/a', '@s/a'],
	['/app/node_modules/.store/a-npm-1.0.0/node_modules/a', 'a'],
	['/usr/share/nodejs/express', 'express'],
	['/usr/share/nodejs/@babel/core', '@babel/core'],
	['/usr/lib/x86_64-linux-gnu/nodejs/leveldown', 'leveldown'],
	['/usr/share/nodejs/es-abstract/node_modules/foreach', 'foreach'],
	['/usr/lib/nodejs/node-v20.1.0-linux-x64/lib/node_modules/npm', 'npm'],
	['/usr/share/nodejs', null],
	// what a package brings for itself
	['/usr/share/nodejs/@babel/runtime/helpers/esm', undefined],
	['/usr/share/nodejs/@babel', undefined],
	['/app/node_modules/a/dist/esm', undefined],
	['/app/node_modules/resolve/test/resolver/baz', undefined],
	['/app/node_modules/a/test/node_modules/b', undefined],
	// directories of the tools
	['/app/node_modules', undefined],
	['/app/node_modules/@scope', undefined],
	['/app/node_modules/.cache/x', undefined],
	['/app/node_modules/.pnpm/a@1.0.0', undefined],
];

for (const [directory, name] of cases) {
	test(`installed as: ${directory} is ${name === null ? 'perhaps a root' : name === undefined ? 'not installed' : name}`, () => {
		assert.deepEqual(installedAs(directory), name === null ? {} : name === undefined ? undefined : { name });
	});
}
