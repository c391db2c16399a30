import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { choose, createHost, createSession, type ReportedVerification, verify } from '../../src/index.ts';
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
	const applets = ['bin/busybox', 'bin/sh', 'bin/httpd', 'bin/test', 'bin/sleep', 'bin/wget', 'bin/grep'];
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

test('verify: what an earlier run has found out is kept, told, and found out anew when asked or when something has changed', async () => {
	const kept = createSession({ ...createHost({ cacheDirectory: join(work, 'cache') }), build: 'one' });
	writeFileSync(join(work, '.dockerignore'), 'cache\n');
	const request = { application: work, bases: [bases.full], path: '/index.html', test: ['/bin/test', '-e', '/etc/marker'] };
	const run = async (over: object): Promise<ReportedVerification> =>
		(await verify(kept, { ...request, ...over })).bases[0] as ReportedVerification;
	const first = await run({});
	const second = await run({});
	assert.deepEqual([first.answer, first.kept], ['holds', undefined], JSON.stringify(first));
	assert.match(second.kept?.at ?? '', /^20\d\d-.*Z$/);
	assert.deepEqual({ ...second, kept: undefined }, { ...first, kept: undefined });
	for (const over of [{ fresh: true }, { test: ['/bin/test', '-e', '/etc'] }, { readOnly: true }])
		assert.equal((await run(over)).kept, undefined, JSON.stringify(over));
	writeFileSync(join(work, 'index.html'), 'hello again\n');
	assert.equal((await run({})).kept, undefined);
});

test('choose --verify: the smallest that is proved from files fails its tests, so the next one is recommended', async () => {
	const candidates = [bases.tampered].map((reference) => ({ reference, from: 'command-line' as const, because: 'named' }));
	const {
		recommendation,
		proof,
		candidates: rows,
	} = await choose(session, {
		application: work,
		candidates,
		only: true,
		profile: { exposure: 'internal', debugging: 'none', data: 'ordinary' },
		verify: { path: '/index.html', test: ['/bin/test', '-e', '/etc/marker'] },
	});
	const answers = rows.map(({ reference, verification, rank }) => [reference, verification?.answer, rank]);
	assert.deepEqual(
		[recommendation?.reference, proof?.tried, proof?.disagreements.map(({ reference }) => reference)],
		[bases.full, [bases.full, bases.tampered], [bases.tampered]],
		JSON.stringify(answers),
	);
	assert.deepEqual(leftBehind(), []);
});

test('verify: tests from outside, in a second container that shares the network', async () => {
	const test = 'wget -q -O - "$FOOTING_URL/index.html" | grep -q hello && test -e Dockerfile';
	const found: ReportedVerification[] = [];
	for (const line of [test, `${test} && false`])
		found.push(
			...(await verify(session, { application: work, bases: [bases.full], path: '/index.html', test: line, testFrom: bases.full })).bases,
		);
	assert.deepEqual(
		found.map(({ tests }) => [tests?.answer, tests?.outside]),
		[
			['holds', bases.full],
			['fails', bases.full],
		],
		JSON.stringify(found),
	);
});

test('verify: a network that is asked for is there, and a volume that a flag names is gone again', async () => {
	const volume = `footing-test-${process.pid}`;
	const runFlags = ['--network=bridge', `--volume=${volume}:/data`];
	const test = ['/bin/busybox', 'sh', '-c', 'test -d /sys/class/net/eth0 && test -d /data'];
	const { bases: found } = await verify(session, { application: work, bases: [bases.full], path: '/index.html', runFlags, test });
	assert.equal(found[0]?.tests?.answer, 'holds', JSON.stringify(found));
	assert.equal(docker('volume', 'ls', '--quiet', '--filter', `name=${volume}`), '');
	assert.deepEqual(leftBehind(), []);
});
