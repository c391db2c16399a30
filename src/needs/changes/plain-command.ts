import { parseShell } from '../../formats/shell/parse.ts';
import { type Command, literalOf } from '../../formats/shell/syntax.ts';
import type { Application, Standing } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { runs, type Start } from '../launch/course.ts';
import { readJson } from '../launch/mains/node.ts';
import { placeOf } from '../launch/place.ts';
import { parseShebang } from '../launch/resolve-program.ts';
import { runScript } from '../launch/shell/run-script.ts';

/** Steps from shell text, entry script or npm script to the words of one program. */
const maxSteps = 6;

/**
 * The words of the program that `argv` ends in, when a shell or a package manager on the way does nothing else than to
 * start it: no variable, no condition that a file decides, no other command. Undefined when it does more; `argv` itself
 * when there is neither.
 */
export async function plainCommand(
	argv: readonly string[],
	application: Application,
	standing: Standing,
): Promise<readonly string[] | undefined> {
	let words: readonly string[] | undefined = argv;
	for (let step = 0; step < maxSteps && words !== undefined; step++) {
		const next: readonly string[] | undefined | 'plain' = await unwrapped(words, application, standing);
		if (next === 'plain') return words;
		words = next;
	}
	return undefined;
}

const shells = /^(\/usr)?(\/bin\/)?(sh|bash|ash|dash)$/;

async function unwrapped(
	words: readonly string[],
	application: Application,
	standing: Standing,
): Promise<readonly string[] | undefined | 'plain'> {
	const [name = '', ...rest] = words;
	if (shells.test(name)) {
		if (rest[0] !== undefined && /^-[a-z]*c$/.test(rest[0])) return rest.length === 2 ? splitExactly(rest[1] ?? '') : undefined;
		return rest[0] === undefined || rest[0].startsWith('-') ? undefined : throughScript(rest[0], rest.slice(1), application, standing);
	}
	if (/^(npm|yarn|pnpm)$/.test(name)) return throughPackage(rest, application, standing);
	const path = name.includes('/') ? absolutePath(name, standing.config.workingDir || '/') : undefined;
	const line = path === undefined ? undefined : application.files.shebang(path);
	const interpreter = line === undefined ? undefined : parseShebang(line);
	const shell =
		interpreter && (shells.test(interpreter.path) || (/\/env$/.test(interpreter.path) && shells.test(interpreter.argument ?? '')));
	return shell && path !== undefined ? throughScript(path, rest, application, standing) : 'plain';
}

/** A shell command that is one program with its words written out, `exec` before it or not. */
export function splitExactly(text: string): readonly string[] | undefined {
	let command: Command | undefined;
	try {
		const { commands } = parseShell(text);
		command = commands.length === 1 ? commands[0] : undefined;
	} catch {
		return undefined;
	}
	if (command?.kind !== 'simple' || command.assignments.length + command.redirections.length > 0) return undefined;
	const words = command.words.map(literalOf);
	const unquoted = command.words.flatMap((word) => word.parts.flatMap((part) => (part.kind === 'text' && !part.quoted ? [part.text] : [])));
	if (words.includes(undefined) || unquoted.some((part) => /[*?[\]{}~!]/.test(part))) return undefined;
	const known = words as readonly string[];
	const argv = known[0] === 'exec' ? known.slice(1) : known;
	return argv[0] === undefined || argv[0].startsWith('-') || builtins.has(argv[0]) ? undefined : argv;
}

const builtins = new Set(
	'. : cd eval exit export read set shift source trap ulimit umask unset wait echo printf test [ [[ true false'.split(' '),
);

/** Follows the script as if every program were there: what counts is that it starts one and does nothing else. */
async function throughScript(
	file: string,
	parameters: readonly string[],
	application: Application,
	standing: Standing,
): Promise<readonly string[] | undefined> {
	const { place } = await placeOf(application, standing);
	const path = absolutePath(file, place.workingDir);
	const body = application.files.resolve(path)?.type === 'file' ? await application.files.read(path).catch(() => undefined) : undefined;
	if (body === undefined) return undefined;
	const start: Start = async (argv) => [runs(argv)];
	const courses = await runScript(Buffer.from(body).toString('utf8'), parameters, {
		path,
		shell: '/bin/sh',
		dialect: 'other',
		evidence: (line, shows) => ({ path, line, shows }),
		place,
		start,
		depth: 0,
		budget: { steps: 500 },
	});
	const [only] = courses;
	if (courses.length !== 1 || only === undefined || only.effects || only.ending.kind !== 'runs') return undefined;
	return only.stumbles.length + only.doubts.length > 0 || only.last?.some((word) => word.includes('\u0000')) ? undefined : only.last;
}

/** `npm start` of a script that is one plain command, without one before or after it. */
async function throughPackage(
	words: readonly string[],
	application: Application,
	standing: Standing,
): Promise<readonly string[] | undefined> {
	const [command, name] = words[0] === 'run' || words[0] === 'run-script' ? [words[0], words[1]] : ['', words[0]];
	if (name === undefined || words.length !== (command === '' ? 1 : 2)) return undefined;
	const scripts = (await readJson(application.files, absolutePath('package.json', standing.config.workingDir || '/'))).get('scripts');
	const known = new Map(typeof scripts === 'object' && scripts !== null ? Object.entries(scripts as Record<string, unknown>) : []);
	const text = known.get(name);
	if (typeof text !== 'string' || known.has(`pre${name}`) || known.has(`post${name}`)) return undefined;
	return splitExactly(text);
}
