import type { Known } from '../fact.ts';
import { endOf, is, type ModuleText, nameAt, stringAt } from './module-text.ts';
import { type Bindings, referenceAt } from './reference.ts';

/** A value that is known; with `fallback` another one may be taken instead (`process.env.X || 'value'`). */
export interface Value extends Known {
	readonly fallback: boolean;
}

/** Stands at the beginning of a text for the directory of the module itself (`__dirname`). */
export const moduleDirectory = '\u0000module';

/** Stands at the beginning of a text for the home directory of the user. */
export const homeDirectory = '\u0000home';

/** Names that stand for one text, told by their only declaration. */
export type Constants = ReadonlyMap<string, string>;

/** Token ranges of the arguments between the parentheses (or brackets) at `open`; the end is exclusive. */
export function argumentsAt(module: ModuleText, open: number): readonly (readonly [start: number, end: number])[] {
	const close = module.partner[open] ?? -1;
	const found: [number, number][] = [];
	let start = open + 1;
	for (let at = start; at <= close; at += 1) {
		const end = at < close ? endOf(module, at) : at;
		if (end > at) at = end;
		else if (at === close || is(module, at, ',')) {
			if (at > start) found.push([start, at]);
			start = at + 1;
		}
		if (found.length > 64) break;
	}
	return found;
}

/** `const NAME = 'text'` of a module; a name that is assigned twice stands for nothing. */
export function constantsOf(module: ModuleText): Constants {
	const constants = new Map<string, string>();
	const assigned = new Set<string>();
	for (let at = 1; at < module.tokens.length; at += 1) {
		if (!is(module, at, '=')) continue;
		const name = nameAt(module, at - 1);
		if (name === undefined || is(module, at - 2, '.')) continue;
		const text = stringAt(module, at + 1);
		const next = module.tokens[at + 2];
		const alone = next === undefined || next.line > (module.tokens[at + 1]?.line ?? 0) || next.text === ';' || next.text === ',';
		if (assigned.has(name)) constants.delete(name);
		else if (text !== undefined && alone && next?.text !== '+') constants.set(name, text);
		assigned.add(name);
	}
	return constants;
}

export interface Scope {
	readonly bindings: Bindings;
	readonly constants: Constants;
}

/** What is known of the expression in a range of tokens. */
export function knownValue(module: ModuleText, start: number, end: number, scope: Scope): Value | undefined {
	const choice = lastChoice(module, start, end);
	const from = choice === undefined ? start : choice + 1;
	const known = sum(module, from, end, scope);
	return known === undefined ? undefined : { ...known, fallback: choice !== undefined };
}

/** Index of the last `||` or `??` that is not in brackets. */
function lastChoice(module: ModuleText, start: number, end: number): number | undefined {
	let found: number | undefined;
	for (let at = start; at < end; at += 1) {
		at = endOf(module, at);
		if (at < end && (is(module, at, '||') || is(module, at, '??'))) found = at;
	}
	return found;
}

/** Texts joined with `+`. */
function sum(module: ModuleText, start: number, end: number, scope: Scope): Known | undefined {
	let text = '';
	for (let at = start; at < end; ) {
		const part = operand(module, at, end, scope);
		if (part === undefined) return at === start ? undefined : { text, whole: false };
		text += part.text;
		if (!part.whole) return { text, whole: false };
		if (part.end >= end) return { text, whole: true };
		if (!is(module, part.end, '+')) return is(module, part.end, 'as') ? { text, whole: true } : undefined;
		at = part.end + 1;
	}
	return undefined;
}

type Operand = Known & { readonly end: number };

function operand(module: ModuleText, at: number, end: number, scope: Scope): Operand | undefined {
	const literal = stringAt(module, at);
	if (literal !== undefined) return { text: literal, whole: true, end: at + 1 };
	if (module.tokens[at]?.piece === 'head') return template(module, at, scope);
	if (is(module, at, '(')) {
		const close = module.partner[at] ?? -1;
		const inner = close < 0 || close > end ? undefined : sum(module, at + 1, close, scope);
		return inner === undefined ? undefined : { ...inner, end: close + 1 };
	}
	if (is(module, at, '__dirname')) return { text: moduleDirectory, whole: true, end: at + 1 };
	if (is(module, at, 'import') && is(module, at + 2, 'meta') && is(module, at + 4, 'dirname'))
		return { text: moduleDirectory, whole: true, end: at + 5 };
	const constant = scope.constants.get(nameAt(module, at) ?? '');
	if (constant !== undefined && !is(module, at + 1, '.') && !is(module, at + 1, '(')) return { text: constant, whole: true, end: at + 1 };
	return joined(module, at, scope);
}

/** A template whose substitutions are constants, up to the first that is not. */
function template(module: ModuleText, head: number, scope: Scope): Operand {
	let text = module.tokens[head]?.text ?? '';
	for (let at = head; ; ) {
		const next = module.partner[at] ?? -1;
		const name = next === at + 2 ? (nameAt(module, at + 1) ?? '') : '';
		const constant = name === '__dirname' ? moduleDirectory : scope.constants.get(name);
		if (next < 0 || constant === undefined) return { text, whole: false, end: at + 1 };
		text += constant + (module.tokens[next]?.text ?? '');
		if (module.tokens[next]?.piece === 'tail') return { text, whole: true, end: next + 1 };
		at = next;
	}
}

/** `path.join('/etc', 'x')` and `path.resolve` of constants; `os.tmpdir()`, which is /tmp where TMPDIR is not set. */
function joined(module: ModuleText, at: number, scope: Scope): Operand | undefined {
	const found = referenceAt(module, at, scope.bindings);
	if (found?.reference.module === 'os' && found.reference.members.at(-1) === 'tmpdir' && is(module, found.end + 1, ')'))
		return { text: '/tmp', whole: true, end: found.end + 2 };
	if (found?.reference.module === 'os' && found.reference.members.at(-1) === 'homedir' && is(module, found.end + 1, ')'))
		return { text: homeDirectory, whole: true, end: found.end + 2 };
	if (found === undefined || found.reference.module !== 'path' || !is(module, found.end, '(')) return undefined;
	const method = found.reference.members.at(-1);
	if (method !== 'join' && method !== 'resolve') return undefined;
	const parts: string[] = [];
	for (const [start, end] of argumentsAt(module, found.end)) {
		const part = sum(module, start, end, scope);
		if (part?.whole !== true) return undefined;
		parts.push(part.text);
	}
	return { text: parts.join('/').replace(/\/{2,}/g, '/'), whole: true, end: (module.partner[found.end] ?? found.end) + 1 };
}
