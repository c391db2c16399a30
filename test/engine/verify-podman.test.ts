import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost, createSession, debug, verify } from '../../src/index.ts';
import { runToEnd } from '../../src/verify/containers.ts';
import { emptyImage } from '../../src/verify/empty-image.ts';
import { openWorkspace } from '../../src/verify/open-workspace.ts';

/** Against Podman with a storage and settings of its own; run by .ci/run, which installs it. */
const work = mkdtempSync(join(tmpdir(), 'verify-podman-'));
const env = { ...process.env, CONTAINERS_CONF: join(work, 'containers.conf'), CONTAINERS_STORAGE_CONF: join(work, 'storage.conf') };
const session = createSession(createHost({ env }));
const engine = 'podman';

function podman(...args: readonly string[]): string {
	return spawnSync('podman', args, { env, encoding: 'utf8' }).stdout.trim();
}

before(() => {
	// limits that a nested container may set
	const limits = 'default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]';
	writeFileSync(env.CONTAINERS_CONF, `[containers]\n${limits}\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n`);
	const storage = `driver = "vfs"\ngraphroot = "${work}/storage"\nrunroot = "${work}/run"\n`;
	writeFileSync(env.CONTAINERS_STORAGE_CONF, `[storage]\n${storage}`);
	copyFileSync(['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path)) as string, join(work, 'httpd'));
	const health = 'HEALTHCHECK --retries=1 CMD ["/httpd", "--help"]';
	writeFileSync(join(work, 'Dockerfile'), `ARG BASE\nFROM \${BASE}\nCOPY httpd /httpd\n${health}\nCMD ["/httpd", "-f", "-p", "8080"]\n`);
	writeFileSync(join(work, '.dockerignore'), '*\n!httpd\n');
});
after(() => rmSync(work, { recursive: true, force: true }));

test('podman: built, started and asked over its port and its health check, and removed', async () => {
	const { bases } = await verify(session, { application: work, bases: ['scratch'], engine });
	const [base] = bases;
	assert.deepEqual([base?.build?.answer, base?.start?.answer], ['holds', 'holds'], JSON.stringify(base));
	assert.match(base?.start?.because ?? '', /on port 8080 was answered \d+; its health check says healthy/);
	assert.equal(podman('images', '-aq') + podman('ps', '-aq'), '');
});

test('podman: why a program was not started is told by its code', async () => {
	const workspace = await openWorkspace(session.host, engine);
	try {
		const ran = await runToEnd(workspace, { image: await emptyImage(workspace), argv: ['sh', '-c', 'exit 0'] });
		assert.deepEqual([ran.started, ran.exitCode], [false, 127], ran.output);
		assert.match(ran.output, /sh.* not found/);
	} finally {
		await workspace.close();
	}
});

test('podman: a container that runs, and what it left', async () => {
	const image = podman('build', '-q', '--build-arg', 'BASE=scratch', work);
	const id = podman('run', '--detach', '--network', 'none', image);
	const beside = await debug(session, { target: id, command: 'ls /proc/1/root/httpd', engine });
	podman('kill', id);
	const copy = await debug(session, { target: id, command: 'ls /httpd', engine });
	assert.deepEqual([beside.ran?.output, copy.ran?.output], ['/proc/1/root/httpd\n', '/httpd\n']);
	podman('rm', '--force', id);
	podman('rmi', '--force', image);
});
