/**
 * Footing beside its peers on the same images, interleaved, each as a whole process:
 *
 *     node bench/inspect.ts --image docker-archive:app.tar --image oci-layout:layout [--runs 5] [--peers trivy,snyk-docker-plugin]
 *
 * First what was found is compared: a fast answer that misses packages is no answer. Then medians, ratios, peak memory.
 */
import { parseArgs } from 'node:util';
import { keyOf } from './found-package.ts';
import { type BenchImage, footing, imageOf, type Peer, snyk, syft, trivy } from './peers.ts';
import { median, type TimedRun, timedRun } from './timed-run.ts';

const { values } = parseArgs({
	options: {
		image: { type: 'string', multiple: true },
		runs: { type: 'string', default: '5' },
		peers: { type: 'string', default: 'trivy,snyk-docker-plugin' },
	},
});

const peers = peersNamed(values.peers.split(','));
for (const text of values.image ?? []) await compareOn(imageOf(text), Number(values.runs));

function peersNamed(names: readonly string[]): readonly Peer[] {
	const all: Readonly<Record<string, () => Peer | undefined>> = { trivy, syft, 'snyk-docker-plugin': snyk };
	return [
		footing(),
		...names.flatMap((name) => {
			const peer = all[name]?.();
			if (peer === undefined) console.error(`${name} cannot be had here`);
			return peer === undefined ? [] : [peer];
		}),
	];
}

async function compareOn(image: BenchImage, runs: number): Promise<void> {
	const results = new Map<Peer, TimedRun[]>(peers.map((peer) => [peer, []]));
	for (let run = 0; run < runs; run += 1)
		for (const peer of peers) {
			peer.reset?.();
			results.get(peer)?.push(await timedRun(peer.command(image), peer.env));
		}
	print(image, results);
}

function print(image: BenchImage, results: ReadonlyMap<Peer, readonly TimedRun[]>): void {
	console.log(`\n${image.form}:${image.path}`);
	const [ours] = results.keys();
	const found = packagesOf(ours as Peer, results);
	const base = median((results.get(ours as Peer) ?? []).map(({ milliseconds }) => milliseconds));
	for (const [peer, runs] of results) {
		const time = median(runs.map(({ milliseconds }) => milliseconds));
		const peak = median(runs.map(({ peakBytes }) => peakBytes));
		const theirs = packagesOf(peer, results);
		const missed = [...theirs].filter((name) => !found.has(name));
		console.log(
			`  ${`${peer.name} ${peer.version?.() ?? ''}`.padEnd(28)} ${(time / 1000).toFixed(2).padStart(7)} s  ${(time / base).toFixed(1).padStart(5)}×  ${(peak / 1e6).toFixed(0).padStart(5)} MB  ${theirs.size} packages${
				missed.length > 0 ? `; ${missed.length} that footing did not find: ${missed.slice(0, 5).join(', ')}` : ''
			}${runs.some(({ exitCode }) => exitCode !== 0) ? '; FAILED' : ''}`,
		);
	}
}

/** Time is compared on what all of them look for; bench/packages.ts compares what they find. */
const systems: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

function packagesOf(peer: Peer, results: ReadonlyMap<Peer, readonly TimedRun[]>): ReadonlySet<string> {
	try {
		const found = peer.packages(results.get(peer)?.[0]?.stdout ?? '');
		return new Set(found.filter(({ ecosystem }) => systems.has(ecosystem)).map(keyOf));
	} catch {
		return new Set();
	}
}
