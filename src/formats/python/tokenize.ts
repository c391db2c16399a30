/**
 * One token of Python source. `text` is the name, the operator, the number, or the value of a string as far as it is known;
 * for strings `whole` says whether it is all known (an f-string with a replacement field is not). Lines count from 1.
 */
export interface PythonToken {
	readonly kind: 'name' | 'number' | 'string' | 'operator';
	readonly text: string;
	readonly line: number;
	readonly whole?: boolean;
}

/** A logical line: what stands between two NEWLINE tokens (Python reference, 2.1), with its indentation in columns. */
export interface LogicalLine {
	readonly indent: number;
	readonly tokens: readonly PythonToken[];
	/** The line that opens the block that this one is in; -1 at the top of the module. */
	readonly parent: number;
}

interface State {
	readonly text: string;
	position: number;
	line: number;
	depth: number;
	tokens: PythonToken[];
	indent: number;
	readonly lines: { indent: number; tokens: PythonToken[]; parent: number }[];
}

/**
 * Splits Python source into logical lines (Python reference, "Lexical analysis"); comments are left out, brackets and
 * backslashes join lines. Never fails: what is not Python gives lines that mean nothing.
 */
export function tokenizePython(text: string): readonly LogicalLine[] {
	const state: State = { text, position: text.startsWith('\ufeff') ? 1 : 0, line: 1, depth: 0, tokens: [], indent: 0, lines: [] };
	beginLine(state);
	while (state.position < text.length) next(state);
	endLine(state);
	return withParents(state.lines);
}

function beginLine(state: State): void {
	let column = 0;
	for (; state.position < state.text.length; state.position += 1) {
		const c = state.text[state.position];
		if (c === ' ') column += 1;
		else if (c === '\t') column += 8 - (column % 8);
		else if (c === '\f') column = 0;
		else break;
	}
	state.indent = column;
}

function endLine(state: State): void {
	if (state.tokens.length > 0) state.lines.push({ indent: state.indent, tokens: state.tokens, parent: -1 });
	state.tokens = [];
}

function next(state: State): void {
	const { text } = state;
	const c = text.charAt(state.position);
	if (c === '\n') {
		state.position += 1;
		state.line += 1;
		if (state.depth > 0) return;
		endLine(state);
		beginLine(state);
	} else if (c === ' ' || c === '\t' || c === '\r' || c === '\f') state.position += 1;
	else if (c === '#') {
		const end = text.indexOf('\n', state.position);
		state.position = end < 0 ? text.length : end;
	} else if (c === '\\' && /^\r?\n/.test(text.slice(state.position + 1, state.position + 3))) {
		state.position += text[state.position + 1] === '\r' ? 3 : 2;
		state.line += 1;
	} else if (mayBeginString(c) && stringPrefix(text, state.position) !== undefined) readString(state);
	else if (!readMatch(state, 'name', namePattern) && !readMatch(state, 'number', numberPattern)) readOperator(state, c);
}

const namePattern = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/y;
const numberPattern = /0[xX][0-9a-fA-F_]+|\.?[0-9](?:[eE][+-]|[0-9A-Za-z_.])*/y;

function mayBeginString(c: string): boolean {
	return c === '"' || c === "'" || 'rRuUbBfFtT'.includes(c);
}

function readMatch(state: State, kind: 'name' | 'number', pattern: RegExp): boolean {
	pattern.lastIndex = state.position;
	const text = pattern.exec(state.text)?.[0];
	if (text === undefined) return false;
	state.tokens.push({ kind, text, line: state.line });
	state.position += text.length;
	return true;
}

const longOperators = /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|[=<>+\-*/%|&^@]=|\*\*|\/\/|<<|>>/y;

function readOperator(state: State, c: string): void {
	longOperators.lastIndex = state.position;
	const long = '()[]{},'.includes(c) ? c : (longOperators.exec(state.text)?.[0] ?? c);
	if (c === '(' || c === '[' || c === '{') state.depth += 1;
	else if (c === ')' || c === ']' || c === '}') state.depth = Math.max(0, state.depth - 1);
	state.position += long.length;
	state.tokens.push({ kind: 'operator', text: long, line: state.line });
}

