import assert from 'node:assert/strict';
import test from 'node:test';
import { file, link, rootfs } from '../../test/support/rootfs.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import { takeSpace } from './space.ts';

const status = 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5\n\n';

test('space: files of a package are its own, others are summed up by directory, a hard link is counted once', async () => {
	const root = rootfs({
		'/var/lib/dpkg/status': status,
		'/var/lib/dpkg/info/bash.list': '/bin/bash\n/usr/share/doc/bash/copyright\n',
		'/bin': link('usr/bin'),
		'/usr/bin/bash': 'x'.repeat(5000),
		'/usr/share/doc/bash/copyright': 'c'.repeat(100),
		'/usr/local/bin/node': file('n'.repeat(9000), { inode: 70 }),
		'/usr/local/bin/nodejs': file('n'.repeat(9000), { inode: 70 }),
		'/usr/local/lib/node_modules/npm/index.js': 'i'.repeat(700),
		'/usr/local/lib/node_modules/yarn/index.js': 'i'.repeat(300),
		'/start': 'go',
	});
	const found = await takeSpace(root, await takeInventory(root));
	assert.deepEqual(
		found.map(({ kind, name, bytes, files }) => `${kind} ${name} ${bytes} ${files}`),
		[
			'directory /usr/local/bin 9000 1',
			'package bash 5100 2',
			'directory /usr/local/lib 1000 2',
			`directory /var/lib/dpkg ${status.length + 40} 2`,
			'directory / 2 1',
		],
	);
});

test('space: many small parts become one, and nothing is lost', async () => {
	const tree = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`/srv/d${i}/f`, 'x'.repeat(1000 - i)]));
	const root = rootfs(tree);
	const found = takeSpace(root, await takeInventory(root));
	assert.equal(found.length, 81);
	assert.deepEqual(found.at(-1), { name: '120 smaller ones', kind: 'rest', bytes: sum(120), files: 120 });
	assert.equal(
		found.reduce((all, { bytes }) => all + bytes, 0),
		sum(200),
	);
});

/** Bytes of the last `count` of the 200 files. */
function sum(count: number): number {
	return Array.from({ length: count }, (_, i) => 1000 - 199 + i).reduce((a, b) => a + b, 0);
}
