import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createHost, createSession, type ReportedVerification, verify } from '../../src/index.ts';
import { importImage } from '../support/busybox-image.ts';
import { leftBehind } from '../support/left-behind.ts';

/** Against the Docker engine of this machine; run by .ci/run. Bases are made of the machine's static BusyBox; nothing is pulled. */
const work = mkdtempSync(join(tmpdir(), 'verify-'));
const session = createSession(createHost());
const bases = {
	full: `footing-test/full:${process.pid}`,
	tampered: `footing-test/tampered:${process.pid}`,
	bare: `footing-test/bare:${process.pid}`,
};

function docker(...args: readonly string[]): string {
	return spawnSync('docker', args, { encoding: 'utf8' }).stdout;
}

before(() => {
	const applets = ['bin/busybox', 'bin/sh', 'bin/httpd', 'bin/test', 'bin/sleep'];
	importImage(bases.full, { applets, files: { 'etc/marker': 'x' } });
	importImage(bases.tampered, { applets });
	importImage(bases.bare, { applets: [], files: { 'etc/marker': 'x' } });
	const dockerfile = [`ARG BASE=${bases.full}`, 'FROM ${BASE}', 'WORKDIR /srv', 'COPY index.html .', 'EXPOSE 8080'];
	writeFileSync(join(work, 'index.html'), 'hello\n');
	writeFileSync(join(work, 'Dockerfile'), [...dockerfile, 'CMD ["/bin/httpd", "-f", "-p", "8080"]', ''].join('\n'));
	writeFileSync(
		join(work, 'Dockerfile.health'),
		[...dockerfile, 'HEALTHCHECK --retries=1 CMD ["/bin/test", "-e", "/etc/marker"]', 'CMD ["/bin/httpd", "-f", "-p", "8080"]', ''].join(
			'\n',
		),
	);
	writeFileSync(join(work, 'Dockerfile.slow'), [...dockerfile, 'CMD ["/bin/sleep", "300"]', ''].join('\n'));
});
after(() => {
	docker('rmi', '-f', ...Object.values(bases));
	rmSync(work, { recursive: true, force: true });
});

function parts({ answer, build, start, tests, baseline, fit }: ReportedVerification): readonly unknown[] {
	return [answer, build?.answer, start?.answer, tests?.answer, baseline?.answer, fit?.agrees];
}

test('verify: it works on one base, its tests fail only on the second, and cannot be started on the third', async () => {
	const request = {
		application: work,
		bases: Object.values(bases),
		engine: 'docker',
		path: '/index.html',
		test: ['/bin/test', '-e', '/etc/marker'],
	};
	const { bases: found } = await verify(session, request);
	const [full, tampered, bare] = found as [ReportedVerification, ReportedVerification, ReportedVerification];
	assert.deepEqual(parts(full), ['holds', 'holds', 'holds', 'holds', undefined, 'holds'], JSON.stringify(full));
	assert.match(full.start?.because ?? '', /GET \/index\.html on port 8080 was answered 200/);
	assert.deepEqual(parts(tampered), ['fails', 'holds', 'holds', 'fails', 'holds', 'fails'], JSON.stringify(tampered));
	assert.deepEqual(parts(bare), ['fails', 'holds', 'fails', 'unknown', 'holds', 'holds'], JSON.stringify(bare));
	assert.match(bare.start?.output ?? '', /\/bin\/httpd/);
	assert.deepEqual(leftBehind(), []);
});

test('verify: a container that never becomes healthy on one base', async () => {
	const { bases: found } = await verify(session, {
		application: work,
		dockerfile: 'Dockerfile.health',
		bases: [bases.tampered],
		waitMs: 10_000,
	});
	assert.deepEqual(
		parts(found[0] as ReportedVerification),
		['fails', 'holds', 'fails', 'unknown', 'holds', 'fails'],
		JSON.stringify(found[0]),
	);
	assert.match(found[0]?.because ?? '', /its health check says unhealthy/);
});

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
	test(`verify: nothing is left after ${signal === 'SIGKILL' ? 'a kill and the next run' : signal}`, async () => {
		const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
		const args = ['verify', work, '--dockerfile', 'Dockerfile.slow', '--base', bases.full, '--wait', '100'];
		const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore' });
		const pid = child.pid as number;
		const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve(by ?? code)));
		for (let i = 0; i < 200 && !leftBehind(pid).some((line) => !line.includes('sha256:')); i++) await wait(100);
		assert.notDeepEqual(leftBehind(pid), []);
		child.kill(signal);
		assert.equal(await ended, signal);
		if (signal === 'SIGKILL') await verify(session, { application: work, bases: [bases.bare], waitMs: 1000 });
		assert.deepEqual(leftBehind(pid), []);
	});
}
