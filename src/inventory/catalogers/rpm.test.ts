import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import { berkeleyRpmdb, ndbRpmdb, rpmHeader, sqliteRpmdb } from '../../../test/support/rpm.ts';
import type { System } from '../../model/package.ts';
import { rpm } from './rpm.ts';

const rhel: System = { id: 'rhel', versionId: '9.4', libc: { family: 'glibc', because: [] }, because: [] };
const bash = rpmHeader({
	name: 'bash',
	version: '5.1.8',
	release: '6.el9',
	sourceRpm: 'bash-5.1.8-6.el9.src.rpm',
	files: ['/bin/bash', '!/var/log/x'],
});
const libs = rpmHeader({ name: 'openssl-libs', version: '3.0.7', release: '27.el9', epoch: 1, sourceRpm: 'openssl-3.0.7-27.el9.src.rpm' });
const key = rpmHeader({ name: 'gpg-pubkey', version: 'fd431d51' });
/** Long enough for overflow pages of every form. */
const large = rpmHeader({ name: 'large', files: Array.from({ length: 2000 }, (_, i) => `/usr/share/large/${i}`) });
const many = Array.from({ length: 300 }, (_, i) => rpmHeader({ name: `p${i}` }));

type Tree = Parameters<typeof rootfs>[0];

async function read(tree: Tree): Promise<readonly string[]> {
	const { packages, problems } = await rpm.catalog(rootfs(tree), rhel);
	const told = packages.map((p) => `${p.purl}${p.source === undefined ? '' : ` from ${p.source.name}`} ${p.files?.length}`);
	return [...told, ...problems.map((p) => `${p.code} ${p.where}`)];
}

const bashTold = 'pkg:rpm/rhel/bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9.4&upstream=bash-5.1.8-6.el9.src.rpm 1';
const libsTold =
	'pkg:rpm/rhel/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm from openssl 0';
const largeTold = 'pkg:rpm/rhel/large@1.0-1.el9?arch=x86_64&distro=rhel-9.4 2000';

const rows: readonly (readonly [title: string, tree: Tree, expected: readonly string[]])[] = [
	['SQLite', { '/var/lib/rpm/rpmdb.sqlite': sqliteRpmdb([bash, libs, key, large]).file }, [bashTold, libsTold, largeTold]],
	['NDB', { '/usr/lib/sysimage/rpm/Packages.db': ndbRpmdb([bash, libs, key, large]) }, [bashTold, libsTold, largeTold]],
	['Berkeley DB', { '/var/lib/rpm/Packages': berkeleyRpmdb([bash, libs, key, large]) }, [bashTold, libsTold, largeTold]],
	['Berkeley DB, big endian', { '/var/lib/rpm/Packages': berkeleyRpmdb([bash, libs, large], 'BE') }, [bashTold, libsTold, largeTold]],
	[
		'one directory that is a link to the other',
		{ '/var/lib/rpm': link('../../usr/lib/sysimage/rpm'), '/usr/lib/sysimage/rpm/rpmdb.sqlite': sqliteRpmdb([bash]).file },
		[bashTold],
	],
	['an empty one', { '/var/lib/rpm/rpmdb.sqlite': sqliteRpmdb([]).file }, []],
	[
		'garbage behind a right beginning',
		{ '/var/lib/rpm/Packages': Buffer.concat([berkeleyRpmdb([]).subarray(0, 512), Buffer.alloc(512, 0xff)]) },
		['bad-rpmdb /var/lib/rpm/Packages'],
	],
	['garbage', { '/var/lib/rpm/Packages': Buffer.alloc(4096, 0xff) }, ['bad-rpmdb /var/lib/rpm/Packages']],
	[
		'a header that is none',
		{ '/var/lib/rpm/Packages.db': ndbRpmdb([Buffer.alloc(40, 0xff), bash]) },
		[bashTold, 'bad-rpmdb /var/lib/rpm/Packages.db'],
	],
];
for (const [title, tree, expected] of rows) test(`rpm: ${title}`, async () => assert.deepEqual(await read(tree), expected));

test('rpm: what only the write-ahead log holds counts, and a log that is cut counts up to its last transaction', async () => {
	const { file, wal } = sqliteRpmdb([bash], [libs, large]);
	const counted = async (log: Uint8Array) =>
		(await rpm.catalog(rootfs({ '/var/lib/rpm/rpmdb.sqlite': file, '/var/lib/rpm/rpmdb.sqlite-wal': log }), rhel)).packages.map(
			(p) => p.name,
		);
	assert.deepEqual(await counted(wal), ['bash', 'openssl-libs', 'large']);
	assert.deepEqual(await counted(wal.subarray(0, wal.length - 1)), ['bash', 'openssl-libs']);
	assert.deepEqual(await counted(Buffer.alloc(0)), ['bash']);
	const flipped = Buffer.from(wal);
	flipped[100] = (flipped[100] as number) ^ 1;
	assert.deepEqual(await counted(flipped), ['bash']);
});

test('rpm: tables of many pages', async () => {
	const names = many.map((_, i) => `p${i}`).sort();
	const { packages } = await rpm.catalog(rootfs({ '/var/lib/rpm/rpmdb.sqlite': sqliteRpmdb(many).file }), rhel);
	assert.deepEqual(packages.map((p) => p.name).sort(), names);
});

test('rpm: a table that lies outside its header is told, the rest is read', async () => {
	const broken = Buffer.from(bash);
	// the offset of the fourth entry, the architecture
	broken.writeUInt32BE(0x7fffffff, 8 + 3 * 16 + 8);
	const { packages, problems } = await rpm.catalog(rootfs({ '/var/lib/rpm/Packages.db': ndbRpmdb([broken]) }), rhel);
	assert.deepEqual([packages[0]?.name, packages[0]?.architecture, problems[0]?.code], ['bash', undefined, 'bad-rpmdb']);
});

test('rpm: every byte of every form may be wrong', async () => {
	for (const [path, body] of [
		['/var/lib/rpm/rpmdb.sqlite', sqliteRpmdb([bash]).file],
		['/var/lib/rpm/Packages.db', ndbRpmdb([bash])],
		['/var/lib/rpm/Packages', berkeleyRpmdb([bash, large])],
	] as const) {
		for (let at = 0; at < body.length; at += 31) {
			const wrong = Buffer.from(body);
			wrong[at] = (wrong[at] as number) ^ 0xff;
			const { packages } = await rpm.catalog(rootfs({ [path]: wrong }), rhel);
			assert.ok(packages.length <= 3, `${path} at ${at}`);
		}
	}
});
