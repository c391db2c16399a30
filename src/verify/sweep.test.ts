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

/** An engine with an image that stands on one that was pulled, and the mark of the pull; what is there is told by name. */
function pulling(owner: string, there: readonly string[]) {
	const [mark, built] = ['e'.repeat(64), 'f'.repeat(64)];
	const left = new Set([mark, built, ...there]);
	const programs = hostWithPrograms(([program, command, ...args]) => {
		if (program === 'docker' && command === 'version') return '20.10\n';
		if (command === 'images') return [mark, built].filter((id) => left.has(id)).join('\n');
		if (command === 'image')
			return args
				.filter((id) => left.has(id) && id.length === 64)
				.map((id) => `${id} ${owner} ${id === mark ? 'node:20' : ''}`)
				.join('\n');
		if (command !== 'rmi') return '';
		const removed = args.filter((name) => left.delete(name));
		return removed.length > 0 ? removed.join('\n') : { exitCode: 1, stderr: 'No such image' };
	});
	const self = { id: 'test-1-1', isAlive: (id: string) => !id.startsWith('here-1') };
	return { left, mark, host: { ...programs.host, self }, asked: programs.asked };
}

test('workspace: what a dead process has pulled goes after what stands on it', async () => {
	const { left, host, asked } = pulling('here-1-1-1', ['node:20', 'node:22']);
	await openWorkspace(host, 'docker');
	assert.deepEqual([...left], ['node:22']);
	const removals = asked.filter((line) => line.startsWith('docker rmi'));
	assert.deepEqual(removals[1], 'docker rmi --no-prune -- node:20');
});

test('workspace: a pull that has not ended yet is waited for as long as this run lasts', async () => {
	const { left, mark, host } = pulling('here-1-1-1', []);
	const workspace = await openWorkspace(host, 'docker');
	assert.deepEqual([...left], [mark]);
	left.add('node:20');
	await workspace.close();
	assert.deepEqual([...left], []);
});

test('workspace: an engine that is not there is named with what it said', async () => {
	const { host } = hostWithPrograms(() => ({ exitCode: 1, stderr: 'Cannot connect to the daemon\n' }));
	await assert.rejects(openWorkspace(host), { code: 'engine-unavailable', message: /docker: Cannot connect to the daemon; podman: / });
	await assert.rejects(openWorkspace(host, 'lxc'), { code: 'bad-usage', message: /it is docker or podman/ });
});
