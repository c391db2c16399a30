import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { baseName, writeDirectory, writeImage } from './large-application.ts';
import { median, type TimedRun, timedRun } from './timed-run.ts';

/**
 * `footing fit` of a large application against several bases, and `footing choose` of an ordinary one among them, as whole
 * processes:
 *
 *     npm run bench:fit -- --base oci-layout:node --base oci-layout:slim … [--files 20000] [--ordinary 600] [--runs 5]
 *
 * As a directory, and as an image that stands on the first base (an OCI layout). The first run of each fills the cache and is
 * told apart; the others are warm, each beside a run of `node -e 0`.
 */
const { values } = parseArgs({
	options: {
		base: { type: 'string', multiple: true, default: [] },
		files: { type: 'string', default: '20000' },
		ordinary: { type: 'string', default: '600' },
		runs: { type: 'string', default: '5' },
	},
});
const first = values.base[0];
if (first?.startsWith('oci-layout:') !== true) throw new Error('--base oci-layout:DIR, several times; the application stands on the first');

const place = mkdtempSync(join(tmpdir(), 'footing-bench-fit-'));
const named = (flag: string): readonly string[] => values.base.flatMap((base) => [flag, base]);
try {
	const [large, ordinary, image] = ['large', 'ordinary', 'image'].map((name) => join(place, name)) as [string, string, string];
	writeDirectory(large, Number(values.files));
	writeDirectory(ordinary, Number(values.ordinary));
	writeImage(image, first.slice('oci-layout:'.length), Number(values.files));
	await measure('fit, image', ['fit', `oci-layout:${image}`, ...named('--base')]);
	const current = ['--substitute', `${baseName}=${first}`];
	await measure('fit, directory', ['fit', large, ...named('--base'), ...current]);
	await measure('choose, directory', ['choose', ordinary, ...named('--candidate'), ...current, '--only']);
} finally {
	rmSync(place, { recursive: true, force: true });
}

interface Told {
	readonly application: { readonly files: number };
	readonly bases?: readonly { readonly answer: string }[];
	readonly candidates?: readonly { readonly fit?: { readonly answer: string } }[];
}

async function measure(title: string, args: readonly string[]): Promise<void> {
	const command = [process.execPath, 'dist/cli/main.js', ...args, '--format', 'json'];
	const env = { XDG_CACHE_HOME: join(place, 'cache') };
	const cold = await timedRun(command, env);
	const warm: TimedRun[] = [];
	const node: number[] = [];
	for (let i = 0; i < Number(values.runs); i++) {
		warm.push(await timedRun(command, env));
		node.push((await timedRun([process.execPath, '-e', '0'])).milliseconds);
	}
	if (warm.some(({ stdout }) => stdout !== cold.stdout)) throw new Error(`${title}: another report when it is asked again`);
	const report = JSON.parse(cold.stdout) as Told;
	const answers = report.bases?.map(({ answer }) => answer) ?? report.candidates?.map(({ fit }) => fit?.answer ?? 'not had') ?? [];
	const again = median(warm.map(({ milliseconds }) => milliseconds));
	const ratio = (again / median(node)).toFixed(1);
	console.log(`${title}: ${report.application.files} files, ${answers.length} bases (${answers.join(', ')})`);
	console.log(`  cold ${told(cold)}; warm ${Math.round(again)} ms, ${ratio} times node -e 0 (${warm.map(told).join('; ')})`);
}

function told({ milliseconds, cpuMilliseconds, peakBytes }: TimedRun): string {
	return `${Math.round(milliseconds)} ms, processor ${cpuMilliseconds} ms, peak ${Math.round(peakBytes / 1024 ** 2)} MiB`;
}
