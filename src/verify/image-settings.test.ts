import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeEngine } from '../../test/support/fake-engine.ts';
import { imageSettings } from './image-settings.ts';

const Config = {
	Entrypoint: ['/nodejs/bin/node'],
	Cmd: ['server.js'],
	WorkingDir: '/app',
	Env: ['A=b=c'],
	ExposedPorts: { '80/tcp': {}, '53/udp': {} },
};
const expected = {
	entrypoint: ['/nodejs/bin/node'],
	command: ['server.js'],
	workingDir: '/app',
	env: [{ name: 'A', value: 'b=c' }],
	ports: ['80'],
	hasHealthcheck: true,
};
const nothing = { entrypoint: [], command: [], workingDir: '/', env: [], ports: [], hasHealthcheck: false };
const Healthcheck = { Test: ['CMD', '/check'] };

const rows: readonly (readonly [title: string, said: unknown, expected: object])[] = [
	['Docker', { Config: { ...Config, Healthcheck } }, expected],
	['Podman: a list of one, with the health check beside the configuration', [{ Config, Healthcheck }], expected],
	[
		'a health check that is switched off',
		{ Config: { ...Config, Healthcheck: { Test: ['NONE'] } } },
		{ ...expected, hasHealthcheck: false },
	],
	['nulls', { Config: { Entrypoint: null, Cmd: null, Env: null, ExposedPorts: null } }, nothing],
	['no document at all', 7, nothing],
];

for (const [title, said, wanted] of rows)
	test(`image settings: ${title}`, async () => {
		assert.deepEqual(await imageSettings(fakeEngine(() => JSON.stringify(said)).workspace, 'app'), wanted);
	});