/** The letters and the quote that a string begins with, lower-case; undefined when none begins here. */
function stringPrefix(text: string, at: number): { readonly letters: string; readonly quote: string } | undefined {
	const match = /^([A-Za-z]{0,3})("""|'''|"|')/.exec(text.slice(at, at + 6));
	if (match === null) return undefined;
	const letters = (match[1] ?? '').toLowerCase();
	return /^(r|u|b|br|rb|f|fr|rf|t|tr|rt)?$/.test(letters) ? { letters, quote: match[2] ?? '' } : undefined;
}

/** What means nothing inside a string. */
const plain = /[^\\"'\n{}]*/y;

function readString(state: State): void {
	const { text } = state;
	const { letters, quote } = stringPrefix(text, state.position) as { letters: string; quote: string };
	const raw = letters.includes('r');
	const formatted = letters.includes('f') || letters.includes('t');
	const line = state.line;
	const parts: string[] = [];
	let whole = true;
	let at = state.position + letters.length + quote.length;
	let since = at;
	const take = (end: number): void => {
		if (whole) parts.push(text.slice(since, end));
	};
	for (; at < text.length; at += 1) {
		plain.lastIndex = at;
		at += plain.exec(text)?.[0].length ?? 0;
		const c = text[at];
		if (c === '\\') {
			take(at);
			const escaped = raw ? { text: text.slice(at, at + 2), length: 2 } : escapeAt(text, at);
			if (whole) parts.push(escaped.text);
			if (text[at + 1] === '\n') state.line += 1;
			at += escaped.length - 1;
			since = at + 1;
		} else if (text.startsWith(quote, at)) {
			take(at);
			finishString(state, at + quote.length, parts.join(''), line, whole);
			return;
		} else if (c === '\n') {
			state.line += 1;
			if (quote.length === 1) break;
		} else if (formatted && c === '{') {
			take(at);
			if (text[at + 1] === '{') {
				if (whole) parts.push('{');
				at += 1;
			} else {
				whole = false;
				at = fieldEnd(state, at + 1);
			}
			since = at + 1;
		} else if (formatted && c === '}' && text[at + 1] === '}') {
			take(at + 1);
			at += 1;
			since = at + 1;
		}
	}
	// a string that is not closed ends with its line
	finishString(state, Math.min(at, text.length), parts.join(''), line, false);
	if (text[at] === '\n') state.line -= 1;
}

function finishString(state: State, end: number, value: string, line: number, whole: boolean): void {
	state.position = end;
	state.tokens.push({ kind: 'string', text: value, line, whole });
}

/** The end of a replacement field: its closing brace, past nested brackets and strings. */
function fieldEnd(state: State, from: number): number {
	const { text } = state;
	let depth = 0;
	for (let at = from; at < text.length && at - from < 10_000; at += 1) {
		const c = text.charAt(at);
		if (c === '\n') state.line += 1;
		if (c === '{' || c === '(' || c === '[') depth += 1;
		else if (c === ')' || c === ']') depth -= 1;
		else if (c === '}') {
			if (depth <= 0) return at;
			depth -= 1;
		} else if (c === '"' || c === "'") {
			const end = text.indexOf(c, at + 1);
			if (end < 0 || text.slice(at, end).includes('\n')) return at - 1;
			at = end;
		}
	}
	return Math.min(from + 10_000, text.length);
}

const simpleEscapes = new Map([
	['n', '\n'],
	['t', '\t'],
	['r', '\r'],
	['\\', '\\'],
	["'", "'"],
	['"', '"'],
	['a', '\x07'],
	['b', '\b'],
	['f', '\f'],
	['v', '\v'],
	['\n', ''],
]);

function escapeAt(text: string, at: number): { readonly text: string; readonly length: number } {
	const c = text.charAt(at + 1);
	const simple = simpleEscapes.get(c);
	if (simple !== undefined) return { text: simple, length: 2 };
	const coded = /^(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3})/.exec(text.slice(at + 1, at + 10))?.[0];
	if (coded === undefined) return { text: text.slice(at, at + 2), length: 2 };
	const point = /^[xuU]/.test(coded) ? Number.parseInt(coded.slice(1), 16) : Number.parseInt(coded, 8);
	return { text: point > 0x10ffff ? '' : String.fromCodePoint(point), length: 1 + coded.length };
}

/** A line is in the block of the last line before it that is indented less. */
function withParents(lines: State['lines']): readonly LogicalLine[] {
	const open: number[] = [];
	for (const [index, line] of lines.entries()) {
		while (open.length > 0 && (lines[open.at(-1) as number]?.indent ?? 0) >= line.indent) open.pop();
		line.parent = open.at(-1) ?? -1;
		open.push(index);
	}
	return lines;
}
