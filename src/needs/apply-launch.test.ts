import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageConfig } from '../model/image.ts';
import type { Launch, LaunchPlan } from '../model/need.ts';
import { applyLaunch } from './apply-launch.ts';

const base: ImageConfig = {
	user: 'node',
	entrypoint: ['docker-entrypoint.sh'],
	command: ['node'],
	env: [
		{ name: 'PATH', value: '/bin' },
		{ name: 'A', value: '1' },
	],
	workingDir: '/base',
	exposedPorts: ['80'],
	volumes: [],
	labels: new Map(),
};
const said = <T>(value: T): Launch<T> => ({ value, because: { path: 'Dockerfile', shows: '' } });
const plan = (parts: Partial<LaunchPlan>): LaunchPlan => ({ env: [], exposedPorts: [], volumes: [], runs: [], ...parts });
const exec = (...argv: string[]): Launch<{ form: 'exec'; argv: string[] }> => said({ form: 'exec', argv });

const rows: readonly (readonly [title: string, plan: Partial<LaunchPlan>, expected: Partial<ImageConfig>])[] = [
	['nothing said', {}, { entrypoint: base.entrypoint, command: base.command, user: 'node', workingDir: '/base' }],
	['CMD keeps the ENTRYPOINT', { command: exec('x') }, { entrypoint: base.entrypoint, command: ['x'] }],
	['ENTRYPOINT empties the CMD', { entrypoint: exec('x') }, { entrypoint: ['x'], command: [] }],
	['both', { entrypoint: exec('x'), command: exec('y') }, { entrypoint: ['x'], command: ['y'] }],
	['an empty ENTRYPOINT', { entrypoint: exec() }, { entrypoint: [], command: [] }],
	[
		'ENV with the base put in',
		{ env: [said({ name: 'PATH', value: '/x:${PATH}' })] },
		{
			env: [
				{ name: 'PATH', value: '/x:/bin' },
				{ name: 'A', value: '1' },
			],
		},
	],
	[
		'text of ENV is left alone',
		{ env: [said({ name: 'Q', value: '"$x" \\${A}' })] },
		{ env: [...base.env, { name: 'Q', value: '"$x" \\1' }] },
	],
	['a relative WORKDIR', { workingDir: said('sub') }, { workingDir: '/base/sub' }],
	['USER from the environment', { user: said('${U:-10}') }, { user: '10' }],
	['HEALTHCHECK NONE', { healthcheck: said({ form: 'none', argv: [] }) }, { healthcheck: { test: ['NONE'] } }],
	[
		'HEALTHCHECK in shell form',
		{ healthcheck: said({ form: 'shell', argv: ['/bin/sh', '-c', 'curl x'] }) },
		{ healthcheck: { test: ['CMD-SHELL', 'curl x'] } },
	],
	['ports add up', { exposedPorts: [said('80'), said('81')] }, { exposedPorts: ['80', '81'] }],
];
for (const [title, launch, expected] of rows)
	test(`launch on a base: ${title}`, () => {
		const config = applyLaunch(base, plan(launch));
		for (const [key, value] of Object.entries(expected)) assert.deepEqual(config[key as keyof ImageConfig], value, key);
	});
