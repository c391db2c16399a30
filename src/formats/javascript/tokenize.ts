import { headWords, operatorWords, type Token } from './tokens.ts';

/** Longest first. `?.` and `=>` and the logical operators matter to readers; the rest only has to be told apart. */
const punctuators = ['>>>=', '...', '===', '!==', '**=', '<<=', '>>=', '>>>', '&&=', '||=', '??='].concat([
	'=>',
	'==',
	'!=',
	'<=',
	'>=',
	'&&',
	'||',
	'??',
	'?.',
	'++',
	'--',
	'+=',
	'-=',
	'*=',
	'/=',
	'%=',
	'&=',
	'|=',
	'^=',
	'<<',
	'**',
]);
const byFirst = new Map<string, readonly string[]>();
for (const p of punctuators) byFirst.set(p.charAt(0), [...(byFirst.get(p.charAt(0)) ?? []), p]);

/** What an open bracket was: `(` after `if`, a block `{`, the `${` of a template. */
type Bracket = 'head' | 'paren' | 'bracket' | 'block' | 'object' | 'template';

interface State {
	readonly text: string;
	position: number;
	line: number;
	readonly tokens: Token[];
	readonly open: Bracket[];
	/** The bracket closed last, when it is the last token. */
	closed: Bracket | undefined;
}

/**
 * Splits JavaScript or TypeScript into tokens (ECMAScript 2025, clause 12); comments and blanks are left out. Never fails:
 * what is not JavaScript gives tokens that mean nothing, a string that is not closed ends with its line.
 */
export function tokenizeJavaScript(text: string): readonly Token[] {
	const state: State = { text, position: 0, line: 1, tokens: [], open: [], closed: undefined };
	if (text.startsWith('#!')) state.position = lineEnd(text, 0);
	while (state.position < text.length) next(state);
	return state.tokens;
}

function lineEnd(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end < 0 ? text.length : end;
}

function next(state: State): void {
	const { text } = state;
	const c = text.charCodeAt(state.position);
	if (c === 0x0a) state.line += 1;
	if (c <= 0x20 || c === 0xa0 || c === 0xfeff) state.position += 1;
	else if (nameStart(c)) readName(state);
	else if (c === 0x22 || c === 0x27) readString(state, text.charAt(state.position));
	else if (c === 0x60) readTemplate(state, 'whole', 'head');
	else if (c >= 0x30 && c <= 0x39) readNumber(state);
	else if (c === 0x2f) readSlash(state);
	else readPunctuator(state);
}

function push(state: State, kind: Token['kind'], text: string, line = state.line, piece?: Token['piece']): void {
	state.tokens.push(piece === undefined ? { kind, text, line } : { kind, text, line, piece });
	state.closed = undefined;
}

/** Letters, `$`, `_`, `#`, `@`, `\` of an escaped name, and everything beyond ASCII. */
function nameStart(c: number): boolean {
	return (c >= 0x61 && c <= 0x7a) || (c >= 0x40 && c <= 0x5a) || c === 0x5f || c === 0x24 || c === 0x23 || c === 0x5c || c > 0x7f;
}

function readName(state: State): void {
	const { text } = state;
	const start = state.position;
	let at = start + 1;
	for (; at < text.length; at += 1) {
		const c = text.charCodeAt(at);
		if (!(nameStart(c) || (c >= 0x30 && c <= 0x39)) || c === 0xa0 || c === 0xfeff || c === 0x2028 || c === 0x2029) break;
	}
	state.position = at;
	push(state, 'name', text.slice(start, at));
}

function readNumber(state: State): void {
	const { text } = state;
	const start = state.position;
	let at = start + 1;
	for (; at < text.length; at += 1) {
		const c = text.charCodeAt(at);
		const sign = (c === 0x2b || c === 0x2d) && (text.charCodeAt(at - 1) | 0x20) === 0x65 && text.charCodeAt(start + 1) !== 0x78;
		if (!(sign || c === 0x2e || (c >= 0x30 && c <= 0x39) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a) || c === 0x5f)) break;
	}
	state.position = at;
	push(state, 'number', text.slice(start, at));
}

function readString(state: State, delimiter: string): void {
	const line = state.line;
	const end = textUntil(state, state.position + 1, (at) => state.text[at] === delimiter, true);
	if (end === undefined) {
		state.position += 1;
		push(state, 'punctuator', delimiter);
		return;
	}
	state.position = end.at + 1;
	push(state, 'string', end.text, line);
}

function readTemplate(state: State, closing: 'whole' | 'tail', opening: 'head' | 'middle'): void {
	const { text, line } = state;
	const stop = (at: number): boolean => text[at] === '`' || (text[at] === '$' && text[at + 1] === '{');
	const end = textUntil(state, state.position + 1, stop, false);
	if (end === undefined) {
		state.position = text.length;
		return;
	}
	const last = text[end.at] === '`';
	state.position = end.at + (last ? 1 : 2);
	push(state, 'template', end.text, line, last ? closing : opening);
	if (!last) state.open.push('template');
}

