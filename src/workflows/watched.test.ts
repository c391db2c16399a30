import assert from 'node:assert/strict';
import test from 'node:test';
import { FootingError } from '../model/errors.ts';
import { fileTree } from '../model/file-tree.ts';
import { watched } from './watched.ts';

const tree = (error: Error) =>
	fileTree([
		{ path: '/small', type: 'file', body: Buffer.from('x') },
		{ path: '/far', type: 'file', size: 10, body: () => Promise.reject(error) },
	]);

const rows: readonly (readonly [title: string, path: string, limit: number, failed: boolean])[] = [
	['a body that is at hand', '/small', 10, false],
	['a body that is too large will be so another day', '/far', 5, false],
	['a body that does not come may come another day', '/far', 10, true],
];
for (const [title, path, limit, failed] of rows)
	test(`watched reading: ${title}`, async () => {
		const { rootfs, failed: asked } = watched(tree(new FootingError('network', 'cannot read the layer: it broke off')));
		const read = await rootfs.read(path, { limit }).catch(() => undefined);
		assert.equal(read !== undefined, path === '/small');
		assert.equal(asked(), failed);
	});
