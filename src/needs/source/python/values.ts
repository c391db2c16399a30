import type { Known } from '../fact.ts';
import { is, type Line, nameAt, past } from './module-text.ts';
import { dottedAt, type Names } from './names.ts';

export interface Value extends Known {
	/** Another value may be taken instead: `os.environ.get('X', 'value')`, `x or 'value'`. */
	readonly fallback: boolean;
}

export type Constants = ReadonlyMap<string, string>;

export interface Scope {
	readonly names: Names;
	readonly constants: Constants;
}

/** One argument of a call: its name when it has one, and its tokens. */
export interface Argument {
	readonly keyword?: string;
	readonly start: number;
	readonly end: number;
}

/** The arguments between the brackets that open at an index. */
export function argumentsAt(line: Line, open: number): readonly Argument[] {
	const close = line.partner[open] ?? -1;
	const found: Argument[] = [];
	let start = open + 1;
	for (let at = start; at <= close && found.length < 64; at = at === close ? at + 1 : past(line, at)) {
		if (at !== close && !is(line, at, ',')) continue;
		const keyword = is(line, start + 1, '=') ? nameAt(line, start) : undefined;
		if (at > start) found.push(keyword === undefined ? { start, end: at } : { keyword, start: start + 2, end: at });
		start = at + 1;
	}
	return found;
}

/** `NAME = 'text'` at any depth; a name that is assigned twice stands for nothing. */
export function constantsOf(lines: readonly Line[]): Constants {
	const constants = new Map<string, string>();
	const assigned = new Set<string>();
	for (const line of lines) {
		const name = nameAt(line, 0);
		const equals = is(line, 1, '=') ? 1 : is(line, 1, ':') && is(line, 3, '=') ? 3 : -1;
		if (name === undefined || equals < 0) continue;
		const token = line.tokens[equals + 1];
		if (assigned.has(name)) constants.delete(name);
		else if (token?.kind === 'string' && token.whole === true && line.tokens.length === equals + 2) constants.set(name, token.text);
		assigned.add(name);
	}
	return constants;
}

/** What is known of the expression in a range of tokens. */
export function knownValue(line: Line, start: number, end: number, scope: Scope): Value | undefined {
	const variable = fromEnvironment(line, start, end, scope);
	if (variable !== undefined) return variable;
	let from = start;
	let fallback = false;
	for (let at = start; at < end; at = past(line, at))
		if (is(line, at, 'or')) {
			from = at + 1;
			fallback = true;
		}
	const known = sum(line, from, end, scope);
	return known === undefined ? undefined : { ...known, fallback };
}

/** `os.environ.get('X', 'value')`, `os.getenv('X', 'value')` */
function fromEnvironment(line: Line, start: number, end: number, scope: Scope): Value | undefined {
	const found = dottedAt(line, start, scope.names);
	if (found === undefined || (found.name !== 'os.getenv' && found.name !== 'os.environ.get')) return undefined;
	if (!is(line, found.end, '(') || (line.partner[found.end] ?? -1) + 1 !== end) return undefined;
	const second = argumentsAt(line, found.end)[1];
	const known = second && sum(line, second.start, second.end, scope);
	return known === undefined ? undefined : { ...known, fallback: true };
}

/** Texts joined by `+`, by standing beside each other, by os.path.join and by `Path(…) / …`. */
function sum(line: Line, start: number, end: number, scope: Scope): Known | undefined {
	let text = '';
	for (let at = start; at < end; ) {
		const part = operand(line, at, end, scope);
		if (part === undefined) return at === start ? undefined : { text, whole: false };
		text += part.text;
		if (!part.whole) return { text, whole: false };
		at = part.end;
		if (at >= end) return { text, whole: true };
		if (is(line, at, '+')) at += 1;
		else if (is(line, at, '/')) {
			text += '/';
			at += 1;
		} else if (line.tokens[at]?.kind !== 'string') return undefined;
	}
	return undefined;
}

type Operand = Known & { readonly end: number };

function operand(line: Line, at: number, end: number, scope: Scope): Operand | undefined {
	const token = line.tokens[at];
	if (token?.kind === 'string') return { text: token.text, whole: token.whole === true, end: at + 1 };
	if (is(line, at, '(')) {
		const close = line.partner[at] ?? -1;
		const inner = close < 0 || close > end ? undefined : sum(line, at + 1, close, scope);
		return inner === undefined ? undefined : { ...inner, end: close + 1 };
	}
	const constant = scope.constants.get(nameAt(line, at) ?? '');
	if (constant !== undefined && !is(line, at + 1, '.') && !is(line, at + 1, '(')) return { text: constant, whole: true, end: at + 1 };
	return joined(line, at, scope);
}

const joining = new Set(['os.path.join', 'posixpath.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'str', 'os.fspath']);

function joined(line: Line, at: number, scope: Scope): Operand | undefined {
	const found = dottedAt(line, at, scope.names);
	const name = found?.name ?? (nameAt(line, at) === 'str' ? 'str' : '');
	const open = found?.end ?? at + 1;
	if (!joining.has(name) || !is(line, open, '(')) return undefined;
	const parts: string[] = [];
	for (const { start, end } of argumentsAt(line, open)) {
		const part = sum(line, start, end, scope);
		if (part?.whole !== true) return undefined;
		parts.push(part.text);
	}
	return { text: parts.join('/').replace(/\/{2,}/g, '/'), whole: true, end: (line.partner[open] ?? open) + 1 };
}
