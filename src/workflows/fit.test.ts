import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blobPath, compose, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { keepingHost } from '../../test/support/keeping-host.ts';
import { tar } from '../../test/support/tar.ts';
import type { Host } from '../model/host.ts';
import type { FitReport } from '../model/report.ts';
import { createSession } from './create-session.ts';
import { fit } from './fit.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-fit-kept-'));
after(() => rmSync(directory, { recursive: true }));

const shell = tar([{ name: 'bin/sh', body: '#!/bin/other\n', mode: 0o755 }]);
const shellLess = tar([{ name: 'etc/os-release', body: 'ID=debian\n' }]);
const script = (text: string): Buffer => tar([{ name: 'app/start', body: text, mode: 0o755 }]);

function image(name: string, layers: readonly Buffer[], Entrypoint: readonly string[] = []) {
	const made = compose({ layers, config: { os: 'linux', architecture: 'amd64', config: { Entrypoint } } });
	writeFiles(join(directory, name), layoutFiles([{ image: made, name: 'latest' }]));
	return { reference: `oci-layout:${join(directory, name)}`, blobs: made.layers.map((layer) => join(directory, name, blobPath(layer))) };
}

const base = image('base', [shell]);
const smaller = image('smaller', [shellLess]);
const built = image('built', [shell, script('#!/bin/sh\necho\n')], ['/app/start']);
const images = [base, smaller, built];
const layersOpened = (opened: readonly string[]): readonly string[] =>
	images.flatMap(({ blobs }) => blobs.filter((blob) => opened.includes(blob)));
const ask = (host: Host, application = built.reference, bases = [base.reference, smaller.reference]): Promise<FitReport> =>
	fit(createSession(host), { application, bases });
const answers = ({ bases }: FitReport): readonly string[] => bases.map(({ answer }) => answer);

test('fit asked before: the same report, and no layer nor what is kept of layers is looked at', async () => {
	const host = keepingHost();
	const first = await ask(host);
	assert.ok(layersOpened(host.opened).length >= 3);
	host.opened.length = 0;
	for (const key of host.kept.keys()) if (/^sha256:/.test(key)) host.kept.delete(key);
	const second = await ask(host);
	assert.equal(JSON.stringify(second), JSON.stringify(first));
	assert.deepEqual(layersOpened(host.opened), []);
	assert.equal(second.application.currentBase?.reference, base.reference);
});

test('fit asked before: a base more is answered, the others are told again', async () => {
	const host = keepingHost();
	const [one] = (await ask(host, built.reference, [base.reference])).bases;
	const both = await ask(host);
	assert.deepEqual(both.bases[0], one);
	assert.equal(answers(both)[1], 'breaks');
});

test('fit asked before: another file, start command or border of the base is another question', async () => {
	const host = keepingHost();
	await ask(host);
	const other = image('other', [shell, script('#!/bin/missing\n')], ['/app/start']).reference;
	const started = image('started', [shell, script('#!/bin/sh\necho\n')], ['/app/none']).reference;
	assert.notDeepEqual((await ask(host, other)).bases[0]?.checks, (await ask(host)).bases[0]?.checks);
	assert.notDeepEqual((await ask(host, started)).bases[0]?.checks, (await ask(host)).bases[0]?.checks);
	assert.equal((await ask(host, built.reference, [smaller.reference])).application.currentBase, undefined);
});

const strangers: readonly (readonly [title: string, other: (host: Host) => Host])[] = [
	['another build', (host) => ({ ...host, build: 'two' })],
	['an unknown build', ({ build: _, ...host }) => host],
	['no cache', ({ cache: _, ...host }) => host],
];
for (const [title, other] of strangers)
	test(`fit asked before: with ${title} it is found out again, and the same`, async () => {
		const host = keepingHost();
		const first = await ask(host);
		host.opened.length = 0;
		assert.deepEqual(await ask(other(host)), first);
		assert.ok(layersOpened(host.opened).length >= 3);
	});

test('fit asked before: a base that cannot be read is not kept as an answer', async () => {
	const host = keepingHost();
	const damaged = image('damaged', [shellLess, tar([{ name: 'more', body: 'x' }])]);
	const whole = await ask(keepingHost(), built.reference, [damaged.reference]);
	const blob = damaged.blobs[1] as string;
	const bytes = await host.disk.readFile(blob, 1 << 20);
	writeFileSync(blob, Buffer.alloc(bytes.length));
	const [failed] = (await ask(host, built.reference, [damaged.reference])).bases;
	assert.equal(failed?.failed?.code, 'digest-mismatch');
	writeFileSync(blob, bytes);
	assert.deepEqual((await ask(host, built.reference, [damaged.reference])).bases, whole.bases);
});
