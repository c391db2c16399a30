import { FootingError } from '../../model/errors.ts';
import type { Command, Part, Redirection, Script, Simple, Word } from './syntax.ts';

/** Nesting of compound commands and substitutions that is followed. */
const maxDepth = 60;
const operators = ['&&', '||', ';;', ';&', '<<-', '<<<', '<<', '>>', '>|', '<&', '>&', '<>', '&>', ';', '&', '|', '<', '>', '(', ')', '\n'];
const redirectionOperators = new Set(['<', '>', '>>', '>|', '<&', '>&', '<>', '<<', '<<-', '<<<', '&>']);
const closers = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}', ')', ';;']);

interface State {
	readonly text: string;
	position: number;
	line: number;
	depth: number;
	readonly heredocs: { readonly end: string; readonly chomp: boolean }[];
}

/**
 * Reads a shell script.
 * @throws FootingError `unsupported` when it is not one, or uses what is not modelled
 */
export function parseShell(text: string): Script {
	const state: State = { text, position: 0, line: 1, depth: 0, heredocs: [] };
	const result = script(state);
	blanks(state);
	if (state.position < text.length) throw unsupported(state);
	return result;
}

function unsupported(state: State): FootingError {
	return new FootingError('unsupported', `cannot read the shell script: line ${state.line} is not understood`);
}

function deeper<T>(state: State, read: () => T): T {
	if (++state.depth > maxDepth) throw unsupported(state);
	const result = read();
	state.depth--;
	return result;
}

