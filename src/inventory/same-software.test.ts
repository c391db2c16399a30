import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootfs } from '../../test/support/rootfs.ts';
import { takeInventory } from './take-inventory.ts';

type Tree = Parameters<typeof rootfs>[0];

const record = (name: string, source = ''): string =>
	`Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n${source === '' ? '' : `Source: ${source}\n`}`;
const wheel = (name: string): string => `Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n`;
const json = (name: string): string => `{"name":"${name}","version":"1.0.0"}`;
const site = '/usr/lib/python3/dist-packages';

const rows: readonly (readonly [title: string, tree: Tree, same: readonly string[], others: readonly string[]])[] = [
	[
		'the only distribution of a Debian package is that package, whatever it is called; one of pip is another',
		{
			'/var/lib/dpkg/status': record('python3-yaml'),
			'/var/lib/dpkg/info/python3-yaml.list': `${site}/PyYAML-6.0.egg-info\n`,
			[`${site}/PyYAML-6.0.egg-info`]: wheel('PyYAML'),
			'/usr/local/lib/python3.11/dist-packages/requests-2.dist-info/METADATA': wheel('requests'),
		},
		['PyYAML as pkg:deb/debian/python3-yaml@1?arch=amd64&distro=debian'],
		['requests'],
	],
	[
		'of several in one package that which bears its name, or that of its source',
		{
			'/var/lib/dpkg/status': `${record('node-semver')}\n${record('npm')}\n${record('python3-pkg-resources', 'setuptools')}`,
			'/var/lib/dpkg/info/node-semver.list': '/usr/share/nodejs/semver/package.json\n/usr/share/nodejs/@types/other/package.json\n',
			'/var/lib/dpkg/info/npm.list':
				'/usr/share/nodejs/npm/package.json\n/usr/share/nodejs/npm/node_modules/a/package.json\n/usr/share/nodejs/npm/node_modules/b/package.json\n',
			'/var/lib/dpkg/info/python3-pkg-resources.list': `${site}/setuptools-1.egg-info\n${site}/vendored-1.egg-info\n`,
			'/usr/share/nodejs/semver/package.json': json('semver'),
			'/usr/share/nodejs/@types/other/package.json': json('@types/other'),
			'/usr/share/nodejs/npm/package.json': json('npm'),
			'/usr/share/nodejs/npm/node_modules/a/package.json': json('a'),
			'/usr/share/nodejs/npm/node_modules/b/package.json': json('b'),
			[`${site}/setuptools-1.egg-info`]: wheel('setuptools'),
			[`${site}/vendored-1.egg-info`]: wheel('vendored'),
		},
		[
			'npm as pkg:deb/debian/npm@1?arch=amd64&distro=debian',
			'semver as pkg:deb/debian/node-semver@1?arch=amd64&distro=debian',
			'setuptools as pkg:deb/debian/python3-pkg-resources@1?arch=amd64&distro=debian',
		],
		['@types/other', 'a', 'b', 'vendored'],
	],
	[
		'a package that only lists the directory owns nothing in it',
		{
			'/var/lib/dpkg/status': record('base'),
			'/var/lib/dpkg/info/base.list': '/app\n',
			'/app/package.json': json('shop'),
		},
		[],
		['shop'],
	],
];
for (const [title, tree, same, others] of rows)
	test(`same software: ${title}`, async () => {
		const { packages } = await takeInventory(rootfs({ '/etc/os-release': 'ID=debian\n', ...tree }));
		const language = packages.filter(({ ecosystem }) => ecosystem !== 'deb');
		assert.deepEqual(
			language.flatMap((p) => (p.sameAs === undefined ? [] : [`${p.name} as ${p.sameAs}`])),
			same,
		);
		assert.deepEqual(
			language.filter((p) => p.sameAs === undefined).map((p) => p.name),
			others,
		);
	});
