import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { apk } from './apk.ts';

const alpine: System = { id: 'alpine', versionId: '3.20.3', libc: { family: 'musl', because: [] }, because: [] };
const musl = 'P:musl\nV:1.2.5-r0\nA:x86_64\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\n\n';
const utils = 'P:musl-utils\nV:1.2.5-r0\nA:x86_64\no:musl\nF:usr/bin\nR:ldd\n\n';

type Tree = Parameters<typeof rootfs>[0];

async function read(tree: Tree): Promise<readonly string[]> {
	const { packages, present } = await apk.catalog(rootfs(tree), alpine);
	return [present ? 'there' : 'not there', ...packages.map((p) => [p.purl, p.source?.name ?? '-', ...(p.files ?? [])].join(' '))];
}

const purl = (name: string): string => `pkg:apk/alpine/${name}@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3`;
const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	[
		'packages with their files and their source',
		{ '/lib/apk/db/installed': musl + utils },
		['there', `${purl('musl')} - /lib/ld-musl-x86_64.so.1`, `${purl('musl-utils')} musl /usr/bin/ldd`],
	],
	[
		'below /usr, with merged directories',
		{ '/lib': link('usr/lib'), '/usr/lib/apk/db/installed': musl },
		['there', ...[purl('musl'), purl('musl')].map((p) => `${p} - /usr/lib/ld-musl-x86_64.so.1`)],
	],
	['an empty database', { '/lib/apk/db/installed': '' }, ['there']],
	['none', { '/lib/apk/db/triggers': 'x' }, ['not there']],
];
for (const [title, tree, expected] of rows) test(`apk: ${title}`, async () => assert.deepEqual(await read(tree), expected));
