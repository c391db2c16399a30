import { access, type Identity, root } from '../../formats/access.ts';
import type { ImageConfig } from '../../model/image.ts';
import type { Entry, Rootfs } from '../../model/rootfs.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { onMusl } from './busybox/refused-option.ts';
import { envCommand } from './env-command.ts';

/** One file that the kernel opens to run, from the one named to the one that is a program. */
export interface ProgramStep {
	/** Absolute, as it was asked for. */
	readonly path: string;
	/** Where it lies after all links. */
	readonly real: string;
	/** Why it is opened: `node is looked for in PATH`, `#! line of /app/entry.sh`. */
	readonly because: string;
}

export type FailureReason = 'not-found' | 'not-executable' | 'directory' | 'no-interpreter' | 'bad-format' | 'env-not-found' | 'env-option';

export interface ProgramFailure {
	readonly reason: FailureReason;
	/** What the container engine (or `env`) says, without its surroundings. */
	readonly message: string;
	/** The path or name that is not there or will not do. */
	readonly missing: string;
	/** Absolute paths where it would have been found. */
	readonly places: readonly string[];
}

export interface ResolvedProgram {
	/** What is opened one after the other; with a failure, what was found before it. */
	readonly chain: readonly ProgramStep[];
	/** Of the last program of the chain: its first word is the name it is called by. */
	readonly argv: readonly string[];
	/** `NAME=value` set by `env` on the way. */
	readonly env: readonly { readonly name: string; readonly value: string }[];
	/** The last file was never looked at: whether it is a program is not known. */
	readonly unread?: true;
	readonly failure?: ProgramFailure;
}

export type LaunchSettings = Pick<ImageConfig, 'env' | 'workingDir'>;

/** What Docker, Podman and containerd set when an image has none. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** binfmt_script: scripts whose interpreter is a script, at most this deep. */
const maxDepth = 5;

/**
 * Which programs run when a container engine starts `argv`: looked for in PATH (or relative to the working directory when
 * it has a slash), executable for `who`, then from `#!` line to `#!` line (execve(2)), through `env` and `env -S`.
 * The loader and the libraries of the ELF program at the end are not its matter.
 */
export function resolveProgram(argv: readonly string[], config: LaunchSettings, rootfs: Rootfs, who: Identity = root): ResolvedProgram {
	const state: State = { chain: [], env: [], config, rootfs, who };
	return follow(argv, state, engine, 0);
}

interface State {
	readonly chain: ProgramStep[];
	readonly env: { readonly name: string; readonly value: string }[];
	readonly config: LaunchSettings;
	readonly rootfs: Rootfs;
	readonly who: Identity;
}

/** How the one who starts a program words a failure. */
interface Voice {
	notInPath(name: string): string;
	cannot(path: string, why: 'ENOENT' | 'EACCES' | 'EISDIR'): string;
	exec(path: string, why: 'ENOENT' | 'EACCES' | 'ENOEXEC'): string;
}

const words = {
	ENOENT: 'no such file or directory',
	EACCES: 'permission denied',
	EISDIR: 'is a directory',
	ENOEXEC: 'exec format error',
} as const;

/** runc: looks the program up itself (Go's exec.LookPath), then execve. */
const engine: Voice = {
	notInPath: (name) => `exec: "${name}": executable file not found in $PATH`,
	cannot: (path, why) => `exec: "${path}": ${why === 'ENOENT' ? `stat ${path}: ` : ''}${words[why]}`,
	exec: (path, why) => `exec ${path}: ${words[why]}`,
};

function envVoice(busybox: boolean): Voice {
	const say = (name: string, why: string): string => (busybox ? `env: can't execute '${name}': ${why}` : `env: '${name}': ${why}`);
	const capital = (why: keyof typeof words): string => words[why].charAt(0).toUpperCase() + words[why].slice(1);
	return {
		notInPath: (name) => say(name, 'No such file or directory'),
		cannot: (path, why) => say(path, capital(why === 'EISDIR' ? 'EACCES' : why)),
		exec: (path, why) => say(path, capital(why)),
	};
}

function follow(argv: readonly string[], state: State, voice: Voice, depth: number): ResolvedProgram {
	const name = argv[0] ?? '';
	const result = (extra: Pick<ResolvedProgram, 'failure' | 'unread'> = {}): ResolvedProgram => ({
		chain: state.chain,
		argv,
		env: state.env,
		...extra,
	});
	const found = lookUp(name, state);
	if ('failure' in found) return result({ failure: failureOf(name, found, voice) });
	const because = found.path === name || name.includes('/') ? `${name} is started` : `${name} is looked for in PATH`;
	return run(argv, found, because, state, voice, depth);
}

interface Found {
	readonly path: string;
	readonly entry: Entry;
}
interface NotFound {
	readonly failure: 'ENOENT' | 'EACCES' | 'EISDIR';
	readonly places: readonly string[];
}

/** The program that `name` means; a bare name goes through PATH, where an empty component is the working directory. */
export function lookUp(name: string, { config, rootfs, who }: Pick<State, 'config' | 'rootfs' | 'who'>): Found | NotFound {
	const directory = config.workingDir === '' ? '/' : config.workingDir;
	if (name === '') return { failure: 'ENOENT', places: [] };
	if (name.includes('/')) {
		const path = absolutePath(name, directory);
		const reached = access(rootfs, path, who, 'execute');
		if (reached.answer === 'yes') {
			if (reached.entry.type === 'directory') return { failure: 'EISDIR', places: [path] };
			return { path, entry: reached.entry };
		}
		if (reached.answer === 'no-entry') return { failure: 'ENOENT', places: [path] };
		return { failure: rootfs.resolve(path)?.type === 'directory' ? 'EISDIR' : 'EACCES', places: [path] };
	}
	const places = searchPath(config).map((part) => absolutePath(name, absolutePath(part, directory)));
	for (const path of places) {
		const reached = access(rootfs, path, who, 'execute');
		if (reached.answer === 'yes' && reached.entry.type !== 'directory') return { path, entry: reached.entry };
	}
	return { failure: 'ENOENT', places };
}