/** The text up to `stop` with escapes resolved; lines are counted. Undefined when it is not closed. */
function textUntil(
	state: State,
	from: number,
	stop: (at: number) => boolean,
	oneLine: boolean,
): { readonly at: number; readonly text: string } | undefined {
	const { text } = state;
	const parts: string[] = [];
	let since = from;
	let lines = 0;
	for (let at = from; at < text.length; at += 1) {
		const c = text.charCodeAt(at);
		if (c === 0x5c) {
			const escaped = escapeAt(text, at);
			parts.push(text.slice(since, at), escaped.text);
			if (text[at + 1] === '\n' || text.startsWith('\r\n', at + 1)) lines += 1;
			at += escaped.length - 1;
			since = at + 1;
		} else if (c === 0x0a && oneLine) return undefined;
		else if (stop(at)) {
			state.line += lines;
			parts.push(text.slice(since, at));
			return { at, text: parts.length === 1 ? (parts[0] as string) : parts.join('') };
		} else if (c === 0x0a) lines += 1;
	}
	return undefined;
}

const simpleEscapes = new Map([
	['n', '\n'],
	['t', '\t'],
	['r', '\r'],
	['b', '\b'],
	['f', '\f'],
	['v', '\v'],
	['0', '\0'],
	['\n', ''],
]);

/** The escape sequence that starts at the backslash. */
function escapeAt(text: string, at: number): { readonly text: string; readonly length: number } {
	const c = text.charAt(at + 1);
	const coded =
		c === 'x'
			? /^[0-9a-fA-F]{2}/.exec(text.slice(at + 2, at + 4))
			: c === 'u'
				? /^([0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})/.exec(text.slice(at + 2, at + 10))
				: null;
	if (coded !== null) {
		const point = Number.parseInt(coded[0].replace('{', ''), 16);
		return { text: point > 0x10ffff ? '' : String.fromCodePoint(point), length: 2 + coded[0].length };
	}
	if (c === '\r' && text[at + 2] === '\n') return { text: '', length: 3 };
	return { text: simpleEscapes.get(c) ?? c, length: 2 };
}

function readSlash(state: State): void {
	const { text, position } = state;
	if (text[position + 1] === '/') {
		state.position = lineEnd(text, position);
		return;
	}
	if (text[position + 1] === '*') {
		const end = text.indexOf('*/', position + 2);
		state.position = end < 0 ? text.length : end + 2;
		for (let at = text.indexOf('\n', position); at >= 0 && at < state.position; at = text.indexOf('\n', at + 1)) state.line += 1;
		return;
	}
	const end = regexAllowed(state) ? regexEnd(text, position) : undefined;
	if (end === undefined) {
		readPunctuator(state);
		return;
	}
	state.position = end;
	push(state, 'regex', text.slice(position, end));
}

/** Whether an expression begins here: decided by the token before. */
function regexAllowed(state: State): boolean {
	const before = state.tokens.at(-1);
	if (before === undefined) return true;
	if (before.kind === 'name') return operatorWords.has(before.text);
	if (before.kind !== 'punctuator') return before.piece === 'head' || before.piece === 'middle';
	if (before.text === ')') return state.closed === 'head';
	if (before.text === '}') return state.closed === 'block';
	return before.text !== ']' && before.text !== '++' && before.text !== '--';
}

function regexEnd(text: string, from: number): number | undefined {
	let inClass = false;
	for (let at = from + 1; at < text.length; at += 1) {
		const c = text[at];
		if (c === '\n') return undefined;
		if (c === '\\') at += 1;
		else if (c === '[') inClass = true;
		else if (c === ']') inClass = false;
		else if (c === '/' && !inClass) {
			let end = at + 1;
			while (end < text.length && /[a-z]/.test(text.charAt(end))) end += 1;
			return end;
		}
	}
	return undefined;
}

function readPunctuator(state: State): void {
	const { text, position } = state;
	const c = text.charAt(position);
	// `?.` before a digit is a conditional and a number
	const long = byFirst.get(c)?.find((p) => text.startsWith(p, position) && !(p === '?.' && /\d/.test(text.charAt(position + 2))));
	const before = state.tokens.at(-1);
	if (c === '(') state.open.push(before?.kind === 'name' && headWords.has(before.text) ? 'head' : 'paren');
	else if (c === '[') state.open.push('bracket');
	else if (c === '{') state.open.push(blockBegins(before) ? 'block' : 'object');
	let closed: Bracket | undefined;
	if (c === ')' || c === ']' || c === '}') {
		if (c === '}' && state.open.at(-1) === 'template') {
			state.open.pop();
			readTemplate(state, 'tail', 'middle');
			return;
		}
		closed = closeBracket(state.open, c);
	}
	const written = long ?? c;
	state.position += written.length;
	push(state, 'punctuator', written);
	state.closed = closed;
}

/** Takes brackets off up to the one that this closes; an end of a template is not passed. */
function closeBracket(open: Bracket[], c: string): Bracket | undefined {
	const fits = (b: Bracket): boolean =>
		c === ')' ? b === 'paren' || b === 'head' : c === ']' ? b === 'bracket' : b === 'block' || b === 'object';
	for (let i = open.length - 1; i >= 0 && open[i] !== 'template'; i -= 1)
		if (fits(open[i] as Bracket)) {
			const found = open[i] as Bracket;
			open.length = i;
			return found;
		}
	return undefined;
}

function blockBegins(before: Token | undefined): boolean {
	if (before === undefined) return true;
	if (before.kind === 'name') return !operatorWords.has(before.text) || before.text === 'else' || before.text === 'do';
	return before.kind === 'punctuator' && [')', ';', '{', '}', '=>'].includes(before.text);
}
