import { is, type Line, nameAt } from './module-text.ts';

/** A part of the language that came after Python 3.9: the compiler refuses the whole module where it does not know it. */
export interface LaterSyntax {
	/** First minor version that has it. */
	readonly minor: number;
	readonly line: number;
	/** For people: `type ALIAS =`. */
	readonly name: string;
}

/** What of the later language a module is written with; of several the latest. */
export function laterSyntax(lines: readonly Line[]): LaterSyntax | undefined {
	let latest: LaterSyntax | undefined;
	for (const [at, line] of lines.entries()) {
		const found = syntaxOf(line, lines[at + 1]);
		if (found !== undefined && found[0] > (latest?.minor ?? 0))
			latest = { minor: found[0], line: line.tokens[0]?.line ?? 1, name: found[1] };
	}
	return latest;
}

function syntaxOf(line: Line, next: Line | undefined): readonly [minor: number, name: string] | undefined {
	const start = is(line, 0, 'async') ? 1 : 0;
	const named = nameAt(line, start + 1) !== undefined;
	if ((is(line, start, 'def') || is(line, start, 'class')) && named && is(line, start + 2, '['))
		return [12, `type parameters (${line.tokens[start]?.text} NAME[T])`];
	// `type` is a name of variables and functions too
	if (is(line, 0, 'type') && named && (is(line, 2, '=') || isAlias(line))) return [12, 'type ALIAS ='];
	if (is(line, 0, 'except') && is(line, 1, '*')) return [11, 'except*'];
	if (is(line, 0, 'except') && listsExceptions(line)) return [14, 'except A, B without parentheses'];
	const ends = is(line, line.tokens.length - 1, ':');
	if (is(line, 0, 'match') && ends && line.tokens.length > 2 && next !== undefined && is(next, 0, 'case')) return [10, 'match'];
	return undefined;
}

/** `type NAME[T] = …` */
function isAlias(line: Line): boolean {
	const close = is(line, 2, '[') ? (line.partner[2] ?? -1) : -1;
	return close > 0 && is(line, close + 1, '=');
}

/** A comma outside of brackets before the colon. */
function listsExceptions(line: Line): boolean {
	for (let at = 1; at < line.tokens.length && !is(line, at, ':') && !is(line, at, 'as'); at += 1) {
		const partner = line.partner[at] ?? -1;
		if (partner > at) at = partner;
		else if (is(line, at, ',')) return true;
	}
	return false;
}
