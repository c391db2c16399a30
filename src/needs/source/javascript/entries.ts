import type { Evidence } from '../../../model/evidence.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { absolutePath, baseName } from '../../application/stage-tree.ts';
import type { StartCommand } from '../start-commands.ts';
import { type ModuleSpace, resolveModule } from './resolve-module.ts';

/** A module that a start command runs. */
export interface Entry {
	/** Absolute, links resolved. */
	readonly path: string;
	readonly certainty: Certainty;
	readonly because: Evidence;
	/** Something loads or translates modules on the way (`-r ts-node/register`, `tsx`): names resolve by its rules. */
	readonly loader: boolean;
	/** An option has the types of TypeScript taken out. */
	readonly stripsTypes?: true;
	/** The program before it, `node`, or undefined where the base brings it. */
	readonly runtime?: string;
}

const runtimes = /^(node|nodejs|bun|deno|tsx|ts-node|ts-node-dev|nodemon|pm2|pm2-runtime|npx|bunx)$/;
/** Options of Node.js with a value of their own. Node.js documentation, "Command-line API". */
const valued = new Set([
	'-r',
	'--require',
	'--import',
	'--loader',
	'--experimental-loader',
	'-C',
	'--conditions',
	'--env-file',
	'--title',
	'--input-type',
]);
const preloads = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);
const subcommands = new Set(['run', 'start', 'watch', 'x', 'exec']);
const source = /\.([cm]?[jt]sx?)$/;

/** The modules that the start commands run, each once. */
export async function entriesOf(space: ModuleSpace, commands: readonly StartCommand[]): Promise<readonly Entry[]> {
	const found = new Map<string, Entry>();
	for (const command of commands)
		for (const entry of await entriesIn(space, command)) if (!found.has(entry.path)) found.set(entry.path, entry);
	return [...found.values()];
}

async function entriesIn(space: ModuleSpace, command: StartCommand): Promise<readonly Entry[]> {
	const words = command.words.map((word) => (word.whole ? word.text : ''));
	const at = words.slice(0, 10).findIndex((word) => runtimes.test(baseName(word)));
	const scan =
		at >= 0 ? scanOptions(words.slice(at + 1)) : { main: command.whole ? undefined : words.find((w) => !w.startsWith('-')), preloads: [] };
	const runtime = at >= 0 ? baseName(words[at] as string) : undefined;
	const loader = scan.preloads.length > 0 || (runtime !== undefined && !/^(node|nodejs|bun|pm2|pm2-runtime)$/.test(runtime));
	const from = absolutePath('[start]', command.directory);
	const strips = words.some((word) => /^--experimental-(strip|transform)-types$/.test(word));
	const entries: Entry[] = [];
	const add = (path: string | undefined): void => {
		if (path === undefined || path.endsWith('.json')) return;
		entries.push({
			path,
			certainty: command.certainty,
			because: command.because,
			loader,
			...(strips ? { stripsTypes: true } : {}),
			...(runtime === undefined ? {} : { runtime }),
		});
	};
	if (scan.main !== undefined && scan.main !== '') add(await mainModule(space, scan.main, from, at < 0));
	for (const preload of scan.preloads) add(await resolveModule(space, preload, from, true));
	if (entries.length === 0) add(await program(space, words[0] ?? '', from));
	return entries;
}

function scanOptions(words: readonly string[]): { readonly main: string | undefined; readonly preloads: readonly string[] } {
	const found: string[] = [];
	for (let i = 0; i < words.length; i += 1) {
		const word = words[i] as string;
		const [name = '', value] = word.startsWith('--') ? word.split('=', 2) : [word];
		if (/^(-e|--eval|-p|--print|-pe|-c|--check)$/.test(name)) return { main: undefined, preloads: found };
		if (word === '--') return { main: words[i + 1], preloads: found };
		if (preloads.has(name)) found.push(value ?? words[i + 1] ?? '');
		if (valued.has(name) && value === undefined) i += 1;
		else if (!word.startsWith('-') && !(subcommands.has(word) && i === 0)) return { main: word, preloads: found };
	}
	return { main: undefined, preloads: found };
}

/** `node server` finds server.js; a word behind an unknown entry point must look like source. */
async function mainModule(space: ModuleSpace, word: string, from: string, guessed: boolean): Promise<string | undefined> {
	if (guessed && !source.test(word)) return undefined;
	const path = await resolveModule(space, absolutePath(word, from.slice(0, from.lastIndexOf('/')) || '/'), from, false);
	return path ?? program(space, word, from);
}

/** A command of node_modules/.bin, or a script whose `#!` line names a runtime of JavaScript. */
async function program({ files }: ModuleSpace, word: string, from: string): Promise<string | undefined> {
	const directory = from.slice(0, from.lastIndexOf('/')) || '/';
	const path = word.includes('/') ? absolutePath(word, directory) : absolutePath(`node_modules/.bin/${word}`, directory);
	const entry = word === '' ? undefined : files.resolve(path);
	if (entry?.type !== 'file') return undefined;
	return /\b(node|bun|deno|tsx)\b/.test(files.shebang(path) ?? '') || (!word.includes('/') && source.test(entry.path))
		? entry.path
		: undefined;
}
