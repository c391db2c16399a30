import type { Evidence } from '../../../model/evidence.ts';
import type { Application } from '../../../model/need.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { absolutePath, baseName } from '../../application/stage-tree.ts';
import type { StartCommand } from '../start-commands.ts';
import { type JarFacts, readJars } from './read-jar.ts';

/** A jar, or a class on a path of jars, that a start command runs. */
export interface JavaStart {
	/** Absolute, links resolved. */
	readonly path: string;
	readonly certainty: Certainty;
	readonly because: Evidence;
	/** The jars could not be read when absent. */
	readonly facts?: JarFacts;
}

const jarLimit = 256 * 1024 * 1024;
const maxJars = 200;
/** Options of `java` with a value of their own. */
const valued = new Set([
	'-cp',
	'-classpath',
	'--class-path',
	'-p',
	'--module-path',
	'-m',
	'--module',
	'--add-modules',
	'--add-opens',
	'--add-exports',
	'--add-reads',
]);

/** The jars that the start commands run, with those of their class path. */
export async function javaStarts(application: Application, commands: readonly StartCommand[]): Promise<readonly JavaStart[]> {
	const found = new Map<string, JavaStart>();
	for (const command of commands) {
		const [first, ...others] = jarsOf(application, command);
		if (first === undefined || found.has(first) || found.size >= 8) continue;
		const facts = await read(application, first, others);
		found.set(first, { path: first, certainty: command.certainty, because: command.because, ...(facts === undefined ? {} : { facts }) });
	}
	return [...found.values()];
}

async function read({ files }: Application, first: string, others: readonly string[]): Promise<JarFacts | undefined> {
	const body = await files.read(first, { limit: jarLimit }).catch(() => undefined);
	const facts = body && readJars(first, body);
	if (body === undefined || facts === undefined) return undefined;
	const directory = first.slice(0, first.lastIndexOf('/')) || '/';
	const named = facts.classPath
		.flatMap((part) => files.resolve(absolutePath(part, directory)) ?? [])
		.filter((entry) => entry.type === 'file');
	const beside = [...new Set([...others, ...named.map((entry) => entry.path)])].filter((path) => path !== first).slice(0, maxJars);
	if (beside.length === 0) return facts;
	const bodies = await files.readMany(beside, { limit: jarLimit }).catch(() => new Map<string, Uint8Array>());
	return readJars(first, body, [...bodies]);
}

/** The jar that is started, then those of the class path. */
function jarsOf({ files }: Application, command: StartCommand): readonly string[] {
	const words = command.words.map((word) => (word.whole ? word.text : ''));
	const at = words.slice(0, 8).findIndex((word) => baseName(word) === 'java');
	if (at < 0 && command.whole) return [];
	const rest = words.slice(at + 1);
	const jar = rest.find((word, i) => word.endsWith('.jar') && (at < 0 || rest[i - 1] === '-jar'));
	if (jar !== undefined) return jarsAt(files, jar, command.directory);
	const path = rest.flatMap((word, i) =>
		/^(-cp|-classpath|--class-path)$/.test(word) ? [rest[i + 1] ?? ''] : (/^--class-path=(.*)$/.exec(word)?.[1] ?? []),
	)[0];
	const main = rest.find((word, i) => !word.startsWith('-') && !valued.has(rest[i - 1] ?? ''));
	return at < 0 || path === undefined || main === undefined
		? []
		: path.split(':', maxJars).flatMap((part) => jarsAt(files, part, command.directory));
}

/** `lib/*` are all jars of a directory. */
function jarsAt(files: Application['files'], part: string, directory: string): readonly string[] {
	const path = absolutePath(part.replace(/\/?\*$/, ''), directory);
	const entry = files.resolve(path);
	if (entry?.type === 'file') return [entry.path];
	if (entry?.type !== 'directory' || !part.endsWith('*')) return [];
	return files
		.list(entry.path)
		.filter((name) => name.endsWith('.jar'))
		.map((name) => `${entry.path}/${name}`);
}
