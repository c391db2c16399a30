import type { Identity } from '../../../formats/access.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { canCreate } from '../creation.ts';
import { isBusybox } from '../resolve-program.ts';
import type { Context } from './context.ts';
import { failed, type ShellState, type Value, withStatus } from './state.ts';

export interface At {
	readonly line: number;
	readonly context: Context;
}

/**
 * What a program that was started does to the shell's state: commands whose effect on files or whose output is certain.
 * Everything else ends in a way that is not known.
 */
export function effectOf(name: string, words: readonly Value[], state: ShellState, at: At): readonly ShellState[] {
	const unknown = { ...withStatus(state, undefined), output: undefined };
	const command = name.slice(name.lastIndexOf('/') + 1);
	const operands = words.filter((word) => word === undefined || !word.startsWith('-'));
	if (words.includes(undefined)) return command === 'mkdir' || command === 'touch' ? [withStatus(state, undefined)] : [unknown];
	const known = operands as readonly string[];
	const path = (word: string): string => absolutePath(word, state.workingDir ?? '/');
	const { place } = at.context.script;
	const refused = refusedWrite(command, known.map(path), words as readonly string[], state, at);
	if (refused !== undefined) return [refused];
	const files = new Map(state.files);
	switch (command) {
		case 'mkdir':
			for (const word of known) files.set(path(word), 'directory');
			return [{ ...withStatus(state, undefined), files }];
		case 'touch':
		case 'cp':
		case 'mv':
		case 'ln':
		case 'rm':
			for (const word of known) files.set(path(word), command === 'touch' ? 'file' : 'unknown');
			return [{ ...withStatus(state, undefined), files }];
		case 'chown':
		case 'chmod':
		case 'sleep':
			return [withStatus(state, undefined)];
		case 'dirname':
		case 'basename':
			return known[0] === undefined
				? [unknown]
				: [
						{
							...withStatus(state, 0),
							output: append(state, `${command === 'dirname' ? directory(known[0]) : base(known[0], known[1])}\n`),
						},
					];
		case 'readlink':
		case 'realpath':
			if (known.length !== 1 || (command === 'readlink' && !words.includes('-f'))) return [unknown];
			return [
				{ ...withStatus(state, 0), output: append(state, `${place.rootfs.resolve(path(known[0] ?? ''))?.path ?? path(known[0] ?? '')}\n`) },
			];
		case 'adduser': {
			const taken = takenNumber(words as readonly string[], at);
			return [taken === undefined ? unknown : refusedUser(taken, state, at)];
		}
		case 'whoami':
			return place.hasEntry === false ? [nameless(command, state, at)] : [unknown];
		case 'id':
			if (
				place.hasEntry === false &&
				words.some((word) => /^-[a-z]*n/.test(word ?? '')) &&
				words.some((word) => /^-[a-z]*u/.test(word ?? ''))
			)
				return [nameless(command, state, at)];
			return words[0] === '-u' && words.length === 1
				? [{ ...withStatus(state, 0), output: append(state, `${place.who.uid}\n`) }]
				: [unknown];
		default:
			return [unknown];
	}
}