/** Directories of PATH, at most 256. */
export function searchPath(config: Pick<ImageConfig, 'env'>): readonly string[] {
	const value = config.env.findLast(({ name }) => name === 'PATH')?.value ?? defaultPath;
	return value.split(':', 256).map((part) => (part === '' ? '.' : part));
}

function failureOf(name: string, { failure, places }: NotFound, voice: Voice): ProgramFailure {
	const reason = failure === 'ENOENT' ? 'not-found' : failure === 'EISDIR' ? 'directory' : 'not-executable';
	return { reason, missing: name, places, message: name.includes('/') ? voice.cannot(name, failure) : voice.notInPath(name) };
}

function run(argv: readonly string[], { path, entry }: Found, because: string, state: State, voice: Voice, depth: number): ResolvedProgram {
	const started = argv[0] ?? path;
	const shown = started.includes('/') ? started : path;
	state.chain.push({ path, real: entry.path, because });
	const result = (extra: Pick<ResolvedProgram, 'failure' | 'unread'> = {}): ResolvedProgram => ({
		chain: state.chain,
		argv,
		env: state.env,
		...extra,
	});
	const failed = (reason: FailureReason, missing: string, places: readonly string[], message: string): ResolvedProgram =>
		result({ failure: { reason, missing, places, message } });
	if (entry.content === 'elf') return isEnv(path, argv) ? throughEnv(argv, entry, state, depth) : result();
	const line = state.rootfs.shebang(path);
	if (line === undefined)
		return entry.content === 'unread' ? result({ unread: true }) : failed('bad-format', shown, [path], voice.exec(shown, 'ENOEXEC'));
	const interpreter = parseShebang(line);
	if (interpreter === undefined || depth >= maxDepth) return failed('bad-format', shown, [path], voice.exec(shown, 'ENOEXEC'));
	const place = absolutePath(interpreter.path, state.config.workingDir || '/');
	const reached = access(state.rootfs, place, state.who, 'execute');
	if (reached.answer === 'no-entry') return failed('no-interpreter', interpreter.path, [place], voice.exec(shown, 'ENOENT'));
	if (reached.answer === 'denied' || reached.entry.type === 'directory')
		return failed('not-executable', interpreter.path, [place], voice.exec(shown, 'EACCES'));
	const next = [interpreter.path, ...(interpreter.argument === undefined ? [] : [interpreter.argument]), shown, ...argv.slice(1)];
	return run(next, { path: place, entry: reached.entry }, `#! line of ${path}`, state, voice, depth + 1);
}

/**
 * Linux, fs/binfmt_script.c: blanks after `#!`, the interpreter up to a blank, all the rest as one argument, blanks at the
 * end taken off. A carriage return is a character like any other.
 */
export function parseShebang(line: string): { readonly path: string; readonly argument?: string } | undefined {
	const text = line
		.slice(2, 256)
		.replace(/^[ \t]+/, '')
		.replace(/[ \t]+$/, '');
	const end = text.search(/[ \t]/);
	const path = end < 0 ? text : text.slice(0, end);
	if (path === '') return undefined;
	const argument = end < 0 ? '' : text.slice(end).replace(/^[ \t]+/, '');
	return argument === '' ? { path } : { path, argument };
}

const isEnv = (path: string, argv: readonly string[]): boolean => /(^|\/)env$/.test(path) || /(^|\/)env$/.test(argv[0] ?? '');

/** Whether a program is BusyBox, told by its bytes, its name or a hard link to it. */
export function isBusybox(rootfs: Rootfs, entry: Entry): boolean {
	if (rootfs.elf(entry.path)?.marks.includes('busybox')) return true;
	const place = ['/bin/busybox', '/usr/bin/busybox', '/busybox/busybox'].some((path) => rootfs.resolve(path)?.inode === entry.inode);
	return place || /(^|\/)busybox[^/]*$/.test(entry.path);
}

function throughEnv(argv: readonly string[], entry: Entry, state: State, depth: number): ResolvedProgram {
	const busybox = isBusybox(state.rootfs, entry);
	const libc = onMusl(state.rootfs, entry.path) ? 'musl' : 'glibc';
	const command = envCommand(argv, busybox ? libc : undefined, state.config.env);
	const result = (extra: Pick<ResolvedProgram, 'failure' | 'unread'> = {}): ResolvedProgram => ({
		chain: state.chain,
		argv,
		env: state.env,
		...extra,
	});
	if (command.kind === 'refused')
		return result({ failure: { reason: 'env-option', missing: argv[1] ?? '', places: [], message: command.message } });
	if (command.kind === 'unknown') return result({ unread: true });
	if (command.argv.length === 0 || depth >= maxDepth) return result();
	state.env.push(...command.set);
	const kept = command.ignore ? [] : state.config.env.filter(({ name }) => !command.unset.includes(name));
	const config = {
		workingDir: command.directory === undefined ? state.config.workingDir : absolutePath(command.directory, state.config.workingDir || '/'),
		env: [...kept, ...command.set],
	};
	const next = follow(command.argv, { ...state, config }, envVoice(busybox), depth + 1);
	return next.failure?.reason === 'not-found' ? { ...next, failure: { ...next.failure, reason: 'env-not-found' } } : next;
}
