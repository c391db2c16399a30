import type { Evidence } from '../../model/evidence.ts';
import type { Problem } from '../../model/problem.ts';
import { code, prose } from './escape.ts';

/** Names that a list shows before it says how many more there are: a comment of a pull request may hold 65,536 characters. */
const shownNames = { short: 20, verbose: 300 } as const;

export interface Column {
	readonly title: string;
	readonly align?: 'right';
}

/** Cells are Markdown already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
	const line = (cells: readonly string[]): string => `| ${cells.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`;
	return [
		line(columns.map(({ title }) => title)),
		`|${columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join('|')}|`,
		...rows.map(line),
	];
}

/** Closed until somebody opens it; `summary` is HTML. The empty lines make the body Markdown again. */
export function details(summary: string, body: readonly string[]): readonly string[] {
	return body.length === 0 ? [] : ['', `<details><summary>${summary}</summary>`, '', ...body, '', '</details>'];
}

export function names(list: readonly string[], verbose: boolean): string {
	const most = verbose ? shownNames.verbose : shownNames.short;
	const shown = list.slice(0, most).map((name) => code(name));
	const more = list.length - shown.length;
	return shown.join(' ') + (more > 0 ? ` and ${more} more` : '');
}

/** `Dockerfile:7`: what is to be seen there */
export function evidence({ path, line, shows }: Evidence): string {
	return `${code(line === undefined ? path : `${path}:${line}`)}: ${prose(shows, 200)}`;
}

/** What could not be read is never left out. */
export function problemBlock(problems: readonly Problem[], verbose: boolean): readonly string[] {
	const shown = problems.slice(0, verbose ? 300 : 20);
	const rest = problems.length - shown.length;
	return details(`Problems: ${problems.length}. What they hide is not counted as 0`, [
		...shown.map((p) => `- ${code(p.where)}: ${prose(p.message)} (${code(p.code)})`),
		...(rest > 0 ? [`- and ${rest} more`] : []),
	]);
}

/** `1 image`, `2 images` */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
