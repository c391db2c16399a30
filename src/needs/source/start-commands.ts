import type { Evidence } from '../../model/evidence.ts';
import type { Application, Launch } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { absolutePath, baseName } from '../application/stage-tree.ts';
import { atMost, type Known } from './fact.ts';
import { shellCommands } from './shell-commands.ts';
import type { SourceFiles } from './source-files.ts';

/** A command that the application is started with, or its health is checked with. */
export interface StartCommand {
	readonly words: readonly Known[];
	/** Absolute directory that relative words start from. */
	readonly directory: string;
	readonly certainty: Certainty;
	readonly because: Evidence;
	/** Whether the words begin with a program; else they follow the ENTRYPOINT that the base brings. */
	readonly whole: boolean;
}

const maxDepth = 6;
const shells = /^(sh|bash|ash|dash|zsh|ksh)$/;
const packageRunners = /^(npm|yarn|pnpm|bun)$/;

/**
 * Every command that is known to run: ENTRYPOINT with CMD, HEALTHCHECK, the commands of shell forms and of the application's
 * own shell scripts that they call, and the scripts of package.json that `npm start` and its like run.
 */
export async function startCommands(application: Application, source: SourceFiles): Promise<readonly StartCommand[]> {
	const { launch } = application;
	const directory = absolutePath(literal(launch.workingDir?.value) ?? '/', '/');
	const found: StartCommand[] = [];
	const main = [launch.entrypoint, launch.command]
		.flatMap((part) => (part?.value.form === 'shell' ? [] : [part]))
		.filter((part) => part !== undefined);
	if (launch.entrypoint?.value.form === 'shell') await add(found, launch.entrypoint, launch.entrypoint.value.argv, true);
	else if (launch.command?.value.form === 'shell')
		await add(found, launch.command, [...(launch.entrypoint?.value.argv ?? []), ...launch.command.value.argv], true);
	else if (main[0] !== undefined)
		await add(
			found,
			main[0],
			main.flatMap((part) => part.value.argv),
			launch.entrypoint !== undefined,
		);
	if (launch.healthcheck !== undefined) await add(found, launch.healthcheck, launch.healthcheck.value.argv, true);
	return found;

	async function add(into: StartCommand[], part: Launch<unknown>, argv: readonly string[], whole: boolean): Promise<void> {
		const words = argv.map((text) => ({ text, whole: true }));
		await expand({ application, source, into }, { words, directory, certainty: 'required', because: part.because, whole }, 0);
	}
}

const literal = (text: string | undefined): string | undefined => (text?.includes('${') ? undefined : text);

interface Expanding {
	readonly application: Application;
	readonly source: SourceFiles;
	readonly into: StartCommand[];
}

async function expand(at: Expanding, command: StartCommand, depth: number): Promise<void> {
	if (at.into.length > 500 || depth > maxDepth || command.words.length === 0) return;
	at.into.push(command);
	for (const [index, word] of command.words.entries()) {
		if (!word.whole) continue;
		const name = baseName(word.text);
		if (shells.test(name) && /^-[a-z]*c$/.test(command.words[index + 1]?.text ?? '')) {
			await inner(
				at,
				command,
				command.words[index + 2]?.text ?? '',
				command.directory,
				command.words.slice(index + 4),
				command.because,
				depth,
			);
			return;
		}
		if (packageRunners.test(name) && index < 4) await packageScript(at, command, index, depth);
		if (index < 6) await ownScript(at, command, index, depth);
	}
}

/** The commands of a shell text, `"$@"` put in; `cd DIR` moves on. */
async function inner(
	at: Expanding,
	outer: StartCommand,
	text: string,
	from: string,
	args: readonly Known[],
	place: Evidence,
	depth: number,
): Promise<void> {
	let directory = from;
	for (const { words, certainty, line } of shellCommands(text) ?? []) {
		const filled = words.flatMap((word) => (word.text === '$@' && word.whole ? args : [word]));
		if (filled[0]?.text === 'cd' && filled[1]?.whole === true) directory = absolutePath(filled[1].text, directory);
		// a place without a line says all itself: the instruction, the script of package.json
		const own = place !== outer.because && place.line !== undefined;
		const because = own
			? {
					...place,
					line,
					shows: filled
						.map((w) => w.text)
						.join(' ')
						.slice(0, 80),
				}
			: place;
		await expand(at, { words: filled, directory, certainty: atMost(outer.certainty, certainty), because, whole: true }, depth + 1);
	}
}

/** A word that is a shell script of the application. */
async function ownScript(at: Expanding, command: StartCommand, index: number, depth: number): Promise<void> {
	const word = command.words[index]?.text ?? '';
	const path = absolutePath(word, command.directory);
	const entry = at.application.files.resolve(path);
	if (word.startsWith('-') || entry?.type !== 'file') return;
	const interpreter = at.application.files.shebang(path);
	if (!(interpreter === undefined ? /\.(sh|bash)$/.test(path) : /\b(sh|bash|ash|dash)\b/.test(interpreter))) return;
	const text = (await at.source.read([path])).get(path);
	if (text !== undefined)
		await inner(at, command, text, command.directory, command.words.slice(index + 1), { path: entry.path, line: 1, shows: '' }, depth);
}

/** `npm start`, `npm run NAME`, `yarn NAME`: the script of package.json with those before and after it. */
async function packageScript(at: Expanding, command: StartCommand, index: number, depth: number): Promise<void> {
	const rest = command.words.slice(index + 1).filter((word) => !word.text.startsWith('-'));
	const [first, second] = [rest[0]?.text ?? '', rest[1]?.text ?? ''];
	const name = /^(run|run-script)$/.test(first) ? second : first;
	const path = absolutePath('package.json', command.directory);
	const text = (await at.source.read([path])).get(path);
	for (const [script, body] of scriptsOf(text ?? '', name))
		await inner(at, command, body, command.directory, [], { path, shows: `"${script}": "${body.slice(0, 80)}"` }, depth);
}

function scriptsOf(text: string, name: string): readonly (readonly [string, string])[] {
	let scripts: unknown;
	try {
		const parsed: unknown = JSON.parse(text);
		scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined;
	} catch {
		return [];
	}
	if (typeof scripts !== 'object' || scripts === null) return [];
	const known = new Map(Object.entries(scripts));
	if (name === 'start' && !known.has('start')) known.set('start', 'node server.js');
	return [`pre${name}`, name, `post${name}`].flatMap((script) => {
		const body: unknown = known.get(script);
		return typeof body === 'string' ? [[script, body] as const] : [];
	});
}
