import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, failing, type Place, unknown, unknownWord } from '../course.ts';
import { resolveProgram } from '../resolve-program.ts';
import { baseName, type Main, type Program } from './main.ts';
import { readJson } from './node.ts';

const names = /^(npm(-cli\.js)?|npx(-cli\.js)?|yarn(pkg)?(\.js)?|pnpm(\.c?js)?|pnpx)$/;
/** Options of npm, yarn and pnpm whose value is the next word. */
const withValue = new Set(['--prefix', '--cwd', '-C', '--dir', '-w', '--workspace', '--loglevel', '--filter', '-F']);

/** `npm start`, `npm run x`, `npx x`, `yarn x`, `pnpm x`: a script of package.json in a shell, node_modules/.bin first in PATH. */
export const packageManager: Main = {
	answers: ({ asked, scripts }) => names.test(baseName(asked[0] ?? '')) || names.test(baseName(scripts[0] ?? '')),
	async follow(program) {
		const { asked, argv, place, because } = program;
		const name = toolOf(program);
		// what the manager's own file was given: behind it in the words of node, or behind its name
		const own = argv.findIndex((word, i) => i > 0 && names.test(baseName(word)));
		const words = own >= 0 && baseName(argv[0] ?? '').startsWith('node') ? argv.slice(own + 1) : asked.slice(1);
		if (resolveProgram(['node'], place, place.rootfs, place.who).failure)
			return [failing({ kind: 'program', message: "env: 'node': No such file or directory", missing: 'node', places: [], because })];
		if (words.includes(unknownWord)) return [unknown(`what ${name} is asked to do is not known`, [], because)];
		const { directory, command, rest } = readWords(words, place);
		if (/^(npx|pnpx)$/.test(name)) return binary([command, ...rest], directory, program);
		if (command === 'exec' || command === 'dlx' || command === 'x') return binary(rest, directory, program);
		const script = scriptOf(name, command, rest);
		return script === undefined
			? [unknown(`${name} ${command} is not followed`, [], because)]
			: runNamed(script.name, script.args, directory, program);
	},
};

function toolOf({ asked, scripts }: Program): string {
	const file = [baseName(asked[0] ?? ''), baseName(scripts[0] ?? '')].find((word) => names.test(word)) ?? 'npm';
	return file.replace(/(-cli)?\.c?js$/, '').replace('yarnpkg', 'yarn');
}

function readWords(words: readonly string[], place: Place): { directory: string; command: string; rest: readonly string[] } {
	let directory = place.workingDir;
	let index = 0;
	for (; index < words.length && words[index]?.startsWith('-'); index++) {
		const [option = '', value] = (words[index] as string).split(/=(.*)/s);
		const given = value ?? (withValue.has(option) ? words[++index] : undefined);
		if (/^(--prefix|--cwd|-C|--dir)$/.test(option) && given !== undefined) directory = absolutePath(given, place.workingDir);
	}
	return { directory, command: words[index] ?? '', rest: words.slice(index + 1) };
}

function scriptOf(
	tool: string,
	command: string,
	rest: readonly string[],
): { readonly name: string; readonly args: readonly string[] } | undefined {
	const args = (words: readonly string[]): readonly string[] =>
		words[0] === '--' ? words.slice(1) : tool === 'npm' ? words.filter((w) => !w.startsWith('-')) : words;
	if (command === 'run' || command === 'run-script') {
		const operands = rest.filter((word, i) => !(word.startsWith('-') && !rest.slice(0, i).includes('--')) || word === '--');
		return operands[0] === undefined || operands[0] === '--' ? undefined : { name: operands[0], args: args(operands.slice(1)) };
	}
	if (['start', 'test', 'stop', 'restart'].includes(command)) return { name: command, args: args(rest) };
	// yarn and pnpm take any script's name as a command
	return tool !== 'npm' && /^[\w:.-]+$/.test(command) && !own.has(command) ? { name: command, args: args(rest) } : undefined;
}

