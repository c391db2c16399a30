import type { Token } from '../../../formats/javascript/tokens.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { is, type ModuleText } from './module-text.ts';

/** How the code around a place lets it come to it. */
export interface Guard {
	/** `required`: nothing around it says otherwise; `likely`: under a condition or in `try`; `possible`: for another platform. */
	readonly certainty: Certainty;
	/** Inside a function rather than at the top of the module. */
	readonly inFunction: boolean;
}

interface Seen {
	conditional: boolean;
	elsewhere: boolean;
	inFunction: boolean;
}

/** Looks outwards from a token: every bracket around it, and in each what stands before it in the same statement. */
export function guardAt(module: ModuleText, index: number): Guard {
	const seen: Seen = { conditional: false, elsewhere: false, inFunction: false };
	let at = index;
	for (let levels = 0; levels < 1000; levels += 1) {
		lookBack(module, at, seen);
		const open = module.around[at] ?? -1;
		if (open < 0) break;
		if (is(module, open, '{')) block(module, open, seen);
		at = open;
	}
	const certainty = seen.elsewhere ? 'possible' : seen.conditional ? 'likely' : 'required';
	return { certainty, inFunction: seen.inFunction };
}

/** What the braces at `open` are, told by what stands before them. */
function block(module: ModuleText, open: number, seen: Seen): void {
	const before = open - 1;
	if (is(module, before, 'try') || is(module, before, 'else') || is(module, before, 'catch')) seen.conditional = true;
	else if (is(module, before, '=>')) seen.inFunction = true;
	else if (is(module, before, ')')) head(module, module.partner[before] ?? -1, before, seen);
}

/** The parentheses from `open` to `close` stand before a block or a statement. */
function head(module: ModuleText, open: number, close: number, seen: Seen): void {
	if (open < 0) return;
	if (is(module, open - 1, 'if')) condition(module.tokens.slice(open, close), seen);
	else if (is(module, open - 1, 'switch') || is(module, open - 1, 'catch')) seen.conditional = true;
	else if (!['while', 'for', 'with', 'await'].some((word) => is(module, open - 1, word))) seen.inFunction = true;
}

const otherPlatforms = new Set(['win32', 'darwin', 'windows', 'freebsd', 'android', 'aix', 'sunos']);

/** `process.platform === 'win32'` leads elsewhere, `!==` changes nothing here; any other condition may or may not hold. */
function condition(tokens: readonly Token[], seen: Seen): void {
	const platform = tokens.some((t) => t.kind === 'string' && otherPlatforms.has(t.text));
	if (!platform) seen.conditional = true;
	else if (tokens.some((t) => t.text === '===' || t.text === '==')) seen.elsewhere = true;
}

/** Walks back through the statement or argument that the token is in. */
function lookBack(module: ModuleText, index: number, seen: Seen): void {
	const { tokens, partner, around } = module;
	const level = around[index];
	let after = index;
	for (let at = index - 1, steps = 0; at >= 0 && around[at] === level && steps < 2000; steps += 1) {
		const token = tokens[at] as Token;
		const opening = partner[at] ?? -1;
		const closes = token.kind === 'punctuator' && opening >= 0 && opening < at;
		const isHead = closes && token.text === ')' && ['if', 'while', 'for'].some((word) => is(module, opening - 1, word));
		if (!isHead && statementEnds(token, tokens[after] as Token)) return;
		if (token.kind === 'punctuator') {
			if (token.text === ';' || token.text === ',') return;
			if (token.text === '&&' || token.text === '||' || token.text === '??' || token.text === '?') {
				const guardTokens = tokens.slice(Math.max(0, at - 8), at);
				condition(guardTokens, seen);
			}
			if (token.text === '=>') seen.inFunction = true;
			if (isHead && !is(module, after, '{')) head(module, opening, at, seen);
		} else if (token.kind === 'name' && token.text === 'else') seen.conditional = true;
		if (closes && token.text === '}' && !is(module, after, '.') && !is(module, after, ')')) return;
		after = closes ? opening : at;
		at = after - 1;
	}
}

/** Automatic semicolon insertion, as far as it matters: an expression ended and the next line begins with a word. */
function statementEnds(before: Token, after: Token): boolean {
	if (before.line === after.line || after.kind === 'punctuator' || after.kind === 'template') return false;
	if (before.kind === 'punctuator') return before.text === ')' || before.text === ']' || before.text === '}';
	return before.kind !== 'name' || !['return', 'await', 'else', 'new', 'typeof', 'void', 'case', 'in', 'of', 'yield'].includes(before.text);
}
