import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { recipes } from './recipes/index.ts';
import type { Recipe } from './recipes/recipe.ts';

/**
 * Builds small applications on real bases, runs them, and writes what really happened as a table for `npm run matrix`:
 *
 *     npm run truth -- --out DIR --base native=alpine:3.20 --base native=scratch --base node=node:24-slim … [--only NAME]
 *
 * KIND is one of shell, python, node, native, java. The applications are written to DIR/apps (those that the machine cannot
 * make are left out), the table to DIR/truth.tsv. Needs a container engine; containers have no network, and every image that
 * is made is removed again by its id.
 */
const { values } = parseArgs({
	options: { out: { type: 'string' }, base: { type: 'string', multiple: true, default: [] }, only: { type: 'string', default: '' } },
});
const { out } = values;
if (out === undefined) throw new Error('usage: npm run truth -- --out DIR --base KIND=IMAGE …');

const lines = ['app\tbase\tverdict\tbuild_msg\tstart_msg'];
for (const [kind, list] of recipes) {
	const bases = values.base.filter((base) => base.startsWith(`${kind}=`)).map((base) => base.slice(kind.length + 1));
	if (bases.length === 0) continue;
	for (const recipe of list.filter(({ name }) => name.includes(values.only))) {
		const directory = made(join(out, 'apps', recipe.name), recipe);
		if (directory === undefined) console.error(`${recipe.name}: cannot be made here`);
		else for (const base of bases) lines.push([recipe.name, base, ...measured(directory, base)].join('\t'));
		writeFileSync(join(out, 'truth.tsv'), `${lines.join('\n')}\n`);
	}
}

/** The directory of an application; made once. */
function made(directory: string, { dockerfile, files, make }: Recipe): string | undefined {
	if (existsSync(join(directory, 'Dockerfile'))) return directory;
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(directory, path)), { recursive: true });
		writeFileSync(join(directory, path), text);
	}
	mkdirSync(directory, { recursive: true });
	if (make !== undefined && spawnSync('bash', ['-ec', make], { cwd: directory, stdio: 'ignore' }).status !== 0) {
		rmSync(directory, { recursive: true, force: true });
		return undefined;
	}
	writeFileSync(join(directory, 'Dockerfile'), `ARG BASE\nFROM \${BASE}\n${dockerfile}\n`);
	return directory;
}

function measured(directory: string, base: string): readonly string[] {
	const idFile = join(directory, '..', '..', 'image-id');
	rmSync(idFile, { force: true });
	const built = docker(['build', '-q', '--iidfile', idFile, '--build-arg', `BASE=${base}`, directory], 300);
	if (built.status !== 0) return ['build-fails', line(built.output), ''];
	const image = readFileSync(idFile, 'utf8').trim();
	try {
		const ran = docker(['run', '--rm', '--network', 'none', image], 60);
		const works = ran.status === 0 && ran.output.includes('hello');
		return [works ? 'works' : 'fails', '', `rc=${ran.status} ${line(ran.output)}`];
	} finally {
		docker(['image', 'rm', image], 60);
	}
}

function docker(args: readonly string[], seconds: number): { readonly status: number; readonly output: string } {
	const { status, stdout, stderr } = spawnSync('docker', args, {
		encoding: 'utf8',
		timeout: seconds * 1000,
		env: { ...process.env, DOCKER_BUILDKIT: '1' },
	});
	return { status: status ?? 124, output: `${stdout}${stderr}` };
}

function line(text: string): string {
	return text.replace(/\s+/g, ' ').trim().slice(-700);
}
