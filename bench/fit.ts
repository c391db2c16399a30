import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDirectory, writeImage } from './large-application.ts';
import { median, timedRun } from './timed-run.ts';

/**
 * `footing fit` of a large application against several bases, as whole processes:
 *
 *     npm run bench:fit -- --base oci-layout:node --base oci-layout:slim … [--files 20000] [--runs 5]
 *
 * As a directory, and as an image that stands on the first base (an OCI layout). The first run of each fills the cache and is
 * told apart; the others are warm.
 */
const { values } = parseArgs({
	options: {
		base: { type: 'string', multiple: true, default: [] },
		files: { type: 'string', default: '20000' },
		runs: { type: 'string', default: '5' },
	},
});
const first = values.base[0];
if (first?.startsWith('oci-layout:') !== true) throw new Error('--base oci-layout:DIR, several times; the application stands on the first');

const place = mkdtempSync(join(tmpdir(), 'footing-bench-fit-'));
try {
	writeDirectory(join(place, 'application'), Number(values.files));
	writeImage(join(place, 'image'), first.slice('oci-layout:'.length), Number(values.files));
	await measure('directory', join(place, 'application'));
	await measure('image', `oci-layout:${join(place, 'image')}`);
} finally {
	rmSync(place, { recursive: true, force: true });
}

async function measure(title: string, application: string): Promise<void> {
	const bases = values.base.flatMap((base) => ['--base', base]);
	const command = [process.execPath, 'dist/cli/main.js', 'fit', application, ...bases, '--format', 'json'];
	const env = { XDG_CACHE_HOME: join(place, 'cache') };
	const cold = await timedRun(command, env);
	const warm: number[] = [];
	for (let i = 0; i < Number(values.runs); i++) warm.push((await timedRun(command, env)).milliseconds);
	const report = JSON.parse(cold.stdout) as { application: { files: number }; bases: { answer: string }[] };
	const answers = report.bases.map(({ answer }) => answer).join(', ');
	const peak = Math.round(cold.peakBytes / 1024 ** 2);
	console.log(`${title}: ${report.application.files} files, ${values.base.length} bases (${answers})`);
	console.log(
		`  cold ${Math.round(cold.milliseconds)} ms; warm ${Math.round(median(warm))} ms (${warm.map(Math.round).join(', ')}); peak ${peak} MiB`,
	);
}
