import type { Case } from './cases.ts';
import type { Runner } from './runners.ts';
import { median, type TimedRun } from './timed-run.ts';

/** The runs of one situation, by the name of the peer; also `limit` and `node`. */
export type Results = ReadonlyMap<string, readonly TimedRun[]>;

const columns = [
	'situation',
	'footing',
	'peak',
	'Trivy',
	'of Trivy',
	'target',
	'processor',
	'Trivy',
	'limit',
	'of limit',
	'target',
	'packages',
];

export const head = `| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`;

/** One situation as a line of the table. */
export function line(one: Case, results: Results, peers: readonly Runner[]): string {
	const middle = (name: string, of: (run: TimedRun) => number): number | undefined => {
		const all = results.get(name);
		return all === undefined ? undefined : median(all.map(of));
	};
	const time = (name: string): number | undefined => middle(name, ({ milliseconds }) => milliseconds);
	const cpu = (name: string): number | undefined => middle(name, ({ cpuMilliseconds }) => cpuMilliseconds);
	const ours = time('footing') as number;
	const images = one.subjects(0).length;
	const peak = median((results.get('footing') ?? []).map(({ peakBytes }) => peakBytes));
	const [theirs, least, node] = [time('trivy'), time('limit'), time('node')];
	const cells = [
		one.name,
		`${seconds(ours)}${images > 1 ? ` (${(ours / images).toFixed(1)} ms an image${target(one.perImage, ours / images, ' ms')})` : ''}${
			one.overNode === undefined || node === undefined
				? ''
				: ` (Node + ${(ours - node).toFixed(0)} ms${target(one.overNode, ours - node, ' ms')})`
		}`,
		`${(peak / 1e6).toFixed(0)} MB${target(one.peak / 1e6, peak / 1e6, ' MB')}`,
		theirs === undefined ? '' : seconds(theirs),
		theirs === undefined ? '' : (ours / theirs).toFixed(3),
		one.ofTrivy === 0 || theirs === undefined ? '' : verdict(one.ofTrivy, ours / theirs),
		seconds(cpu('footing') as number),
		theirs === undefined ? '' : seconds(cpu('trivy') as number),
		least === undefined ? '' : seconds(least),
		least === undefined ? '' : (ours / least).toFixed(2),
		one.ofLimit === undefined || least === undefined ? '' : verdict(one.ofLimit, ours / least),
		found(results, peers),
	];
	return `| ${cells.join(' | ')} |`;
}

const seconds = (milliseconds: number): string =>
	milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
const verdict = (most: number, value: number): string => `${most} ${value <= most ? 'met' : '**missed**'}`;
const target = (most: number | undefined, value: number, unit: string): string =>
	most === undefined ? '' : `, ${value <= most ? 'met' : '**missed**'}: ${most}${unit}`;

/** The operating system's packages of all images together, of each peer, and what we did not find of theirs. */
function found(results: Results, peers: readonly Runner[]): string {
	const sets = peers.map((peer) => {
		const text = results.get(peer.name)?.[0]?.stdout.trim() ?? '';
		const documents = text.includes('\n}') ? [text] : text.split('\n');
		return {
			name: peer.name,
			packages: new Set(documents.filter((document) => document !== '').flatMap((document) => packagesIn(peer, document))),
		};
	});
	const [ours] = sets;
	return sets
		.map(({ name, packages }) => {
			const missed = [...packages].filter((one) => ours?.packages.has(one) !== true);
			return `${name} ${packages.size}${missed.length === 0 ? '' : `, not found by us: ${missed.slice(0, 5).join(', ')}`}`;
		})
		.join('; ');
}

function packagesIn(peer: Runner, document: string): readonly string[] {
	try {
		return peer.packages(document);
	} catch {
		return [`(${peer.name} gave no document)`];
	}
}
