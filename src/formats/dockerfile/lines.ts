import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { Directives, Piece } from './dockerfile.ts';

/** One physical line: `text` without its end (LF or CRLF). */
export interface Line {
	readonly text: string;
	readonly raw: string;
}

export function splitLines(text: string): readonly Line[] {
	const lines: Line[] = [];
	for (let start = 0; start < text.length; ) {
		const feed = text.indexOf('\n', start);
		const end = feed < 0 ? text.length : feed + 1;
		const raw = text.slice(start, end);
		lines.push({ raw, text: raw.replace(/\r?\n$/, '') });
		start = end;
	}
	return lines;
}

export const isComment = (text: string): boolean => /^\s*#/.test(text);
export const isBlank = (text: string): boolean => text.trim() === '';

const directive = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.*\S)\s*$/;

/** Reads the parser directives: only in the first lines, the first other line ends them. */
export function readDirectives(lines: readonly Line[]): { readonly directives: Directives; readonly pieces: readonly Piece[] } {
	const known = new Map<string, string>();
	const pieces: Piece[] = [];
	for (const [index, line] of lines.entries()) {
		const text = index === 0 ? line.text.replace(/^\ufeff/, '') : line.text;
		// a line longer than any directive is none; keeps the pattern linear
		const match = text.length > 4096 ? null : directive.exec(text);
		const name = match?.[1]?.toLowerCase();
		if (name !== 'syntax' && name !== 'escape' && name !== 'check') break;
		if (known.has(name)) throw badDockerfile(index + 1, `the directive ${name} is given twice`);
		known.set(name, match?.[2] ?? '');
		pieces.push({ kind: 'directive', line: index + 1, endLine: index + 1, raw: line.raw });
	}
	const esc = known.get('escape') ?? '\\';
	if (esc !== '\\' && esc !== '`') throw badDockerfile(1, `the escape directive must be \\ or \`, not ${quote(esc, 20)}`);
	const syntax = known.get('syntax');
	const check = known.get('check');
	return { pieces, directives: { escape: esc, ...(syntax === undefined ? {} : { syntax }), ...(check === undefined ? {} : { check }) } };
}

/** Takes a trailing escape character off; `continues` is false when the line ends the instruction. `\\` at the end is text. */
export function trimContinuation(text: string, esc: string): { readonly text: string; readonly continues: boolean } {
	let length = text.length;
	while (length > 0 && (text[length - 1] === ' ' || text[length - 1] === '\t')) length--;
	const trimmed = text.slice(0, length);
	if (!trimmed.endsWith(esc) || trimmed.at(-2) === esc) return { text, continues: false };
	return { text: trimmed.slice(0, -1), continues: true };
}

export function badDockerfile(line: number, what: string): FootingError {
	return new FootingError('bad-dockerfile', `invalid Dockerfile, line ${line}: ${what}`);
}
