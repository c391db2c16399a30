import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { pypi } from './pypi.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const site = '/usr/lib/python3/dist-packages';
const metadata = (name: string, version: string): string => `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: not this\n`;

async function found(tree: Parameters<typeof rootfs>[0]) {
	return pypi.catalog(rootfs(tree), system);
}

test('pypi: a wheel, both forms of egg-info and an unpacked egg; names are normalized in the purl only', async () => {
	const { packages, problems } = await found({
		[`${site}/Flask_Cors-4.0.0.dist-info/METADATA`]: metadata('Flask_Cors', '4.0.0'),
		[`${site}/zope.interface.egg-info/PKG-INFO`]: metadata('zope.interface', '5.5.2'),
		[`${site}/six-1.16.0.egg-info`]: metadata('six', '1.16.0'),
		[`${site}/old-1.0-py3.11.egg/EGG-INFO/PKG-INFO`]: 'name: old\r\nversion: 1.0\r\n\r\n',
	});
	assert.deepEqual(problems, []);
	assert.deepEqual(packages.map((p) => `${p.name} ${p.purl}`).sort(), [
		'Flask_Cors pkg:pypi/flask-cors@4.0.0',
		'old pkg:pypi/old@1.0',
		'six pkg:pypi/six@1.16.0',
		'zope.interface pkg:pypi/zope-interface@5.5.2',
	]);
});

test('pypi: what pip vendors is its own, a link is not read twice, files of other names are not read', async () => {
	const { packages } = await found({
		'/usr/lib/python3/pip-23.0.dist-info/METADATA': metadata('pip', '23.0'),
		'/usr/lib/python3/pip/_vendor/urllib3/__init__.py': '',
		'/usr/lib/python3.11/pip-23.0.dist-info': link('../python3/pip-23.0.dist-info'),
		'/srv/METADATA': metadata('no', '1'),
		'/srv/PKG-INFO': metadata('no', '1'),
	});
	assert.deepEqual(
		packages.map((p) => p.because.path),
		['/usr/lib/python3/pip-23.0.dist-info/METADATA'],
	);
});

test('pypi: metadata without a name or a version is a problem and hides packages', async () => {
	for (const body of ['', 'Name: x\n', 'Version: 1\n\nName: x\n', 'Name:\nVersion: 1\n', '\u0000\u0001']) {
		const { packages, problems, blindSpots } = await found({ [`${site}/x.dist-info/METADATA`]: body });
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
});
