import type { Heredoc } from './dockerfile.ts';
import { badDockerfile, type Line } from './lines.ts';
import { splitWords, unquote } from './words.ts';

export type HeredocHead = Omit<Heredoc, 'content'>;

const form = /^(\d*)<<(-?)([^<]+)$/;
const withHeredocs = new Set(['RUN', 'COPY', 'ADD']);

/** The `<<NAME` words of an instruction line. Only RUN, COPY and ADD (also behind ONBUILD) have them. */
export function heredocHeads(keyword: string, text: string, esc: string): readonly HeredocHead[] {
	const inner = keyword === 'ONBUILD' ? (/^\s*(\S+)/.exec(text)?.[1] ?? '').toUpperCase() : keyword;
	if (!withHeredocs.has(inner) || !text.includes('<<')) return [];
	return splitWords(text, esc).flatMap((word) => {
		const match = form.exec(word);
		const name = match?.[3] === undefined ? '' : unquote(match[3], esc);
		if (match === null || name === '') return [];
		const descriptor = match[1] === '' ? {} : { descriptor: Number.parseInt(match[1] ?? '', 10) };
		return [{ name, chomp: match[2] === '-', expand: name === match[3], ...descriptor }];
	});
}

/** Reads the bodies that follow an instruction, one after the other. @throws FootingError `bad-dockerfile` without its end */
export function readHeredocs(
	heads: readonly HeredocHead[],
	lines: readonly Line[],
	start: number,
): { readonly heredocs: readonly Heredoc[]; readonly next: number } {
	let next = start;
	const heredocs = heads.map((head) => {
		const body: string[] = [];
		for (; ; next++) {
			const line = lines[next];
			if (line === undefined) throw badDockerfile(start, `the heredoc ${head.name.slice(0, 40)} has no end`);
			const text = head.chomp ? line.text.replace(/^\t+/, '') : line.text;
			if (text === head.name) break;
			body.push(`${text}\n`);
		}
		next++;
		return { ...head, content: body.join('') };
	});
	return { heredocs, next };
}
