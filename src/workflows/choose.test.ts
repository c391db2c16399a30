import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compose, layoutFiles, writeFiles } from '../../test/support/image-forms.ts';
import { type KeepingHost, keepingHost } from '../../test/support/keeping-host.ts';
import { tar } from '../../test/support/tar.ts';
import { defaultProfile } from '../model/base.ts';
import type { ChooseReport } from '../model/report.ts';
import { type ChooseRequest, choose } from './choose.ts';
import { createSession } from './create-session.ts';

const directory = mkdtempSync(join(tmpdir(), 'footing-choose-kept-'));
after(() => rmSync(directory, { recursive: true }));

const shell = { name: 'bin/sh', body: '#!/bin/other\n', mode: 0o755 };
const debian = { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\n' };

function image(name: string, members: Parameters<typeof tar>[0]): void {
	const made = compose({ layers: [tar(members)], config: { os: 'linux', architecture: 'amd64', config: {} } });
	rmSync(join(directory, name), { recursive: true, force: true });
	writeFiles(join(directory, name), layoutFiles([{ image: made, name: 'latest' }]));
}

let count = 0;
/** An application whose Dockerfile the build is not sent, and two images. */
function scene(): { readonly place: string; readonly host: KeepingHost; readonly request: ChooseRequest } {
	count += 1;
	const place = join(directory, `application-${count}`);
	mkdirSync(place);
	writeFileSync(join(place, 'Dockerfile'), 'FROM scratch\nCOPY start /start\nENTRYPOINT ["/start"]\n');
	writeFileSync(join(place, '.dockerignore'), 'Dockerfile\n');
	writeFileSync(join(place, 'start'), '#!/bin/sh\necho\n', { mode: 0o755 });
	const candidates = ['with', 'without'].map((name) => {
		image(`${name}-${count}`, name === 'with' ? [shell, debian] : [debian]);
		return { reference: `oci-layout:${join(directory, `${name}-${count}`)}`, from: 'command-line', because: 'named' } as const;
	});
	return { place, host: keepingHost(), request: { application: place, profile: defaultProfile, candidates, only: true } };
}

/** Blobs that were opened beyond documents: the layers. */
const layersRead = ({ opened }: KeepingHost): number => opened.filter((path) => /blobs\/sha256/.test(path) && isTar(path)).length;
const isTar = (path: string): boolean => !readFileSync(path, 'latin1').startsWith('{');

const today = new Date('2026-01-01');
const ask = (host: KeepingHost, request: ChooseRequest, day = today): Promise<ChooseReport> =>
	choose(createSession(host, { today: day }), request);

test('choice made before: the same report, and no layer nor what is kept of layers is looked at', async () => {
	const { host, request } = scene();
	const first = await ask(host, request);
	assert.equal(layersRead(host), 2);
	host.opened.length = 0;
	for (const key of host.kept.keys()) if (/^sha256:/.test(key)) host.kept.delete(key);
	assert.equal(JSON.stringify(await ask(host, request)), JSON.stringify(first));
	assert.equal(layersRead(host), 0);
});

const changes: readonly (readonly [what: string, change: (at: ReturnType<typeof scene>) => unknown])[] = [
	['a file of the application', ({ place }) => writeFileSync(join(place, 'start'), '#!/bin/zsh\necho\n', { mode: 0o755 })],
	['its mode', ({ place }) => chmodSync(join(place, 'start'), 0o644)],
	['a Dockerfile that the build is not sent', ({ place }) => writeFileSync(join(place, 'Dockerfile'), 'FROM scratch\nCMD ["/none"]\n')],
	['what a name of a candidate means', () => image(`with-${count}`, [debian, { name: 'bin/other', body: 'x' }])],
	['the profile', ({ request }) => ({ ...request, profile: { ...request.profile, debugging: 'interactive' } })],
	['the candidates', ({ request }) => ({ ...request, candidates: request.candidates.slice(0, 1) })],
	['the day', () => new Date('2036-01-01')],
];
for (const [what, change] of changes)
	test(`choice made before: another one when something else is asked: ${what}`, async () => {
		const at = scene();
		const first = await ask(at.host, at.request);
		const changed = change(at);
		const request = changed instanceof Date || changed === undefined ? at.request : (changed as ChooseRequest);
		const day = changed instanceof Date ? changed : today;
		const again = await ask(at.host, request, day);
		assert.notEqual(JSON.stringify(again), JSON.stringify(first));
		assert.equal(JSON.stringify(again), JSON.stringify(await ask(keepingHost(), request, day)));
	});

test('choice made before: one that is to write the Dockerfile is made anew', async () => {
	const { host, request } = scene();
	await ask(host, request);
	for (const key of host.kept.keys()) if (key.startsWith('choice\n')) host.kept.set(key, Buffer.from('{"kind":"kept"}'));
	assert.equal((await ask(host, request)).kind, 'kept');
	assert.equal((await ask(host, { ...request, write: true })).kind, 'choose');
});

test('choice made before: one among candidates that could not all be had is not kept', async () => {
	const { host, request } = scene();
	const missing = {
		...request,
		candidates: [...request.candidates, { reference: 'oci-layout:/nowhere', from: 'command-line', because: 'named' } as const],
	};
	await ask(host, missing);
	assert.ok(![...host.kept.keys()].some((key) => /^(choice|candidates)\n/.test(key)));
});
