import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, file, link, rootfs } from '../../../test/support/rootfs.ts';
import type { Image, ImageConfig } from '../../model/image.ts';
import { annotatedBase, applicationFromImage, sharedLayers } from './from-image.ts';

const base: ImageConfig = {
	user: '',
	entrypoint: ['docker-entrypoint.sh'],
	command: ['node'],
	env: [{ name: 'PATH', value: '/bin' }],
	workingDir: '',
	exposedPorts: [],
	volumes: [],
	labels: new Map(),
};
const layer = (diffId: string): Image['layers'][number] => ({ diffId, size: 1, body: { kind: 'tree', directory: '' } });
function image(config: Partial<ImageConfig>, diffIds = ['a', 'b', 'c']): Image {
	return {
		reference: 'registry.example/team/shop:2',
		platform: { os: 'linux', architecture: 'amd64' },
		config: { ...base, ...config },
		layers: diffIds.map(layer),
		annotations: new Map(),
		problems: [],
		close: async () => {},
	};
}
const tree = rootfs({
	'/bin/sh': file('x', { mode: 0o755, layer: 0 }),
	'/etc/passwd': file('root:x:0:0', { layer: 0 }),
	'/srv/': dir({ layer: 0 }),
	'/app/': dir({ layer: 2, uid: 5 }),
	'/app/server.js': file('1', { layer: 2 }),
	'/app/entry.sh': file('#!/bin/sh\n', { mode: 0o755, layer: 2 }),
	'/etc/app.conf': file('c', { layer: 2 }),
	'/app/link': link('server.js', { layer: 2 }),
	'/opt/vendor/owned': file('o', { layer: 1 }),
});
const paths = (files: typeof tree): readonly string[] => [...files.entries()].map((entry) => `${entry.path} ${entry.layer}`);
const known = { reference: 'node:20', config: base, layers: 2, because: { path: 'image config', shows: 'the diffIDs of node:20' } };

test('with a known base the layers above it are the application', async () => {
	const app = applicationFromImage(image({ command: ['server.js'], user: '5', workingDir: '/app' }), tree, { base: known });
	assert.deepEqual(paths(app.files), ['/app 0', '/app/entry.sh 0', '/app/link 0', '/app/server.js 0', '/etc 0', '/etc/app.conf 0']);
	assert.equal(app.files.get('/app')?.uid, 5);
	assert.equal(app.files.shebang('/app/entry.sh'), '#!/bin/sh');
	assert.equal(String(Buffer.from((await app.files.read('/app/link')) ?? [])), '1');
	assert.deepEqual([app.name, app.currentBase?.reference, app.unseen], ['shop', 'node:20', []]);
});

test('without a known base unowned files outside of the system are the application, and that is told', () => {
	const app = applicationFromImage(image({}), tree, { owned: (path) => path.startsWith('/opt/vendor') });
	assert.deepEqual(paths(app.files), ['/app 2', '/app/entry.sh 2', '/app/link 2', '/app/server.js 2', '/opt 1', '/srv 0']);
	assert.deepEqual(
		app.unseen.map(({ code, where }) => `${code} ${where}`),
		['unknown-base /'],
	);
});

const launches: readonly (readonly [title: string, config: Partial<ImageConfig>, expected: readonly string[]])[] = [
	['nothing of its own', {}, []],
	['CMD alone', { command: ['x'] }, ['command exec x']],
	['ENTRYPOINT of its own takes CMD along', { entrypoint: ['y'], command: ['node'] }, ['entrypoint exec y', 'command exec node']],
	['shell form', { command: ['/bin/sh', '-c', 'a b'] }, ['command shell /bin/sh -c a b']],
	['health check', { healthcheck: { test: ['CMD-SHELL', 'curl x'] } }, ['healthcheck shell /bin/sh -c curl x']],
	['no health check', { healthcheck: { test: ['NONE'] } }, ['healthcheck none ']],
];
for (const [title, config, expected] of launches)
	test(`the launch plan of an image: ${title}`, () => {
		const { launch } = applicationFromImage(image(config), tree, { base: known });
		const parts = (['entrypoint', 'command', 'healthcheck'] as const).flatMap((name) => {
			const value = launch[name]?.value;
			return value === undefined ? [] : [`${name} ${value.form} ${value.argv.join(' ')}`];
		});
		assert.deepEqual(parts, expected);
	});

test('variables, ports and volumes of the base are not the application’s', () => {
	const config = { env: [...base.env, { name: 'A', value: '1' }], exposedPorts: ['80/tcp'], volumes: ['/data'] };
	const { launch } = applicationFromImage(image(config), tree, { base: known });
	assert.deepEqual(
		[launch.env, launch.exposedPorts, launch.volumes].map((list) => list.length),
		[1, 1, 1],
	);
});

test('a base is told by its diffIDs', () => {
	assert.equal(sharedLayers(image({}), { layers: [layer('a'), layer('b')] }), 2);
	assert.equal(sharedLayers(image({}), { layers: [layer('a'), layer('x')] }), 0);
	assert.equal(sharedLayers(image({}, ['a']), { layers: [layer('a'), layer('b')] }), 0);
});

test('a base is told by annotations or labels, never as an option', () => {
	const named = (name: string): ReturnType<typeof annotatedBase> =>
		annotatedBase({ annotations: new Map([['org.opencontainers.image.base.name', name]]), config: base });
	assert.deepEqual(named('docker.io/library/node:20'), { reference: 'docker.io/library/node:20' });
	assert.equal(named('--rm'), undefined);
	assert.equal(annotatedBase({ annotations: new Map(), config: base }), undefined);
});
