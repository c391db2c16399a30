import { FootingError } from '../../model/errors.ts';
import type { Script } from './syntax.ts';

/** Nesting of compound commands and substitutions that is followed. */
const maxDepth = 60;
const operators = ['&&', '||', ';;', ';&', '<<-', '<<<', '<<', '>>', '>|', '<&', '>&', '<>', '&>', ';', '&', '|', '<', '>', '(', ')', '\n'];

/** Where the reader is. `script` reads the commands that come next: words hold scripts (`$(…)`) and scripts hold words. */
export interface State {
	readonly text: string;
	position: number;
	line: number;
	depth: number;
	readonly script: (state: State) => Script;
	readonly heredocs: { readonly end: string; readonly chomp: boolean }[];
}

export function startOf(text: string, script: (state: State) => Script, depth = 0): State {
	return { text, position: 0, line: 1, depth, script, heredocs: [] };
}

/** A script that takes up the whole text. */
export function wholeScript(state: State): Script {
	const result = state.script(state);
	blanks(state);
	if (state.position < state.text.length) throw unsupported(state);
	return result;
}

export function unsupported(state: State): FootingError {
	return new FootingError('unsupported', `cannot read the shell script: line ${state.line} is not understood`);
}

export function deeper<T>(state: State, read: () => T): T {
	if (++state.depth > maxDepth) throw unsupported(state);
	const result = read();
	state.depth--;
	return result;
}

/** Skips blanks, comments and escaped line ends. */
export function blanks(state: State): void {
	for (;;) {
		const c = state.text[state.position];
		if (c === ' ' || c === '\t' || c === '\r') state.position++;
		else if (c === '\\' && state.text[state.position + 1] === '\n') {
			state.position += 2;
			state.line++;
		} else if (c === '#') {
			while (state.position < state.text.length && state.text[state.position] !== '\n') state.position++;
		} else return;
	}
}

export function operatorAt(state: State): string | undefined {
	blanks(state);
	return operators.find((operator) => state.text.startsWith(operator, state.position));
}

export function take(state: State, operator: string): void {
	state.position += operator.length;
	if (operator !== '\n') return;
	state.line++;
	for (const { end, chomp } of state.heredocs.splice(0)) skipHeredoc(state, end, chomp);
}

function skipHeredoc(state: State, end: string, chomp: boolean): void {
	while (state.position < state.text.length) {
		const feed = state.text.indexOf('\n', state.position);
		const stop = feed < 0 ? state.text.length : feed;
		const line = state.text.slice(state.position, stop);
		state.position = Math.min(state.text.length, stop + 1);
		state.line++;
		if ((chomp ? line.replace(/^\t+/, '') : line) === end) return;
	}
}

export function newlines(state: State): void {
	for (let operator = operatorAt(state); operator === '\n' || operator === ';'; operator = operatorAt(state)) take(state, operator);
}

/** The reserved or other plain word that comes next, not taken. */
export function peekWord(state: State): string {
	blanks(state);
	const rest = state.text.slice(state.position, state.position + 64);
	if (rest.startsWith(';;') || rest.startsWith(')')) return rest.startsWith(')') ? ')' : ';;';
	return /^[A-Za-z_][\w]*(?=[\s;&|()<>]|$)|^[{}!](?=[\s;&|()]|$)|^\[\[(?=\s)/.exec(rest)?.[0] ?? '';
}

export function expect(state: State, word: string): void {
	if (peekWord(state) !== word) throw unsupported(state);
	state.position += word.length;
}