/** Skips blanks, comments and escaped line ends. */
function blanks(state: State): void {
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

function operatorAt(state: State): string | undefined {
	blanks(state);
	return operators.find((operator) => state.text.startsWith(operator, state.position));
}

function take(state: State, operator: string): void {
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

function newlines(state: State): void {
	for (let operator = operatorAt(state); operator === '\n' || operator === ';'; operator = operatorAt(state)) take(state, operator);
}

/** The reserved or other plain word that comes next, not taken. */
function peekWord(state: State): string {
	blanks(state);
	const rest = state.text.slice(state.position, state.position + 64);
	if (rest.startsWith(';;') || rest.startsWith(')')) return rest.startsWith(')') ? ')' : ';;';
	return /^[A-Za-z_][\w]*(?=[\s;&|()<>]|$)|^[{}!](?=[\s;&|()]|$)|^\[\[(?=\s)/.exec(rest)?.[0] ?? '';
}

function expect(state: State, word: string): void {
	if (peekWord(state) !== word) throw unsupported(state);
	state.position += word.length;
}

function script(state: State): Script {
	return deeper(state, () => {
		const commands: Command[] = [];
		for (;;) {
			newlines(state);
			if (state.position >= state.text.length || closers.has(peekWord(state))) return { commands };
			const line = state.line;
			let command = andOr(state);
			const operator = operatorAt(state);
			if (operator === '&') {
				take(state, operator);
				command = { kind: 'background', command, line };
			} else if (operator === ';' || operator === '\n') take(state, operator);
			else if (state.position < state.text.length && !closers.has(peekWord(state))) throw unsupported(state);
			commands.push(command);
		}
	});
}

function andOr(state: State): Command {
	let left = pipeline(state);
	for (let operator = operatorAt(state); operator === '&&' || operator === '||'; operator = operatorAt(state)) {
		const line = state.line;
		take(state, operator);
		newlines(state);
		left = { kind: operator === '&&' ? 'and' : 'or', left, right: pipeline(state), line };
	}
	return left;
}

function pipeline(state: State): Command {
	const line = state.line;
	if (peekWord(state) === '!') {
		state.position++;
		return { kind: 'not', command: deeper(state, () => pipeline(state)), line };
	}
	const commands = [command(state)];
	while (operatorAt(state) === '|') {
		state.position += state.text[state.position + 1] === '&' ? 2 : 1;
		newlines(state);
		commands.push(command(state));
	}
	return commands.length === 1 ? (commands[0] as Command) : { kind: 'pipeline', commands, line };
}

function command(state: State): Command {
	return deeper(state, () => {
		const line = state.line;
		const word = peekWord(state);
		const compound = compoundAt(state, word, line);
		if (compound) {
			redirections(state);
			return compound;
		}
		if (closers.has(word)) throw unsupported(state);
		const name = /^([A-Za-z_][\w.:-]*)[ \t]*\([ \t]*\)/.exec(state.text.slice(state.position, state.position + 256));
		if (word === 'function' || name) return functionAt(state, name?.[0]?.length ?? 0, name?.[1], line);
		return simple(state, line);
	});
}

function functionAt(state: State, length: number, known: string | undefined, line: number): Command {
	let name = known;
	if (name === undefined) {
		const match = /^function\s+([\w.:-]+)[ \t]*(\([ \t]*\))?/.exec(state.text.slice(state.position, state.position + 256));
		if (match?.[1] === undefined) throw unsupported(state);
		name = match[1];
		state.position += match[0].length;
	} else state.position += length;
	newlines(state);
	return { kind: 'function', name, body: command(state), line };
}

function compoundAt(state: State, word: string, line: number): Command | undefined {
	if (state.text[state.position] === '(') {
		if (state.text.startsWith('((', state.position)) return arithmeticCommand(state, line);
		state.position++;
		const body = script(state);
		expect(state, ')');
		return { kind: 'group', subshell: true, body, line };
	}
	switch (word) {
		case '{': {
			state.position++;
			const body = script(state);
			expect(state, '}');
			return { kind: 'group', subshell: false, body, line };
		}
		case 'if':
			return ifAt(state, line);
		case 'while':
		case 'until': {
			state.position += word.length;
			const condition = script(state);
			return { kind: 'loop', until: word === 'until', condition, body: loopBody(state), line };
		}
		case 'for':
			return forAt(state, line);
		case 'case':
			return caseAt(state, line);
		case '[[':
			return doubleBracket(state, line);
	}
	return undefined;
}

function loopBody(state: State): Script {
	newlines(state);
	expect(state, 'do');
	const body = script(state);
	expect(state, 'done');
	return body;
}

function ifAt(state: State, line: number): Command {
	const branches: { readonly condition: Script; readonly body: Script }[] = [];
	for (let word = 'if'; word === 'if' || word === 'elif'; word = peekWord(state)) {
		expect(state, word);
		const condition = script(state);
		expect(state, 'then');
		branches.push({ condition, body: script(state) });
	}
	if (peekWord(state) !== 'else') {
		expect(state, 'fi');
		return { kind: 'if', branches, line };
	}
	expect(state, 'else');
	const otherwise = script(state);
	expect(state, 'fi');
	return { kind: 'if', branches, otherwise, line };
}

function forAt(state: State, line: number): Command {
	expect(state, 'for');
	const name = peekWord(state);
	if (!/^[A-Za-z_]/.test(name)) throw unsupported(state);
	state.position += name.length;
	newlines(state);
	let words: Word[] | undefined;
	if (peekWord(state) === 'in') {
		expect(state, 'in');
		words = [];
		for (let next = word(state); next !== undefined; next = word(state)) words.push(next);
	}
	return { kind: 'for', name, ...(words === undefined ? {} : { words }), body: loopBody(state), line };
}

function caseAt(state: State, line: number): Command {
	expect(state, 'case');
	const subject = word(state);
	newlines(state);
	expect(state, 'in');
	const arms: { readonly patterns: readonly Word[]; readonly body: Script }[] = [];
	for (newlines(state); subject && peekWord(state) !== 'esac'; newlines(state)) {
		if (state.text[state.position] === '(') state.position++;
		const patterns: Word[] = [];
		for (let next = word(state); next !== undefined; next = word(state)) {
			patterns.push(next);
			if (operatorAt(state) !== '|') break;
			state.position++;
		}
		expect(state, ')');
		arms.push({ patterns, body: script(state) });
		if (peekWord(state) === ';;') state.position += 2;
		else if (peekWord(state) !== 'esac') throw unsupported(state);
	}
	if (!subject) throw unsupported(state);
	expect(state, 'esac');
	return { kind: 'case', word: subject, arms, line };
}

/** `[[ … ]]`: operators in it are words. */
function doubleBracket(state: State, line: number): Simple {
	const words: Word[] = [text('[[')];
	state.position += 2;
	for (;;) {
		blanks(state);
		const operator = /^(&&|\|\||[()<>]|\]\](?=[\s;&|)]|$))/.exec(state.text.slice(state.position, state.position + 3))?.[0];
		if (operator !== undefined) {
			state.position += operator.length;
			words.push(text(operator));
			if (operator === ']]') return { kind: 'simple', assignments: [], words, redirections: [], line };
			continue;
		}
		if (state.text[state.position] === '\n') take(state, '\n');
		else {
			const next = word(state);
			if (next === undefined) throw unsupported(state);
			words.push(next);
		}
	}
}

function arithmeticCommand(state: State, line: number): Simple {
	const end = state.text.indexOf('))', state.position);
	if (end < 0) throw unsupported(state);
	const body = state.text.slice(state.position, end + 2);
	state.line += body.split('\n').length - 1;
	state.position = end + 2;
	return {
		kind: 'simple',
		assignments: [],
		words: [text('(('), { parts: [{ kind: 'opaque', text: body, quoted: true }] }],
		redirections: [],
		line,
	};
}

const text = (value: string): Word => ({ parts: [{ kind: 'text', text: value, quoted: false }] });

function simple(state: State, line: number): Simple {
	const assignments: { readonly name: string; readonly value: Word }[] = [];
	const words: Word[] = [];
	const redirected: Redirection[] = [];
	for (;;) {
		redirected.push(...redirections(state));
		const assignment = words.length === 0 ? /^([A-Za-z_]\w*)\+?=/.exec(state.text.slice(state.position, state.position + 256)) : null;
		if (assignment) {
			state.position += assignment[0].length;
			const value = state.text[state.position] === '(' ? arrayValue(state) : adjacentWord(state);
			assignments.push({ name: assignment[1] as string, value: assignment[0].endsWith('+=') ? opaque(assignment[0]) : value });
			continue;
		}
		const next = word(state);
		if (next === undefined) break;
		words.push(next);
	}
	if (assignments.length + words.length + redirected.length === 0) throw unsupported(state);
	return { kind: 'simple', assignments, words, redirections: redirected, line };
}

const opaque = (value: string): Word => ({ parts: [{ kind: 'opaque', text: value, quoted: false }] });

function adjacentWord(state: State): Word {
	const c = state.text[state.position];
	return c === undefined || /[\s;&|<>()]/.test(c) ? { parts: [] } : (word(state) ?? { parts: [] });
}

function arrayValue(state: State): Word {
	state.position++;
	for (;;) {
		const operator = operatorAt(state);
		if (operator === ')') {
			state.position++;
			return opaque('()');
		}
		if (operator === '\n') take(state, operator);
		else if (word(state) === undefined) throw unsupported(state);
	}
}

function redirections(state: State): readonly Redirection[] {
	const result: Redirection[] = [];
	for (;;) {
		blanks(state);
		const descriptor = /^\d{1,2}(?=[<>])/.exec(state.text.slice(state.position, state.position + 3))?.[0] ?? '';
		state.position += descriptor.length;
		const operator = operatorAt(state);
		if (operator === undefined || !redirectionOperators.has(operator)) {
			state.position -= descriptor.length;
			return result;
		}
		state.position += operator.length;
		blanks(state);
		const target = word(state);
		if (target === undefined) throw unsupported(state);
		if (operator === '<<' || operator === '<<-') {
			const end = target.parts.map((part) => ('text' in part ? part.text : '')).join('');
			state.heredocs.push({ end, chomp: operator === '<<-' });
		}
		result.push({ operator, target });
	}
}

/** One word; undefined when an operator or the end comes next. */
function word(state: State): Word | undefined {
	blanks(state);
	const parts: Part[] = [];
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined || /[\s;&|<>()]/.test(c)) break;
		if (c === '\\') {
			const next = state.text[state.position + 1] ?? '';
			if (next === '\n') state.line++;
			else addText(parts, next, true);
			state.position += 2;
		} else if (c === "'") addText(parts, singleQuoted(state), true);
		else if (c === '"') doubleQuoted(state, parts);
		else if (c === '$' || c === '`') parts.push(expansion(state, false));
		else {
			addText(parts, c, false);
			state.position++;
		}
	}
	return parts.length === 0 ? undefined : { parts };
}

