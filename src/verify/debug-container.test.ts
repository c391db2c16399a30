import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeEngine } from '../../test/support/fake-engine.ts';
import { debugContainer } from './debug-container.ts';
import { kubernetesDebug } from './kubernetes-debug.ts';

function engine(state: object) {
	return fakeEngine(([command, ...args]) => {
		if (command === 'container') return `${JSON.stringify(state)}\nweb\n`;
		if (command === 'commit') return 'sha256:c0\n';
		if (command === 'build') return 'sha256:b0\n';
		if (command === 'run' && args.includes('/proc/1/status')) return 'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nGid:\t1001\t1001\n';
		return command === 'run' ? 'seen\n' : '';
	});
}

const request = { container: 'shop', user: 'root', command: 'ls', toolbox: 'tools', portable: true } as const;
const running = { Running: true };

test('debug: beside a running container the toolbox shares its processes and network, and may look at other users’ files', async () => {
	const { workspace, asked } = engine(running);
	const found = await debugContainer(workspace, request);
	assert.match(
		asked.at(-1) ?? '',
		/--pid container:shop --network container:shop --user 0 --cap-add SYS_PTRACE --entrypoint \/bin\/sh -- tools -c ls$/,
	);
	assert.deepEqual([found.root, found.ran], ['/proc/1/root', { command: ['/bin/sh', '-c', 'ls'], exitCode: 0, output: 'seen\n' }]);
});

test('debug: as the same user it has the number and the group of the first process, and no further right', async () => {
	const { workspace, asked } = engine(running);
	assert.equal((await debugContainer(workspace, { ...request, user: 'same' })).user, '1000:1001');
	assert.match(asked.at(-1) ?? '', /--user 1000:1001 --entrypoint/);
	assert.doesNotMatch(asked.at(-1) ?? '', /cap-add/);
});

test('debug: of a container that has ended a copy is looked at, with the tools in a directory of their own', async () => {
	const { workspace, asked } = engine({ Running: false, ExitCode: 1, Error: '' });
	const found = await debugContainer(workspace, { ...request, user: 'same' });
	assert.deepEqual([found.root, found.user, found.state?.exitCode], ['/', 'web', 1]);
	assert.ok(asked.some((line) => line.startsWith('commit --change LABEL io.footing.owner=test-1-1 -- shop')));
	assert.match(asked.at(-1) ?? '', /--network none .*--user web --entrypoint \/\.footing\/busybox -- sha256:b0 sh -c ls$/);
});

test('debug: only tools that need no libraries can be laid beside its files', async () => {
	const { workspace } = engine({ Running: false, ExitCode: 1, Error: '' });
	await assert.rejects(debugContainer(workspace, { ...request, portable: false }), { code: 'unsupported' });
});

test('debug: a container that is not there', async () => {
	const { workspace } = fakeEngine(() => ({ exitCode: 1, stderr: 'Error: No such container: shop' }));
	await assert.rejects(debugContainer(workspace, request), { code: 'not-found', message: /No such container: shop/ });
});

test('debug: without a terminal there has to be something to run', async () => {
	const { workspace } = engine(running);
	const { command, ...rest } = request;
	await assert.rejects(debugContainer(workspace, rest), { code: 'bad-usage', hint: /--run COMMAND/ });
	assert.equal(command, 'ls');
});

test('debug: for Kubernetes, what the restricted Pod Security Standard admits', () => {
	const { command, custom } = kubernetesDebug('prod/shop-7d9f/web', 'tools:1', 1000);
	assert.equal(
		command.join(' '),
		'kubectl debug --namespace prod shop-7d9f --stdin --tty --image=tools:1 --target=web --profile=restricted --custom=footing-debug.json -- sh',
	);
	const { securityContext } = JSON.parse(custom);
	assert.deepEqual(securityContext, {
		runAsNonRoot: true,
		runAsUser: 1000,
		allowPrivilegeEscalation: false,
		capabilities: { drop: ['ALL'] },
		seccompProfile: { type: 'RuntimeDefault' },
	});
});

for (const target of ['web', 'a/b/c/d', '--all/web', 'shop/$(id)', 'shop/'])
	test(`debug: ${target} names no container of a pod`, () => assert.throws(() => kubernetesDebug(target, 'tools'), { code: 'bad-usage' }));
