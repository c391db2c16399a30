import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ComposedBase, composeBases } from '../../tools/demo/compose-bases.ts';
import { readTar } from '../../tools/demo/deb.ts';
import { build, docker, dockerOutput, isRunning, loadLayout, logOf, startServer, sweep } from '../support/docker.ts';

/*
 * What the demo says, held against a container engine: the counts of its bases against the programs inside them and the
 * exported file system, and every answer about the example API against building and running it there.
 */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const example = join(root, 'examples', 'node-api');
const work = mkdtempSync(join(tmpdir(), 'footing-engine-'));
const { layout, bases } = await composeBases(join(root, '.cache', 'demo'), () => {});
const local = (base: ComposedBase): string => `footing-test/${base.tag}:demo`;
const built: string[] = [];

before(() => loadLayout(layout, new Map(bases.map((base) => [base.tag, local(base)]))));
after(() => {
	sweep([...built, ...bases.map(local)]);
	rmSync(work, { recursive: true });
});

function footing(args: readonly string[]) {
	const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args, '--format', 'json', '--quiet'], {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	assert.notEqual(stdout, '', stderr);
	return JSON.parse(stdout);
}

interface Surface {
	readonly packages: { readonly byEcosystem: Readonly<Record<string, number>> };
	readonly setuid: { readonly items: readonly { readonly path: string }[] };
	readonly setgid: { readonly items: readonly { readonly path: string }[] };
	readonly shells: { readonly items: readonly { readonly name: string }[] };
}

for (const base of bases) {
	test(`${base.like}: counts are those of the engine, read from the engine or from the layout`, () => {
		const fromLayout: Surface = footing(['inspect', `oci-layout:${layout}:${base.tag}`]).surface;
		const fromEngine: Surface = footing(['inspect', `docker:${local(base)}`]).surface;
		assert.deepEqual(fromEngine, fromLayout);
		const files = exported(local(base));
		assert.deepEqual(paths(fromLayout.setuid.items), withBit(files, 0o4000));
		assert.deepEqual(paths(fromLayout.setgid.items), withBit(files, 0o2000));
		assert.equal(fromLayout.packages.byEcosystem['deb'] ?? 0, packageCount(local(base), files));
		const shell = docker(['run', '--rm', '--network', 'none', '--entrypoint', '/bin/sh', local(base), '-c', 'exit 0']).status === 0;
		assert.equal(fromLayout.shells.items.length > 0, shell);
	});
}

type Files = ReturnType<typeof readTar>;

function exported(image: string): Files {
	const id = dockerOutput(['create', image, 'none']).trim();
	try {
		const { stdout } = spawnSync('docker', ['export', id], { maxBuffer: 2 ** 31 - 1 });
		return readTar(stdout);
	} finally {
		docker(['rm', id]);
	}
}

function paths(items: readonly { readonly path: string }[]): readonly string[] {
	return items.map(({ path }) => path).sort();
}

function withBit(files: Files, bit: number): readonly string[] {
	return files
		.filter(({ type, mode }) => type === 'file' && (mode & bit) !== 0)
		.map(({ path }) => path)
		.sort();
}

/** As dpkg-query counts, or the records of an image without dpkg. */
function packageCount(image: string, files: Files): number {
	if (files.some(({ path }) => path === '/usr/bin/dpkg-query')) {
		return dockerOutput(['run', '--rm', '--network', 'none', '--entrypoint', 'dpkg-query', image, '-W']).trim().split('\n').length;
	}
	return files.filter(
		({ path, type }) => type === 'file' && /^\/var\/lib\/dpkg\/status\.d\/[^/]+$/.test(path) && !path.endsWith('.md5sums'),
	).length;
}

interface Candidate {
	readonly reference: string;
	readonly fit: { readonly answer: string; readonly patch?: string };
}

test('choose: what is said to run does run, after the patch where there is one, and what is said to break does break', async (t) => {
	const [current, ...candidates] = bases.map(({ like }) => like);
	assert.equal(spawnSync('npm', ['ci', '--silent', '--omit=dev'], { cwd: example }).status, 0);
	const report = footing([
		...['choose', example, '--only', ...candidates.flatMap((name) => ['--candidate', name])],
		...bases.flatMap(({ like, tag }) => ['--substitute', `${like}=oci-layout:${layout}:${tag}`]),
	]);
	const all: readonly Candidate[] = report.candidates;
	assert.deepEqual(new Set(all.map(({ reference }) => reference)), new Set([current, ...candidates]));
	assert.notEqual(report.recommendation, undefined);
	for (const [index, { reference, fit }] of all.entries()) {
		await t.test(`${reference}: ${fit.answer}`, async () => {
			assert.notEqual(fit.answer, 'unknown');
			const asItIs = await works(applicationOn(reference, `${index}-as-it-is`));
			assert.equal(asItIs.works, fit.answer === 'runs', asItIs.because);
			if (fit.answer !== 'runs-with-changes') return;
			const patched = await works(applicationOn(reference, `${index}-patched`, fit.patch));
			assert.equal(patched.works, true, patched.because);
		});
	}
});

/** The example on a base: FROM exchanged by hand or by the patch, and its packages brought along, since the build has no network. */
function applicationOn(reference: string, name: string, patch?: string): string {
	const directory = join(work, name);
	cpSync(example, directory, { recursive: true });
	const file = join(directory, 'Dockerfile');
	if (patch !== undefined) {
		const applied = spawnSync('patch', ['-p1', '--directory', directory], { input: patch, encoding: 'utf8' });
		assert.equal(applied.status, 0, applied.stdout + applied.stderr);
	}
	const stages = readFileSync(file, 'utf8').split(/^(?=FROM )/m);
	const last = stages.length - 1;
	const moved = stages.map((stage, index) =>
		stage.replace(/^FROM (\S+)/, (_, from: string) => `FROM ${localName(index === last ? reference : from)}`),
	);
	writeFileSync(file, moved.join('').replace(/^RUN npm ci .*$/m, 'COPY node_modules ./node_modules'));
	writeFileSync(join(directory, '.dockerignore'), 'Dockerfile\n');
	return directory;
}

function localName(reference: string): string {
	const base = bases.find(({ like }) => like === reference);
	assert.notEqual(base, undefined, `${reference} is none of the demo's bases`);
	return local(base as ComposedBase);
}

/** Builds it, starts it and runs its own tests against it. */
async function works(directory: string): Promise<{ readonly works: boolean; readonly because: string }> {
	const name = `footing-test/application-${process.pid}-${built.length}:demo`;
	const { built: done, output } = build(directory, name);
	if (!done) return { works: false, because: output };
	built.push(name);
	const { id, url, log } = startServer(name, 3000);
	if (url === undefined || !(await answers(id, `${url}/health`))) return { works: false, because: `${log}${logOf(id)}` };
	const env = { ...process.env, FOOTING_TEST_URL: url };
	const { status, stdout } = spawnSync(process.execPath, ['--test', 'test/*.test.js'], { cwd: example, env, encoding: 'utf8' });
	return { works: status === 0, because: stdout };
}

async function answers(id: string, url: string): Promise<boolean> {
	for (let attempt = 0; attempt < 100 && isRunning(id); attempt += 1) {
		const response = await fetch(url).catch(() => undefined);
		if (response?.ok === true) return true;
		await sleep(100);
	}
	return false;
}
