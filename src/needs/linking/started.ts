import { parseShell } from '../../formats/shell/parse.ts';
import { commandsIn, literalOf, type Simple, type Word } from '../../formats/shell/syntax.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { resolveProgram } from '../launch/resolve-program.ts';

/** An ELF program that the launch chain starts. */
export interface StartedProgram {
	/** The path that is executed. */
	readonly path: string;
	/** argv[0] */
	readonly name: string;
	readonly argv: readonly string[];
}

const shells = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh']);
/** Programs that run the words behind them as another program. */
const wrappers = new Set([
	'tini',
	'tini-static',
	'dumb-init',
	'catatonit',
	'docker-init',
	'su-exec',
	'gosu',
	'nice',
	'exec',
	'timeout',
	'setpriv',
]);
/** Programs of one launch that are followed, nested scripts included. */
const maxPrograms = 24;
const maxDepth = 6;

/** The ELF programs that `argv` starts: through `#!` lines, `env`, init programs and shell commands that are written out. */
export async function startedPrograms(rootfs: Rootfs, config: ImageConfig, argv: readonly string[]): Promise<readonly StartedProgram[]> {
	const found = new Map<string, StartedProgram>();
	await follow({ rootfs, config, found }, argv, 0);
	return [...found.values()];
}

interface Walk {
	readonly rootfs: Rootfs;
	readonly config: ImageConfig;
	readonly found: Map<string, StartedProgram>;
}

async function follow(walk: Walk, argv: readonly string[], depth: number): Promise<void> {
	if (argv.length === 0 || depth > maxDepth || walk.found.size >= maxPrograms) return;
	const resolved = resolveProgram(argv, walk.config, walk.rootfs);
	for (const step of resolved.chain)
		if (walk.rootfs.elf(step.path) !== undefined && !walk.found.has(step.path))
			walk.found.set(step.path, { path: step.path, name: nameOf(step.path, argv, resolved.argv), argv: resolved.argv });
	const last = resolved.chain.at(-1);
	if (last === undefined || resolved.failure !== undefined) return;
	const names = [last.path, resolved.argv[0] ?? ''].map((path) => path.slice(path.lastIndexOf('/') + 1));
	if (names.some((name) => wrappers.has(name))) await throughWrapper(walk, resolved.argv.slice(1), depth);
	else if (names.some((name) => shells.has(name)) || resolved.argv[1] === 'sh') await throughShell(walk, resolved.argv, depth);
}

/** What the loader prints as its name: the word that the program was called by. */
function nameOf(path: string, asked: readonly string[], ended: readonly string[]): string {
	const word = [ended[0], asked[0]].find((name) => name !== undefined && (path === name || path.endsWith(`/${name}`)));
	return word ?? path;
}

/** The first word behind the options that names a program: `tini -g -- node server.js`, `gosu app node server.js`. */
async function throughWrapper(walk: Walk, words: readonly string[], depth: number): Promise<void> {
	for (let i = 0; i < Math.min(words.length, 8); i += 1) {
		const word = words[i] as string;
		if (word.startsWith('-')) continue;
		if (resolveProgram([word], walk.config, walk.rootfs).chain.length === 0) continue;
		await follow(walk, words.slice(i), depth + 1);
		return;
	}
}

async function throughShell(walk: Walk, argv: readonly string[], depth: number): Promise<void> {
	const command = argv.findIndex((word, i) => i > 0 && /^-[a-z]*c$/.test(word));
	const script = argv.findIndex((word, i) => i > 0 && !/^[-+]/.test(word) && word !== 'sh');
	const text = command > 0 ? argv[command + 1] : script > 0 ? await scriptText(walk, argv[script] as string) : undefined;
	if (text === undefined) return;
	const parameters = command > 0 ? argv.slice(command + 3) : argv.slice(script + 1);
	let commands: readonly Simple[];
	try {
		commands = [...commandsIn(parseShell(text))];
	} catch {
		return;
	}
	for (const { words } of commands) {
		const expanded = words.flatMap((word) => expand(word, parameters));
		const start = expanded[0] === 'exec' ? expanded.slice(expanded[1] === '-a' ? 3 : 1) : expanded;
		if (!start.includes(undefined)) await follow(walk, start as readonly string[], depth + 1);
		else if (start[0] !== undefined) await follow(walk, [start[0]], depth + 1);
	}
}

async function scriptText(walk: Walk, name: string): Promise<string | undefined> {
	const path = name.startsWith('/') ? name : `${walk.config.workingDir.replace(/\/+$/, '')}/${name}`;
	const entry = walk.rootfs.resolve(path);
	if (entry?.type !== 'file' || entry.size > 256 * 1024 || entry.content === 'elf') return undefined;
	const body = await walk.rootfs.read(path);
	return body === undefined ? undefined : Buffer.from(body).toString('latin1');
}

/** `"$@"` becomes the words that the script was called with; a word with another expansion is not known. */
function expand(word: Word, parameters: readonly string[]): readonly (string | undefined)[] {
	const only = word.parts.length === 1 ? word.parts[0] : undefined;
	if (only?.kind === 'parameter' && (only.name === '@' || only.name === '*') && only.operator === undefined) return parameters;
	return [literalOf(word)];
}