/** Only what the kernel certainly refuses: writing without permission, giving files away without being root. */
function refusedWrite(
	command: string,
	paths: readonly string[],
	words: readonly string[],
	state: ShellState,
	{ line, context }: At,
): ShellState | undefined {
	const { place } = context.script;
	const made = command === 'mkdir' || command === 'touch' ? paths : command === 'cp' || command === 'mv' ? paths.slice(-1) : [];
	if (place.who.uid === 0 && place.ground === undefined) return undefined;
	const fail = (path: string, message: string): ShellState => {
		const because = context.script.evidence(line, [command, ...words].join(' '));
		return failed(state, { kind: 'permission', message, missing: path, places: [path], because }, 1);
	};
	const fixed = made.find((path) => place.ground?.(path) === 'read-only' && place.rootfs.resolve(path)?.type !== 'directory');
	if (fixed !== undefined) return fail(fixed, denial(command, fixed, 'Read-only file system'));
	if (place.who.uid === 0) return undefined;
	if (command === 'chown' || command === 'chgrp') {
		const target = paths.at(-1);
		const there = target === undefined ? undefined : place.rootfs.resolve(target);
		return there === undefined || target === undefined
			? undefined
			: fail(target, `${command}: changing ownership of '${target}': Operation not permitted`);
	}
	if (command === 'chmod') {
		const target = paths.slice(1).find((path) => ownedByOther(place.rootfs.resolve(path), place.who));
		return target === undefined ? undefined : fail(target, `chmod: changing permissions of '${target}': Operation not permitted`);
	}
	for (const path of made) {
		if (place.ground?.(path) === 'writable' || state.files.has(path) || state.files.has(path.slice(0, path.lastIndexOf('/')))) continue;
		const above = command === 'mkdir' && words.some((word) => /^(-[a-z]*p|--parents)/.test(word)) ? parents(path) : [];
		const allowed = canCreate(place, { path, call: command === 'mkdir' ? 'mkdir' : 'open', makes: above });
		if (allowed.answer === 'denied' && !place.mayBeThere(path)) return fail(path, denial(command, path));
	}
	return undefined;
}

const denial = (command: string, path: string, why = 'Permission denied'): string =>
	command === 'mkdir'
		? `mkdir: cannot create directory '${path}': ${why}`
		: command === 'touch'
			? `touch: cannot touch '${path}': ${why}`
			: `${command}: cannot create regular file '${path}': ${why}`;

const ownedByOther = (entry: { readonly uid: number } | undefined, who: Identity): boolean =>
	entry !== undefined && entry.uid !== who.uid && who.aliases?.includes(entry.uid) !== true;

const parents = (path: string): readonly string[] => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));

const append = (state: ShellState, text: string): Value => (state.output === undefined ? undefined : state.output + text);

function directory(path: string): string {
	const trimmed = path.replace(/\/+$/, '');
	const slash = trimmed.lastIndexOf('/');
	if (trimmed === '') return path.startsWith('/') ? '/' : '.';
	return slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

function base(path: string, suffix = ''): string {
	const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
	return suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** A user without an entry in /etc/passwd has no name. */
function nameless(command: 'id' | 'whoami', state: ShellState, { line, context }: At): ShellState {
	const { place } = context.script;
	const found = place.rootfs.resolve('/usr/bin/whoami');
	const busybox = found !== undefined && isBusybox(place.rootfs, found);
	const message = busybox ? `${command}: unknown uid ${place.who.uid}` : `${command}: cannot find name for user ID ${place.who.uid}`;
	const because = context.script.evidence(line, command);
	return failed(
		{ ...state, output: undefined },
		{ kind: 'user', message, missing: String(place.who.uid), places: ['/etc/passwd'], because },
		1,
	);
}

/** BusyBox makes a group of the same number for a user of its own, when none is named. */
function takenNumber(words: readonly string[], { context }: At): string | undefined {
	const { rootfs, accounts } = context.script.place;
	const program = ['/usr/sbin/adduser', '/sbin/adduser', '/bin/adduser', '/usr/bin/adduser'].flatMap(
		(path) => rootfs.resolve(path) ?? [],
	)[0];
	const at = words.findIndex((word) => /^-[A-Za-z]*u$/.test(word));
	const number = at < 0 ? undefined : words[at + 1];
	if (program === undefined || !isBusybox(rootfs, program) || number === undefined || accounts === undefined) return undefined;
	const uid = accounts.users.some((user) => String(user.uid) === number);
	const gid = !words.some((word) => /^-[A-Za-z]*G$/.test(word)) && accounts.groups.some((group) => String(group.gid) === number);
	return uid ? `adduser: uid '${number}' in use` : gid ? `addgroup: gid '${number}' in use` : undefined;
}

function refusedUser(message: string, state: ShellState, { line, context }: At): ShellState {
	return failed(
		state,
		{
			kind: 'user',
			message,
			missing: message.split("'")[1] ?? '',
			places: ['/etc/group'],
			because: context.script.evidence(line, 'adduser'),
		},
		1,
	);
}
