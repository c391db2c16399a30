/**
 * Footing beside its peers on the same images, interleaved, each as a whole process:
 *
 *     npm run bench -- --base oci-layout:DIR [--base …] [--small oci-layout:DIR] [--runs 5] [--only cold] [--trivy PROGRAM]
 *
 * The first base is measured in every form (its zstd layers and its docker-archive are made here, a registry is started on
 * loopback); the fleet is made of images with a layer of their own above all bases. Every digest is checked, as always. A fast
 * answer that misses packages is no answer, so what was found is compared first. Then medians, ratios, peak memory, targets.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Case, casesOf } from './cases.ts';
import { deriveImages, formsOf } from './forms.ts';
import { blobPath, readLayout } from './layout.ts';
import { footing, home, type Runner, trivy } from './runners.ts';
import { head, line } from './table.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const { values } = parseArgs({
	options: {
		base: { type: 'string', multiple: true },
		small: { type: 'string' },
		runs: { type: 'string', default: '5' },
		only: { type: 'string', default: '' },
		trivy: { type: 'string' },
	},
});
const runs = Number(values.runs);
const bases = (values.base ?? []).map(directoryOf);
const [first] = bases;
if (first === undefined) throw new Error('--base oci-layout:DIR: the images to measure');

mkdirSync(home, { recursive: true });
const work = join(home, 'images');
const forms = await formsOf(first, work);
const registry = spawn(process.execPath, [join(import.meta.dirname, 'registry.ts'), forms.gzip], { stdio: ['ignore', 'pipe', 'inherit'] });
const [port] = (await once(registry.stdout, 'data')) as [Buffer];
try {
	const cases = casesOf({
		...forms,
		registry: `127.0.0.1:${port.toString().trim()}/app:latest`,
		small: values.small === undefined ? undefined : directoryOf(values.small),
		changed: deriveImages([first], 2 * runs + 2, work, 'changed-'),
		fleet: deriveImages(bases, 100, work),
		limits: {
			...limit('igzip', ['igzip', '-dc'], forms.gzip),
			...limit('zstd', ['zstd', '-dc'], forms.zstd),
		},
	});
	const peers = [footing(), ...[trivy(values.trivy)].filter((peer) => peer !== undefined)];
	console.log(
		`${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ${runs} runs each\n`,
	);
	console.log(head);
	for (const one of cases) if (one.name.includes(values.only)) console.log(await row(one, peers));
} finally {
	registry.kill();
}

function directoryOf(text: string): string {
	if (!text.startsWith('oci-layout:')) throw new Error(`${text}: it is named as oci-layout:DIR`);
	return resolve(text.slice('oci-layout:'.length));
}

/** Decompresses all layers in two processes, the largest first. */
function limit(
	kind: 'igzip' | 'zstd',
	program: readonly string[],
	layout: string,
): { readonly gzip?: readonly string[]; readonly zstd?: readonly string[] } {
	if (spawnSync(kind, ['--version']).status !== 0) return {};
	const lanes: { size: number; readonly files: string[] }[] = [
		{ size: 0, files: [] },
		{ size: 0, files: [] },
	];
	for (const layer of readLayout(layout).manifest.layers.toSorted((a, b) => b.size - a.size)) {
		const lane = lanes.reduce((least, other) => (other.size < least.size ? other : least));
		lane.size += layer.size;
		lane.files.push(blobPath(layout, layer.digest));
	}
	const script = lanes.map(({ files }) => `(for f in ${files.join(' ')}; do ${program.join(' ')} "$f" > /dev/null; done) &`).join('\n');
	return { [kind === 'igzip' ? 'gzip' : 'zstd']: ['sh', '-c', `${script}\nwait`] };
}

async function row(one: Case, peers: readonly Runner[]): Promise<string> {
	const results = new Map<string, TimedRun[]>();
	const note = (name: string, run: TimedRun): void => void results.set(name, [...(results.get(name) ?? []), run]);
	for (const peer of peers) if (one.before !== 'nothing') await warmUp(one, peer);
	const slow = one.subjects(0).length > 10;
	for (let run = 0; run < runs; run += 1) {
		for (const peer of peers) {
			// what takes minutes is measured once
			if (slow && peer.name !== 'footing' && run > 0) continue;
			if (one.before === 'nothing') peer.forget();
			note(peer.name, await timed(peer, one.subjects(run + 1)));
		}
		if (one.limit !== undefined) note('limit', await timedRun(one.limit));
		if (one.overNode !== undefined) note('node', await timedRun([process.execPath, '-e', '0']));
	}
	return line(one, results, peers);
}

async function warmUp(one: Case, peer: Runner): Promise<void> {
	peer.forget();
	await timed(peer, one.subjects(0));
}

function timed(peer: Runner, subjects: ReturnType<Case['subjects']>): Promise<TimedRun> {
	const [only] = subjects;
	const command = subjects.length === 1 && only !== undefined ? peer.command(only) : peer.commandForMany(subjects);
	return timedRun(command, peer.env);
}
