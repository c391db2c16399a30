import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compose, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { tar } from '../../test/support/tar.ts';
import { createHost } from '../host/create-host.ts';
import type { FleetEntry } from '../model/fleet.ts';
import type { Host, WorkerPort } from '../model/host.ts';
import { createSession } from './create-session.ts';
import { inspect } from './inspect.ts';
import { inspectMany } from './inspect-many.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-many-'));
after(() => rmSync(directory, { recursive: true }));

const system = tar([{ name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\n' }]);

function image(name: string): string {
	const made = compose({
		layers: [system, tar([{ name: `opt/${name}`, body: name }])],
		config: { os: 'linux', architecture: 'amd64', config: {} },
	});
	writeFiles(join(directory, name), layoutFiles([{ image: made, name: 'latest' }]));
	return `oci-layout:${join(directory, name)}`;
}

const images = ['one', 'two', 'three', 'four', 'five'].map(image);
const nowhere = 'oci-layout:/nowhere';

async function all(host: Host, references: readonly string[], whole = false): Promise<readonly FleetEntry[]> {
	const entries: FleetEntry[] = [];
	for await (const entry of inspectMany(createSession(host), references, { whole })) entries.push(entry);
	return entries;
}

const told = (entry: FleetEntry): string =>
	'failed' in entry ? entry.failed.code : `${entry.brief.system.id} ${entry.brief.system.versionId}`;

for (const cores of [1, 2])
	test(`many images on ${cores} processors: in the order of the list, and one that cannot be had does not end it`, async () => {
		const references = [...images.slice(0, 2), nowhere, ...images.slice(2), 'not a reference!'];
		const entries = await all({ ...createHost(), cores }, references);
		assert.deepEqual(
			entries.map(({ reference }) => reference),
			references,
		);
		assert.deepEqual(entries.map(told), ['debian 12', 'debian 12', 'not-found', 'debian 12', 'debian 12', 'debian 12', 'bad-reference']);
	});

test('many images: the whole report of each is that of inspect', async () => {
	const host = { ...createHost(), cores: 2 };
	const [entry] = await all(host, [images[0] as string], true);
	assert.ok(entry !== undefined && 'brief' in entry);
	assert.deepEqual(JSON.parse(entry.report ?? ''), await inspect(createSession(host), images[0] as string));
});

test('many images: a run that was ended goes on where it was, and reads a layer that several have only once', async () => {
	const kept = new Map<string, Uint8Array>();
	const real = createHost();
	const opened: string[] = [];
	const host: Host = {
		...real,
		cores: 1,
		build: 'one',
		cache: { get: async (key) => kept.get(key), put: async (key, bytes) => void kept.set(key, bytes) },
		disk: {
			...real.disk,
			open: async (path, options) => {
				opened.push(path);
				return real.disk.open(path, options);
			},
		},
	};
	// images are read one after the other here: what is not asked for is at most begun
	for await (const entry of inspectMany(createSession(host), images.slice(0, 3))) if (entry.reference === images[1]) break;
	await all(host, images.slice(0, 3));
	opened.length = 0;
	assert.deepEqual((await all(host, images)).map(told), Array<string>(5).fill('debian 12'));
	// of the two that are new, the layer of their own
	assert.equal(opened.filter((path) => path.includes('/blobs/sha256/')).length, 2 + 2 * images.length);
});

test('many images: a thread that dies takes one image with it, not the others', async () => {
	const real = createHost();
	let threads = 0;
	const startWorker = (module: URL): WorkerPort => {
		threads += 1;
		if (threads > 1) return real.startWorker(module);
		let fail: (error: Error) => void = () => {};
		return {
			post: () => setImmediate(() => fail(new Error('out of memory'))),
			onMessage: () => {},
			onFailure: (listener) => {
				fail = listener;
			},
			stop: async () => {},
		};
	};
	const entries = await all({ ...real, cores: 2, startWorker }, images);
	const broken = entries.filter((entry) => 'failed' in entry);
	// whichever was looked up first, it is one
	const [{ reference } = { reference: '' }] = broken;
	assert.deepEqual(broken, [{ reference, failed: { code: 'internal', message: 'cannot read it: out of memory' } }]);
	const others = entries.filter((entry) => !('failed' in entry));
	assert.deepEqual(others.map(told), Array<string>(4).fill('debian 12'));
});

test('many images: when no more are asked for, the threads end and none begins', async () => {
	const real = createHost();
	let running = 0;
	let begun = 0;
	const startWorker = (module: URL): WorkerPort => {
		const port = real.startWorker(module);
		running += 1;
		begun += 1;
		return {
			...port,
			stop: async () => {
				await port.stop();
				running -= 1;
			},
		};
	};
	for await (const _ of inspectMany(createSession({ ...real, cores: 2, startWorker }), images)) break;
	await new Promise((resolve) => setTimeout(resolve, 100));
	assert.deepEqual([running, begun <= 2], [0, true]);
});
