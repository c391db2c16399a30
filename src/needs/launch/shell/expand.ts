import { trimPattern } from '../../../formats/dockerfile/substitute.ts';
import { matchesPattern } from '../../../formats/glob.ts';
import type { Part, Word } from '../../../formats/shell/syntax.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import type { Context } from './context.ts';
import type { Script, ShellState, Value } from './state.ts';

export interface Text {
	readonly value: Value;
	readonly state: ShellState;
}

export interface Expanded {
	readonly state: ShellState;
	readonly fields: readonly Value[];
}

/** Whether a text is a pattern; a bracket alone, as in `[ -f x ]`, is none. */
const expands = (text: string): boolean => /[*?]|\[[^\]]+\]/.test(text);
/** Names that a pattern may match. */
const maxMatches = 1000;

/**
 * Words into fields (POSIX 2.6): parameters and substitutions, fields split at blanks outside quotes, names matched.
 * A field that is not known is undefined; how many there would be is not asked.
 */
export async function expandWords(words: readonly Word[], state: ShellState, context: Context): Promise<Expanded> {
	const fields: Value[] = [];
	let current = state;
	for (const word of words) {
		const one = await expandWord(word, current, context);
		current = one.state;
		fields.push(...one.fields);
	}
	return { state: current, fields };
}

/** One word that is not split: an assignment, the word of `case`, a redirection. */
export async function expandText(word: Word, state: ShellState, context: Context, asPattern = false): Promise<Text> {
	let value: Value = '';
	let current = state;
	for (const part of word.parts) {
		const one = await partValue(part, current, context);
		current = one.state;
		const plain = one.values.includes(undefined) ? undefined : one.values.join(' ');
		const text = asPattern && one.quoted ? plain?.replace(/[*?[\]\\]/g, '\\$&') : plain;
		value = value === undefined || text === undefined ? undefined : value + text;
	}
	return { value: tilde(word, value, current), state: current };
}

function tilde(word: Word, value: Value, state: ShellState): Value {
	const first = word.parts[0];
	const home = state.variables.get('HOME');
	if (first?.kind !== 'text' || first.quoted || !/^~(\/|$)/.test(first.text) || value === undefined) return value;
	return home === undefined ? undefined : home + value.slice(1);
}

async function expandWord(word: Word, state: ShellState, context: Context): Promise<Expanded> {
	const fields: Value[] = [];
	let current = state;
	/** The field being built; absent between fields. */
	let open = false;
	let text: Value = '';
	let pattern = false;
	const close = (): void => {
		if (open) fields.push(...(pattern && text !== undefined ? matches(text, current, context.script) : [text]));
		[open, text, pattern] = [false, '', false];
	};
	for (const part of word.parts) {
		const { values, state: next, quoted } = await partValue(part, current, context);
		current = next;
		if (part.kind === 'text') {
			open = true;
			pattern ||= !part.quoted && expands(part.text);
			text = append(text, part.text);
		} else if (quoted) {
			for (const [index, value] of values.entries()) {
				if (index > 0) close();
				open = true;
				text = append(text, value);
			}
		} else
			for (const [index, value] of values.flatMap<Value>((v) => (v === undefined ? [undefined] : splitFields(v))).entries()) {
				if (index > 0) close();
				open = true;
				text = append(text, value);
				pattern ||= value !== undefined && expands(value);
			}
	}
	text = tilde(word, text, current);
	close();
	return { state: current, fields };
}

const append = (text: Value, more: Value): Value => (text === undefined || more === undefined ? undefined : text + more);
const splitFields = (text: string): readonly string[] => text.split(/[ \t\n]+/).filter((field) => field !== '');

interface Values {
	/** One, or those of `"$@"`: none when there are no parameters. */
	readonly values: readonly Value[];
	readonly quoted: boolean;
	readonly state: ShellState;
}

async function partValue(part: Part, state: ShellState, context: Context): Promise<Values> {
	const one = (value: Value, next = state): Values => ({ values: [value], quoted: part.quoted, state: next });
	if (part.kind === 'text') return one(part.text);
	if (part.kind === 'opaque') return one(undefined);
	if (part.kind === 'command') {
		const { value, state: next } = await context.substitute(part.script, state);
		return one(value?.replace(/\n+$/, ''), next);
	}
	if ((part.name === '@' || part.name === '*') && part.operator === undefined) {
		if (part.name === '@' || !part.quoted) return { values: state.parameters, quoted: part.quoted, state };
		return one(state.parameters.includes(undefined) ? undefined : state.parameters.join(' '));
	}
	return parameter(part, state, context, one);
}

