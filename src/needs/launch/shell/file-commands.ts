import { absolutePath } from '../../application/stage-tree.ts';
import { access } from '../access.ts';
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
	switch (command) {
		case 'mkdir':
			return [makeDirectories(known.map(path), state, at)];
		case 'touch':
		case 'cp':
		case 'mv':
		case 'ln':
		case 'rm': {
			const files = new Map(state.files);
			for (const word of known) files.set(path(word), command === 'touch' ? 'file' : 'unknown');
			return [{ ...withStatus(state, undefined), files }];
		}
		case 'chown':
		case 'chmod':
		case 'sleep':
			return [withStatus(state, undefined)];
		case 'dirname':
		case 'basename':
			return [
				{
					...withStatus(state, 0),
					output:
						known[0] === undefined
							? undefined
							: append(state, `${command === 'dirname' ? directory(known[0]) : base(known[0], known[1])}\n`),
				},
			];
		case 'id':
			return [
				{
					...withStatus(state, 0),
					output: words[0] === '-u' && words.length === 1 ? append(state, `${at.context.script.place.who.uid}\n`) : undefined,
				},
			];
		case 'which':
			return [unknown];
		default:
			return [unknown];
	}
}

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

/** Only what is certainly refused fails: the nearest directory that is there must not be written. */
function makeDirectories(paths: readonly string[], state: ShellState, { line, context }: At): ShellState {
	const { place } = context.script;
	const files = new Map(state.files);
	for (const path of paths) {
		files.set(path, 'directory');
		if (place.rootfs.resolve(path) !== undefined || place.mayBeThere(path)) continue;
		let nearest = path;
		while (nearest !== '/' && place.rootfs.resolve(nearest) === undefined && !state.files.has(nearest))
			nearest = nearest.slice(0, nearest.lastIndexOf('/')) || '/';
		if (state.files.has(nearest) || access(place.rootfs, nearest, place.who, 'write').answer !== 'denied') continue;
		const message = `mkdir: cannot create directory '${path}': Permission denied`;
		return failed(
			state,
			{ kind: 'permission', message, missing: path, places: [path], because: context.script.evidence(line, `mkdir ${path}`) },
			1,
		);
	}
	return { ...withStatus(state, undefined), files };
}
