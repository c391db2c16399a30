import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostWithPrograms } from '../../test/support/fake-engine.ts';
import { openWorkspace } from './open-workspace.ts';

const ids = { dead: 'a'.repeat(64), alive: 'b'.repeat(64), own: 'c'.repeat(64), far: 'd'.repeat(64) };
const owners = new Map([
	[ids.dead, 'here-1-1-1'],
	[ids.alive, 'here-2-2-1'],
	[ids.own, 'test-1-1-1'],
	[ids.far, 'elsewhere-1-1-1'],
]);

/** An engine that has a container of each owner until it is removed, and no images. */
function engine() {
	const left = new Set(owners.keys());
	const programs = hostWithPrograms(([program, command, ...args]) => {
		if (program === 'docker' && command === 'version') return '20.10\n';
		if (command === 'ps') return [...left].join('\n');
		if (command === 'container')
			return args
				.filter((arg) => left.has(arg))
				.map((id) => `${id} ${owners.get(id)}`)
				.join('\n');
		if (command === 'rm') for (const id of args) left.delete(id);
		return '';
	});
	const self = {
		id: 'test-1-1',
		isAlive: (id: string) => (id.startsWith('here-1') ? false : id.startsWith('elsewhere') ? undefined : true),
	};
	return { left, host: { ...programs.host, self }, asked: programs.asked };
}

test('workspace: at the start what a dead process left is removed; what lives or cannot be told stays', async () => {
	const { left, host } = engine();
	await openWorkspace(host, 'docker');
	assert.deepEqual([...left], [ids.alive, ids.own, ids.far]);
});

test('workspace: at the close what carries its own mark is removed, and nothing can be run any more', async () => {
	const { left, host } = engine();
	const workspace = await openWorkspace(host, 'docker');
	owners.set(ids.own, workspace.label.replace(/^.*=/, ''));
	await workspace.close();
	await workspace.close();
	assert.deepEqual([...left], [ids.alive, ids.far]);
	await assert.rejects(workspace.run(['ps']), { code: 'interrupted' });
});

test('workspace: images that were pulled for us go too, and the base’s own parents are never pruned', async () => {
	const { host, asked } = engine();
	const workspace = await openWorkspace(host, 'docker');
	workspace.pulled('node:20');
	await workspace.close();
	assert.deepEqual(
		asked.filter((line) => line.startsWith('docker rmi')),
		['docker rmi --no-prune -- node:20'],
	);
});

test('workspace: an engine that is not there is named with what it said', async () => {
	const { host } = hostWithPrograms(() => ({ exitCode: 1, stderr: 'Cannot connect to the daemon\n' }));
	await assert.rejects(openWorkspace(host), { code: 'engine-unavailable', message: /docker: Cannot connect to the daemon; podman: / });
	await assert.rejects(openWorkspace(host, 'lxc'), { code: 'bad-usage', message: /it is docker or podman/ });
});