async function parameter(
	part: Extract<Part, { kind: 'parameter' }>,
	state: ShellState,
	context: Context,
	one: (value: Value, next?: ShellState) => Values,
): Promise<Values> {
	const { name, operator, argument } = part;
	const { set, value } = lookUp(name, state, context.script);
	const word = async (): Promise<Text> => (argument === undefined ? { value: '', state } : expandText(argument, state, context));
	if (operator === undefined) return one(set ? value : '');
	const present = set && (!operator.startsWith(':') || value !== '');
	// it is there and its text is not known: whether the default is taken is not known either
	if (set && value === undefined) return one(undefined);
	switch (operator.at(-1)) {
		case '-': {
			if (present) return one(value);
			// "$@" and "${@:-x}" keep their fields only without an operator
			const other = await word();
			return one(other.value, other.state);
		}
		case '=': {
			if (present) return one(value);
			const other = await word();
			return one(other.value, { ...other.state, variables: new Map(other.state.variables).set(name, other.value) });
		}
		case '+': {
			if (!present) return one('');
			const other = await word();
			return one(other.value, other.state);
		}
		case '?':
			// who starts the container is expected to set it
			if (present) return one(value);
			return one(undefined, { ...state, variables: new Map(state.variables).set(name, undefined) });
		default: {
			const other = await word();
			if (other.value === undefined) return one(undefined, other.state);
			return one(trimPattern(set ? (value ?? '') : '', operator as '#' | '##' | '%' | '%%', other.value), other.state);
		}
	}
}

function lookUp(name: string, state: ShellState, script: Script): { readonly set: boolean; readonly value: Value } {
	if (name === '#') return { set: true, value: String(state.parameters.length) };
	if (name === '?') return { set: true, value: state.status === undefined ? undefined : String(state.status) };
	if (name === '0') return { set: true, value: script.path };
	if (name === '@' || name === '*')
		return {
			set: state.parameters.length > 0,
			value: state.parameters.includes(undefined) ? undefined : state.parameters.join(' '),
		};
	if (name === '$' || name === '!' || name === '-') return { set: true, value: undefined };
	if (/^\d+$/.test(name)) {
		const index = Number.parseInt(name, 10) - 1;
		return { set: index < state.parameters.length, value: state.parameters[index] };
	}
	if (name === 'PWD' && !state.variables.has(name)) return { set: true, value: state.workingDir };
	// Docker sets it to the container's id
	if ((name === 'HOSTNAME' || name === 'RANDOM') && !state.variables.has(name)) return { set: true, value: undefined };
	return { set: state.variables.has(name), value: state.variables.get(name) };
}

/** Pathname expansion against the image; the pattern itself when nothing matches. */
function matches(pattern: string, state: ShellState, script: Script): readonly Value[] {
	const { rootfs } = script.place;
	if (state.workingDir === undefined && !pattern.startsWith('/')) return [undefined];
	let level: readonly string[] = [pattern.startsWith('/') ? '' : (state.workingDir ?? '')];
	const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
	for (const part of parts) {
		level = level.flatMap((directory) => {
			const here = rootfs.resolve(directory === '' ? '/' : directory);
			if (here?.type !== 'directory') return [];
			if (!expands(part))
				return rootfs.resolve(`${directory}/${part}`, { followLast: false }) ? [absolutePath(`${directory}/${part}`, '/')] : [];
			return rootfs
				.list(here.path)
				.filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matchesPattern(part, name))
				.map((name) => `${directory === '/' ? '' : directory}/${name}`);
		});
		if (level.length > maxMatches) return [undefined];
	}
	const hidden = script.place.mayBeThere(absolutePath(pattern.slice(0, pattern.search(/[*?[]/)), state.workingDir ?? '/'));
	if (level.length === 0) return hidden ? [undefined] : [pattern];
	const prefix = pattern.startsWith('/') ? 0 : state.workingDir === '/' ? 1 : (state.workingDir?.length ?? 0) + 1;
	return level.map((path) => path.slice(prefix)).sort();
}