function addText(parts: Part[], value: string, quoted: boolean): void {
	const last = parts.at(-1);
	if (last?.kind === 'text' && last.quoted === quoted) parts[parts.length - 1] = { ...last, text: last.text + value };
	else parts.push({ kind: 'text', text: value, quoted });
}

function singleQuoted(state: State): string {
	const end = state.text.indexOf("'", state.position + 1);
	if (end < 0) throw unsupported(state);
	const value = state.text.slice(state.position + 1, end);
	state.line += value.split('\n').length - 1;
	state.position = end + 1;
	return value;
}

function doubleQuoted(state: State, parts: Part[]): void {
	state.position++;
	addText(parts, '', true);
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined) throw unsupported(state);
		if (c === '"') {
			state.position++;
			return;
		}
		if (c === '$' || c === '`') {
			parts.push(expansion(state, true));
			continue;
		}
		const next = state.text[state.position + 1] ?? '';
		const escaped = c === '\\' && '$`"\\\n'.includes(next) && next !== '';
		if (c === '\n' || (escaped && next === '\n')) state.line++;
		if (!escaped || next !== '\n') addText(parts, escaped ? next : c, true);
		state.position += escaped ? 2 : 1;
	}
}

function expansion(state: State, quoted: boolean): Part {
	return deeper(state, () => {
		const rest = state.text.slice(state.position, state.position + 256);
		if (rest.startsWith('`')) return backquoted(state, quoted);
		if (rest.startsWith('$((')) return opaqueUntil(state, '))', quoted);
		if (rest.startsWith('$(')) {
			state.position += 2;
			const inner = script(state);
			blanks(state);
			if (state.text[state.position] !== ')') throw unsupported(state);
			state.position++;
			return { kind: 'command', script: inner, quoted };
		}
		if (rest.startsWith('${')) return bracedParameter(state, quoted);
		const name = /^\$([A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)?.[1];
		state.position += 1 + (name?.length ?? 0);
		return name === undefined ? { kind: 'text', text: '$', quoted } : { kind: 'parameter', name, quoted };
	});
}

function backquoted(state: State, quoted: boolean): Part {
	const end = state.text.indexOf('`', state.position + 1);
	if (end < 0) throw unsupported(state);
	const body = state.text.slice(state.position + 1, end);
	state.line += body.split('\n').length - 1;
	state.position = end + 1;
	return { kind: 'command', script: parseShell(body), quoted };
}

function opaqueUntil(state: State, end: string, quoted: boolean): Part {
	const at = state.text.indexOf(end, state.position);
	if (at < 0) throw unsupported(state);
	const body = state.text.slice(state.position, at + end.length);
	state.position = at + end.length;
	return { kind: 'opaque', text: body, quoted };
}

function bracedParameter(state: State, quoted: boolean): Part {
	const head = /^\$\{(#?)([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[@*]\])?/.exec(state.text.slice(state.position, state.position + 256));
	const length = head?.[1] === '#';
	if (head?.[2] === undefined) return opaqueUntil(state, '}', quoted);
	state.position += head[0].length;
	const operator = /^(:?[-+=?]|##?|%%?|\/\/?|:)/.exec(state.text.slice(state.position, state.position + 3))?.[0];
	if (operator === undefined || length || head[3] !== undefined) {
		if (state.text[state.position] === '}' && !length && head[3] === undefined) {
			state.position++;
			return { kind: 'parameter', name: head[2], quoted };
		}
		return { ...(opaqueUntil(state, '}', quoted) as Extract<Part, { kind: 'opaque' }>), text: head[0] };
	}
	state.position += operator.length;
	const argument = bracedArgument(state);
	if (operator.startsWith('/') || operator === ':') return { kind: 'opaque', text: head[0], quoted };
	return { kind: 'parameter', name: head[2], operator, argument, quoted };
}

function bracedArgument(state: State): Word {
	const parts: Part[] = [];
	for (;;) {
		const c = state.text[state.position];
		if (c === undefined) throw unsupported(state);
		if (c === '}') {
			state.position++;
			return { parts };
		}
		if (c === "'") addText(parts, singleQuoted(state), true);
		else if (c === '"') doubleQuoted(state, parts);
		else if (c === '$' || c === '`') parts.push(expansion(state, false));
		else {
			const escaped = c === '\\';
			if (c === '\n') state.line++;
			addText(parts, escaped ? (state.text[state.position + 1] ?? '') : c, escaped);
			state.position += escaped ? 2 : 1;
		}
	}
}
