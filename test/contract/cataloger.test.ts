import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Catalog, Cataloger } from '../../src/inventory/cataloger.ts';
import { catalogers } from '../../src/inventory/catalogers/index.ts';
import { FootingError } from '../../src/model/errors.ts';
import { fileTree } from '../../src/model/file-tree.ts';
import { limits } from '../../src/model/limits.ts';
import type { System } from '../../src/model/package.ts';
import { dir, link, rootfs } from '../support/rootfs.ts';

const system: System = { id: 'debian', versionId: '12', libc: { family: 'none', because: [] }, because: [] };

/** Their databases are never left out. */
const systemDatabases: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/** A path of a database that is one file: patterns become a file that they match. */
function places(cataloger: Cataloger): readonly string[] {
	return cataloger.reads.map((path) => path.replaceAll('*', 'x'));
}

for (const cataloger of catalogers) {
	const { name } = cataloger;

	test(`${name}: an empty tree has no database and hides nothing`, async () => {
		const { packages, present, problems, blindSpots } = await cataloger.catalog(rootfs({}), system);
		assert.deepEqual([packages, present, problems, blindSpots], [[], false, [], []]);
	});

	test(`${name}: a directory, a fifo, a loop or a dangling link where a file should be gives no package`, async () => {
		for (const path of places(cataloger)) {
			for (const entry of [dir(), { type: 'fifo' } as const, link(path), link('/nowhere'), link('../../../../../etc/passwd')]) {
				const { packages } = await cataloger.catalog(rootfs({ [path]: entry }), system);
				assert.deepEqual(packages, [], `${path} as ${entry.type}`);
			}
		}
	});

	test(`${name}: any bytes give packages or problems`, async () => {
		const paths = places(cataloger);
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
				const { packages } = await cataloger.catalog(rootfs(Object.fromEntries(paths.map((p) => [p, bytes]))), system);
				for (const p of packages) assert.ok(p.name !== '' && p.purl.startsWith('pkg:'));
			}),
			{ numRuns: 50 },
		);
	});

	test(`${name}: a database over the limit ends with a limit error; of traces beside it nothing is made up`, async () => {
		for (const path of places(cataloger).filter((p) => !p.includes('/info/') && !p.endsWith('diversions'))) {
			const tree = fileTree([{ path, type: 'file', size: limits.textDatabase + 1, body: async () => new Uint8Array(0) }]);
			const outcome = await cataloger.catalog(tree, system).catch((error: unknown) => error);
			if (outcome instanceof Error) assert.ok(outcome instanceof FootingError && outcome.code === 'limit', path);
			else assert.deepEqual([systemDatabases.has(cataloger.ecosystem), (outcome as Catalog).packages], [false, []], path);
		}
	});
}
