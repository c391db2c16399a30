import type { Evidence } from '../../../model/evidence.ts';
import type { Application } from '../../../model/need.ts';
import type { Rootfs } from '../../../model/rootfs.ts';
import { absolutePath, baseName } from '../../application/stage-tree.ts';
import type { StartCommand } from '../start-commands.ts';
import type { PythonEntry } from './module-graph.ts';
import { findModule } from './resolve-module.ts';

/** A module that a start command runs, with the directories that its imports are looked for in first. */
export interface PythonStart extends PythonEntry {
	readonly because: Evidence;
	readonly roots: readonly string[];
	/** The interpreter that is named: `python3`, `/venv/bin/python`. */
	readonly interpreter?: string;
}

const interpreters = /^(python|python[23](\.\d+)?|pypy3?)$/;
const servers = /^(gunicorn|uvicorn|hypercorn|daphne|granian|waitress-serve|uwsgi|celery|rq|dramatiq)$/;
const moduleAndName = /^([A-Za-z_][\w.]*):[A-Za-z_][\w.]*(\(.*\))?$/;
/** Options of the interpreter with a value of their own. */
const valued = new Set(['-W', '-X', '--check-hash-based-pycs']);

export function pythonStarts(application: Application, commands: readonly StartCommand[]): readonly PythonStart[] {
	const found = new Map<string, PythonStart>();
	for (const command of commands)
		for (const start of startsIn(application, command)) if (!found.has(start.path)) found.set(start.path, start);
	return [...found.values()];
}

function startsIn({ files, launch }: Application, command: StartCommand): readonly PythonStart[] {
	const words = command.words.map((word) => (word.whole ? word.text : ''));
	const { certainty, because, directory } = command;
	const at = words.slice(0, 8).findIndex((word) => interpreters.test(baseName(word)));
	const named = at < 0 ? {} : { interpreter: words[at] as string };
	const start = (path: string | undefined, roots: readonly string[], main: boolean): readonly PythonStart[] =>
		path === undefined ? [] : [{ path, certainty, main, because, roots, ...named }];
	const module = (dotted: string): readonly PythonStart[] =>
		modulesNamed(files, dotted, directory).flatMap((path) => start(path, [directory], false));
	if (at >= 0) {
		const { script, run } = options(words.slice(at + 1));
		if (run !== undefined)
			return [
				...modulesNamed(files, run, directory).flatMap((path) => start(path, [directory], true)),
				...served(words.slice(at + 1), run, module),
			];
		return scriptStart(files, script, directory, start);
	}
	const script = command.whole ? undefined : words.find((word) => word.endsWith('.py'));
	if (script !== undefined) return scriptStart(files, script, directory, start);
	const [server] = words.slice(0, 4).filter((word) => servers.test(baseName(word)) || /^(flask|fastapi|streamlit)$/.test(baseName(word)));
	const own = words
		.slice(0, 4)
		.flatMap((word) => consoleScript(files, word, directory, launch.env))
		.flatMap((path) => start(path, [], true));
	const variables = new Map(launch.env.map(({ value }) => [value.name, value.value]));
	return [...own, ...(server === undefined ? [] : served(words, baseName(server), module, variables, files, directory))];
}

function options(words: readonly string[]): { readonly script?: string; readonly run?: string } {
	for (let i = 0; i < words.length; i += 1) {
		const word = words[i] as string;
		if (/^-[A-Za-z]*m$/.test(word)) return words[i + 1] === undefined ? {} : { run: words[i + 1] as string };
		if (/^-[A-Za-z]*c$/.test(word)) return {};
		if (valued.has(word)) i += 1;
		else if (!word.startsWith('-')) return { script: word };
	}
	return {};
}

function scriptStart(
	files: Rootfs,
	script: string | undefined,
	directory: string,
	start: (path: string | undefined, roots: readonly string[], main: boolean) => readonly PythonStart[],
): readonly PythonStart[] {
	if (script === undefined || script === '') return [];
	const path = absolutePath(script, directory);
	const entry = files.resolve(path);
	if (entry?.type === 'file') return start(entry.path, [entry.path.slice(0, entry.path.lastIndexOf('/')) || '/'], true);
	return entry?.type === 'directory' ? start(files.resolve(`${entry.path}/__main__.py`)?.path, [entry.path], true) : [];
}

/** The files of a module that is run by name: its packages, and `__main__` of a package. */
function modulesNamed(files: Rootfs, dotted: string, directory: string): readonly string[] {
	const found = findModule(files, [directory, ...siteDirectories(files)], dotted);
	const main = found?.directory === undefined ? undefined : files.resolve(`${found.directory}/__main__.py`);
	return found === undefined ? [] : [...found.sources, ...(main?.type === 'file' ? [main.path] : [])];
}

/** `gunicorn app:app`, `celery -A proj`, `flask run`: the modules of the application that a server loads. */
function served(
	words: readonly string[],
	server: string,
	module: (dotted: string) => readonly PythonStart[],
	variables: ReadonlyMap<string, string> = new Map(),
	files?: Rootfs,
	directory = '/',
): readonly PythonStart[] {
	const named = words.flatMap((word) => moduleAndName.exec(word)?.[1] ?? []);
	if (named.length > 0) return named.flatMap(module);
	const option = words.flatMap((word, i) =>
		word === '-A' || word === '--app' ? [words[i + 1] ?? ''] : (/^--app=(.*)$/.exec(word)?.[1] ?? []),
	);
	const flask = server === 'flask' ? [variables.get('FLASK_APP') ?? '', 'wsgi', 'app'] : [];
	const file = words.find((word) => word.endsWith('.py'));
	if (server === 'fastapi' || server === 'streamlit')
		return (file === undefined ? ['main', 'app', 'api', 'app.main'] : [file]).slice(0, 4).flatMap((word) => first(word));
	for (const word of [...option, ...flask]) {
		const found = first(word);
		if (found.length > 0) return found;
	}
	return server === 'gunicorn' ? module(words.at(-1) ?? '') : [];

	function first(word: string): readonly PythonStart[] {
		const dotted = word.replace(/:.*$/, '').replace(/\.py$/, '').replaceAll('/', '.').replace(/^\.+/, '');
		return files?.resolve(absolutePath(word, directory)) === undefined && dotted === '' ? [] : module(dotted);
	}
}

/** A program of the application whose `#!` line names Python. */
function consoleScript(files: Rootfs, word: string, directory: string, env: Application['launch']['env']): readonly string[] {
	if (word === '' || word.startsWith('-')) return [];
	const path = env.find(({ value }) => value.name === 'PATH')?.value.value ?? '';
	const places = word.includes('/')
		? [absolutePath(word, directory)]
		: [...path.split(':', 100), '/usr/local/bin'].filter((p) => p.startsWith('/')).map((p) => `${p}/${word}`);
	const found = places
		.map((place) => files.resolve(place))
		.find((entry) => entry?.type === 'file' && /python/.test(files.shebang(entry.path) ?? ''));
	return found === undefined ? [] : [found.path];
}

/** Directories of installed packages in the application, the shortest first. */
export function siteDirectories(files: Rootfs): readonly string[] {
	const found = [...files.entries()].filter((entry) => entry.type === 'directory' && /\/(site|dist)-packages$/.test(entry.path));
	return found
		.map((entry) => entry.path)
		.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
		.slice(0, 50);
}