const own = new Set(['install', 'add', 'remove', 'ci', 'workspace', 'workspaces', 'node', 'set', 'init', 'cache', 'config']);

async function runNamed(name: string, args: readonly string[], directory: string, program: Program): Promise<readonly Course[]> {
	const { place, because } = program;
	const path = absolutePath('package.json', directory);
	if (place.rootfs.resolve(path) === undefined) {
		if (place.mayBeThere(path)) return [unknown(`${path} is not here`, [], because)];
		const message = `npm error Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`;
		return [failing({ kind: 'module', message, missing: path, places: [path], because })];
	}
	const scripts = (await readJson(place.rootfs, path)).get('scripts');
	const known = new Map(typeof scripts === 'object' && scripts !== null ? Object.entries(scripts as Record<string, unknown>) : []);
	const text = known.get(name);
	if (typeof text !== 'string') {
		if (name === 'start' && place.rootfs.resolve(absolutePath('server.js', directory)))
			return lifecycle(['node server.js'], directory, program, path);
		if (toolOf(program) !== 'npm') return binary([name, ...args], directory, program);
		return [failing({ kind: 'module', message: `npm error Missing script: "${name}"`, missing: name, places: [path], because })];
	}
	const before = known.get(`pre${name}`);
	const quoted = args.map((arg) => ` '${arg.replaceAll("'", "'\\''")}'`).join('');
	return lifecycle([...(typeof before === 'string' ? [before] : []), text + quoted], directory, program, path);
}

/** npx and `exec`: a program of node_modules/.bin, in a shell too. */
async function binary(words: readonly string[], directory: string, program: Program): Promise<readonly Course[]> {
	const operands = words[0] === '--' ? words.slice(1) : words.filter((word, i) => i > 0 || !word.startsWith('-'));
	const [name] = operands;
	if (name === undefined || !/^[\w@./-]+$/.test(name)) return [unknown('which program npx starts is not followed', [], program.because)];
	const path = absolutePath(`node_modules/.bin/${name}`, directory);
	if (program.place.rootfs.resolve(path) === undefined)
		return [unknown(`${path} is not here; it would be downloaded or come with the packages`, [], program.because)];
	return lifecycle(
		[operands.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')],
		directory,
		program,
		absolutePath('package.json', directory),
	);
}

/** One script after the other, each in `sh -c`; the first that cannot start ends it. */
async function lifecycle(texts: readonly string[], directory: string, program: Program, path: string): Promise<readonly Course[]> {
	const { place, depth, start, because } = program;
	const bins = directory
		.split('/')
		.map((_, i, parts) => `${parts.slice(0, parts.length - i).join('/')}/node_modules/.bin`)
		.join(':');
	const before = place.env.findLast(({ name }) => name === 'PATH')?.value;
	const env = [
		...place.env.filter(({ name }) => name !== 'PATH'),
		{ name: 'PATH', value: `${bins}:${before ?? '/usr/local/bin:/usr/bin:/bin'}` },
	];
	const inner = { ...place, env, workingDir: directory };
	if (resolveProgram(['sh'], inner, place.rootfs, place.who).failure)
		return [failing({ kind: 'shell', message: 'npm error spawn sh ENOENT', missing: 'sh', places: ['/bin/sh'], because })];
	let courses: readonly Course[] = [];
	for (const text of texts) {
		const next = await start(['sh', '-c', text], inner, { path, shows: text }, depth + 1);
		courses = courses.length === 0 ? next : courses.flatMap((course) => joined(course, next));
	}
	return courses.map((course) => ({ ...course, effects: true }));
}

function joined(course: Course, next: readonly Course[]): readonly Course[] {
	if (course.ending.kind !== 'exits' && course.ending.kind !== 'runs') return [course];
	return next.map((after) => ({
		...after,
		started: [...course.started, ...after.started],
		stumbles: [...course.stumbles, ...after.stumbles],
		doubts: [...course.doubts, ...after.doubts],
	}));
}
