import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blobPath, compose, type ImageParts, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { keepingHost } from '../../test/support/keeping-host.ts';
import { tar } from '../../test/support/tar.ts';
import type { Host } from '../model/host.ts';
import { createSession } from './create-session.ts';
import { inspect } from './inspect.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-told-'));
after(() => rmSync(directory, { recursive: true }));

const debian = [
	{ name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="11"\n' },
	{ name: 'var/lib/dpkg/status', body: 'Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 7.1\n\n' },
	{ name: 'usr/bin/odd-\udc80', body: '#!/bin/sh\n', mode: 0o4755 },
];

function image(name: string, parts: Partial<ImageParts> = {}): { readonly reference: string; readonly blob: string } {
	const made = compose({ layers: [tar(debian)], config: { os: 'linux', architecture: 'amd64', config: { User: '1000' } }, ...parts });
	writeFiles(join(directory, name), layoutFiles([{ image: made, name: 'latest' }]));
	const [layer] = made.layers;
	assert.ok(layer !== undefined);
	return { reference: `oci-layout:${join(directory, name)}`, blob: join(directory, name, blobPath(layer)) };
}

test('told before: the same report, and no layer is opened', async () => {
	const host = keepingHost();
	const { reference, blob } = image('same');
	const first = await inspect(createSession(host), reference);
	assert.ok(host.opened.includes(blob));
	host.opened.length = 0;
	const second = await inspect(createSession(host), reference);
	assert.deepEqual(second, first);
	assert.equal(JSON.stringify(second), JSON.stringify(first));
	assert.ok(!host.opened.includes(blob));
	assert.ok(second.surface.setuid.items?.some(({ path }) => path === '/usr/bin/odd-\udc80'));
});

test('told before: what has ended since is told anew', async () => {
	const host = keepingHost();
	const { reference } = image('aging');
	const past = async (day: string): Promise<readonly boolean[]> =>
		(await inspect(createSession(host, { today: new Date(day) }), reference)).system.endOfLife.map(({ past: is }) => is);
	assert.deepEqual([await past('2022-01-01'), await past('2036-01-01')], [[false], [true]]);
});

const others: readonly (readonly [title: string, again: (host: Host, reference: string) => Promise<unknown>])[] = [
	['another build', (host, reference) => inspect(createSession({ ...host, build: 'two' }), reference)],
	['an unknown build', ({ build: _, ...host }, reference) => inspect(createSession(host), reference)],
];
for (const [title, again] of others)
	test(`told before: ${title} looks for itself`, async () => {
		const host = keepingHost();
		const { reference, blob } = image(title);
		await inspect(createSession(host), reference);
		host.opened.length = 0;
		await again(host, reference);
		assert.ok(host.opened.includes(blob));
	});

test('told before: the same layers under another configuration, or a base that is known by now, are another report', async () => {
	const host = keepingHost();
	const session = createSession(host);
	const one = await inspect(session, image('user').reference);
	const root = image('root', { config: { os: 'linux', architecture: 'amd64', config: { User: '0' } } });
	assert.deepEqual([one.image.config.user, (await inspect(session, root.reference)).image.config.user], ['1000', '0']);
	const built = image('built', { layers: [tar(debian), tar([{ name: 'app', body: 'x' }])] }).reference;
	const base = image('base').reference;
	assert.equal((await inspect(session, built)).base?.answer, 'unknown');
	assert.equal((await inspect(session, built, { bases: [base] })).base?.answer, 'holds');
	assert.equal((await inspect(session, built)).base?.answer, 'unknown');
});

test('told before: what lies is refused each time and never kept', async () => {
	const host = keepingHost();
	const { reference } = image('lying', { diffIds: [`sha256:${'0'.repeat(64)}`] });
	for (let i = 0; i < 2; i += 1) await assert.rejects(inspect(createSession(host), reference), { code: 'digest-mismatch' });
	assert.equal(host.kept.size, 0);
});
