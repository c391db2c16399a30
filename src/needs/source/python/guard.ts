import type { Certainty } from '../../../model/verdict.ts';
import { is, type Line } from './module-text.ts';

export interface Guard {
	readonly certainty: Certainty;
	readonly inFunction: boolean;
	/** Under `if __name__ == '__main__'`: only when the module is the one that is started. */
	readonly asMain: boolean;
}

interface Seen {
	conditional: boolean;
	elsewhere: boolean;
	inFunction: boolean;
	asMain: boolean;
}

/** How the code around a token lets it come to it: its own line, and the lines that open the blocks around it. */
export function guardAt(lines: readonly Line[], at: number, token: number): Guard {
	const seen: Seen = { conditional: false, elsewhere: false, inFunction: false, asMain: false };
	const own = lines[at] as Line;
	if (isHeader(own) && headerEnd(own) < token) header(own, seen);
	inLine(own, token, seen);
	for (let parent = own.parent; parent >= 0; parent = lines[parent]?.parent ?? -1) header(lines[parent] as Line, seen);
	const certainty = seen.elsewhere ? 'possible' : seen.conditional ? 'likely' : 'required';
	return { certainty, inFunction: seen.inFunction, asMain: seen.asMain };
}

const headers = new Set([
	'if',
	'elif',
	'else',
	'try',
	'except',
	'finally',
	'for',
	'while',
	'with',
	'def',
	'class',
	'async',
	'match',
	'case',
]);

function isHeader(line: Line): boolean {
	return headers.has(line.tokens[0]?.text ?? '');
}

/** Index of the colon that ends a header. */
function headerEnd(line: Line): number {
	for (let i = 0; i < line.tokens.length; i += 1) {
		if (is(line, i, ':')) return i;
		if (is(line, i, 'lambda')) while (i < line.tokens.length && !is(line, i, ':')) i += 1;
		else i = Math.max(i, line.partner[i] ?? -1);
	}
	return line.tokens.length;
}

function header(line: Line, seen: Seen): void {
	const word = line.tokens[is(line, 0, 'async') ? 1 : 0]?.text;
	if (word === 'def') seen.inFunction = true;
	else if (word === 'if' || word === 'elif') condition(line, seen);
	else if (word === 'with') {
		if (line.tokens.some((token) => token.text === 'suppress')) seen.conditional = true;
	} else if (word === 'try' || word === 'except' || word === 'else' || word === 'case' || word === 'match') seen.conditional = true;
}

const otherPlatforms = /^(win32|cygwin|darwin|nt|windows|Windows|Darwin|java)$/;

function condition(line: Line, seen: Seen): void {
	const tokens = line.tokens.slice(0, headerEnd(line));
	const has = (text: string): boolean => tokens.some((token) => token.text === text);
	if (has('__name__') && has('__main__')) seen.asMain = true;
	else if (has('TYPE_CHECKING')) seen.elsewhere = true;
	else if (tokens.some((token) => token.kind === 'string' && otherPlatforms.test(token.text))) {
		if (!has('!=') && !has('not')) seen.elsewhere = true;
	} else seen.conditional = true;
}

/** `a and b`, `x if y else z` around a token in its own line. */
function inLine(line: Line, token: number, seen: Seen): void {
	for (let i = token - 1; i >= 0; i -= 1) {
		const partner = line.partner[i] ?? -1;
		if (partner >= 0 && partner < i) i = partner;
		else if (is(line, i, 'and') || is(line, i, 'or') || (is(line, i, 'else') && i > 0)) seen.conditional = true;
		else if (is(line, i, 'lambda')) seen.inFunction = true;
		else if (is(line, i, ';')) return;
	}
	let i = token + 1;
	while (is(line, i, '.') || line.tokens[i]?.kind === 'name') {
		if (is(line, i, 'if')) seen.conditional = true;
		i += 1;
	}
	const close = line.partner[i] ?? -1;
	if (close > i && is(line, close + 1, 'if')) seen.conditional = true;
}
