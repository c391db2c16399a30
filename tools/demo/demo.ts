import { spawnSync } from 'node:child_process';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Composed, composeBases } from './compose-bases.ts';
import { DemoError } from './run.ts';

/*
 * `npm run demo`: composes base images along the spectrum from the packages of Debian and npm, then runs the real command
 * on the example API against them. Arguments go to the command: `npm run demo -- --verbose`.
 */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const application = 'examples/node-api';
const started = Date.now();

function say(line: string): void {
	process.stderr.write(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}\n`);
}

async function main(): Promise<number> {
	process.stderr.write('Base images are made on this machine, without a container engine, a registry or root: packages\n');
	process.stderr.write('of Debian and npm, unpacked as the published images lay them. A minute or two, the first time.\n');
	const composed = await composeBases(join(root, '.cache', 'demo'), say);
	say(`${composed.bases.length} bases are in ${relative(root, composed.layout)}`);
	const [current, ...candidates] = composed.bases.map(({ like }) => like);
	const command = ['choose', application, '--only', ...candidates.flatMap((name) => ['--candidate', name])];
	process.stderr.write(`\n$ footing ${shown(command)}\n`);
	process.stderr.write(`  with ${current} and the candidates read from where they were made (--substitute). Where a registry\n`);
	process.stderr.write(`  can be reached, "footing choose ${application}" takes the published ones.\n\n`);
	return footing([...command, ...substitutes(composed), ...process.argv.slice(2)]);
}

function substitutes({ layout, bases }: Composed): readonly string[] {
	return bases.flatMap(({ like, tag }) => ['--substitute', `${like}=oci-layout:${relative(root, layout)}:${tag}`]);
}

function shown(command: readonly string[]): string {
	return command.join(' ').replaceAll(' --candidate', ' \\\n    --candidate');
}

function footing(args: readonly string[]): number {
	const main = join(root, 'dist', 'cli', 'main.js');
	return spawnSync(process.execPath, [main, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

try {
	process.exitCode = await main();
} catch (error) {
	if (!(error instanceof DemoError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
