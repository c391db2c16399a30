import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compose, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { program } from '../../test/support/program.ts';
import { type Member, tar } from '../../test/support/tar.ts';
import { createHost } from '../host/create-host.ts';
import type { Item } from '../model/surface.ts';
import { createSession } from './create-session.ts';
import { inspect } from './inspect.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-base-'));
after(() => rmSync(directory, { recursive: true }));
const session = createSession(createHost());

const stanza = (name: string, version: string): string =>
	`Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;
const bash = program('@(#)Bash version 5.2\0').body as Uint8Array;
const lower: readonly Member[] = [
	{ name: 'etc/os-release', body: 'ID=debian\n' },
	{ name: 'var/lib/dpkg/status', body: stanza('bash', '5.2') + stanza('curl', '7.1') },
	{ name: 'var/lib/dpkg/info/bash.list', body: '/usr/bin/bash\n' },
	{ name: 'var/lib/dpkg/info/curl.list', body: '/usr/bin/curl\n/etc/curlrc\n' },
	{ name: 'etc/curlrc', body: '' },
	{ name: 'usr/bin/bash', body: bash, mode: 0o755 },
	{ name: 'usr/bin/curl', body: program().body as Uint8Array, mode: 0o755 },
];
const upper: readonly Member[] = [
	{ name: 'var/lib/dpkg/status', body: stanza('bash', '5.2') + stanza('curl', '7.2') },
	{ name: 'var/lib/dpkg/info/curl.list', body: '/usr/bin/curl\n/usr/bin/wcurl\n/etc/curlrc\n' },
	{ name: 'usr/bin/curl', body: program('newer').body as Uint8Array, mode: 0o755 },
	{ name: 'usr/bin/wcurl', body: program('wcurl').body as Uint8Array, mode: 0o755 },
	{ name: 'opt/shell', body: bash, mode: 0o755 },
];

function image(name: string, layers: readonly (readonly Member[])[], annotations?: Readonly<Record<string, string>>): string {
	const made = compose({
		layers: layers.map((members) => tar(members)),
		config: { os: 'linux', architecture: 'amd64', config: { User: '1000' } },
		...(annotations === undefined ? {} : { change: (manifest) => Object.assign(manifest, { annotations }) }),
	});
	writeFiles(join(directory, name), layoutFiles([{ image: made, name: 'latest' }]));
	return `oci-layout:${join(directory, name)}`;
}

const base = image('base', [lower]);
const sameBase = image('same-base', [lower]);
const built = image('built', [lower, upper]);
const origins = (items: readonly Pick<Item, 'path' | 'origin'>[] = []): readonly string[] =>
	items.map(({ path, origin }) => `${path} ${origin}`);

test('layers prove the base, and everything is of the base or added above', async () => {
	const report = await inspect(session, built, { bases: [base] });
	assert.equal(report.base?.answer, 'holds');
	assert.deepEqual(report.base?.candidates, [{ reference: base, layers: 1, because: `the lowest 1 of 2 layers are those of ${base}` }]);
	assert.deepEqual(origins(report.surface.shells.items), ['/opt/shell added', '/usr/bin/bash base']);
	assert.deepEqual(origins(report.software), ['/opt/shell added', '/usr/bin/bash base']);
	assert.deepEqual(origins(report.coverage.executables.unownedItems), ['/opt/shell added']);
	assert.deepEqual(origins(report.capabilities?.[0]?.ways), ['/opt/shell added', '/usr/bin/bash base']);
	// the upgrade kept the settings of the base: most of its files decide
	assert.deepEqual(
		report.packages.filter(({ ecosystem }) => ecosystem === 'deb').map(({ name, version, origin }) => `${name} ${version} ${origin}`),
		['bash 5.2 base', 'curl 7.2 added'],
	);
});

test('two names of the same layers are both told, and the border stands', async () => {
	const report = await inspect(session, built, { bases: [base, sameBase] });
	assert.equal(report.base?.answer, 'unknown');
	assert.deepEqual(
		report.base?.candidates.map(({ layers }) => layers),
		[1, 1],
	);
	assert.deepEqual(origins(report.surface.shells.items), ['/opt/shell added', '/usr/bin/bash base']);
});

test('what the image says of itself is a claim, and draws no border', async () => {
	const claimed = image('claimed', [upper], { 'org.opencontainers.image.base.name': 'docker.io/library/node:20' });
	const report = await inspect(session, claimed);
	assert.equal(report.base?.answer, 'unknown');
	assert.deepEqual(
		report.base?.candidates.map(({ reference, layers }) => `${reference} ${layers}`),
		['docker.io/library/node:20 0'],
	);
	assert.deepEqual(origins(report.surface.shells.items), ['/opt/shell undefined']);
});

test('a base of other layers is none', async () => {
	const other = image('other', [upper]);
	const report = await inspect(session, built, { bases: [other] });
	assert.deepEqual([report.base?.answer, report.base?.candidates], ['unknown', []]);
});

test('a base that cannot be had is an error, not silence', async () => {
	await assert.rejects(inspect(session, built, { bases: [`oci-layout:${directory}/none`] }), { exitCode: 3 });
});
