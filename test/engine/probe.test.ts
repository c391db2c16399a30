import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { createHost, createSession, probe } from '../../src/index.ts';
import { importImage } from '../support/busybox-image.ts';
import { leftBehind } from '../support/left-behind.ts';

/** Against the Docker engine of this machine; run by .ci/run. Images are made of the machine's static BusyBox; nothing is pulled. */
const session = createSession(createHost());
const tools = `footing-test/tools:${process.pid}`;

function docker(...args: readonly string[]): string {
	return spawnSync('docker', args, { encoding: 'utf8' }).stdout;
}

before(() =>
	importImage(tools, { applets: ['bin/busybox', 'bin/nc', 'bin/sh'] }, ['USER 1000', 'ENTRYPOINT ["/bin/sh", "-c"]', 'CMD ["exit 0"]']),
);
after(() => docker('rmi', '-f', tools));

test('probe: on an empty image nothing is possible, in the words of the engine', async () => {
	const { moves, agreement, remains } = await probe(session, { target: 'scratch', engine: 'docker' });
	assert.equal(agreement.answer, 'holds', JSON.stringify(moves));
	assert.deepEqual(remains, []);
	assert.match(moves[0]?.evidence ?? '', /exec: "sh": executable file not found in \$PATH/);
});

test('probe: with a shell and netcat what is possible is what was predicted', async () => {
	const { moves, agreement, remains } = await probe(session, { target: tools, engine: 'docker' });
	const wrong = moves.filter(({ predicted, observed }) => predicted !== observed);
	assert.deepEqual(wrong, []);
	assert.equal(agreement.answer, 'holds');
	const possible = remains.map(({ name }) => name);
	for (const name of ['shell', 'reverse-shell', 'environment', 'credentials']) assert.ok(possible.includes(name), possible.join());
	assert.ok(!possible.includes('write'), 'uid 1000 owns nothing there');
	assert.deepEqual(leftBehind(), []);
});

test('probe: a running container', async () => {
	const id = docker('run', '-d', '--network', 'none', tools, 'exec /bin/busybox sleep 100').trim();
	try {
		const { moves, agreement } = await probe(session, { target: id, live: true, engine: 'docker' });
		assert.equal(agreement.answer, 'holds', JSON.stringify(moves));
		assert.match(
			moves.find(({ what }) => what.startsWith('apt-get'))?.evidence ?? '',
			/exec: "apt-get": executable file not found in \$PATH/,
		);
		assert.equal(docker('diff', id), '');
	} finally {
		docker('rm', '-f', id);
	}
});
