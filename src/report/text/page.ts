import { styleText } from 'node:util';
import { quote } from '../../model/quote.ts';
import type { ReportOptions } from '../reporter.ts';

type Style = Parameters<typeof styleText>[0];

/** What the text of a report is written with. */
export interface Page {
	readonly width: number;
	readonly verbose: boolean;
	readonly differences: boolean;
	/** Colours text that is already safe to show. */
	paint(style: Style, text: string): string;
}

export function pageOf(options: ReportOptions): Page {
	return {
		width: Math.max(60, options.width),
		verbose: options.verbose,
		differences: options.differences,
		paint: (style, text) => (options.color ? styleText(style, text, { validateStream: false }) : text),
	};
}

/** Columns of text without its colours. */
export function visibleLength(text: string): number {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colour sequences
	return [...text.replace(/\u001b\[[0-9;]*m/g, '')].length;
}

/** Safe to show and at most `max` columns; a cut keeps the telling ends of a reference or path. */
export function shorten(text: string, max: number): string {
	const safe = quote(text, 2000);
	if (safe.length <= max) return safe;
	const parts = safe.split('/');
	const last = parts.at(-1) ?? '';
	const ends = `${parts[0]}/…/${last}`;
	if (parts.length > 2 && ends.length <= max) return ends;
	if (last.length + 2 <= max) return `…/${last}`;
	return last.length <= max ? last : `…${last.slice(last.length - max + 1)}`;
}

/** Breaks at spaces; following lines are indented by `indent` columns. A word longer than the line stands alone. */
export function wrap(text: string, width: number, first: string, indent: number): readonly string[] {
	const lines: string[] = [];
	let line = first;
	let empty = true;
	for (const word of text.split(' ')) {
		if (!empty && visibleLength(line) + 1 + visibleLength(word) > width) {
			lines.push(line);
			line = ' '.repeat(indent);
			empty = true;
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	return [...lines, line];
}

/** `1.4 GB`, decimal as in registries and `docker images`. */
export function bytesText(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit += 1;
	}
	return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** As many names as fit on one line, then how many more. */
export function someOf(names: readonly string[], width: number): string {
	const safe = names.map((name) => quote(name, 60));
	let text = '';
	for (const [index, name] of safe.entries()) {
		const next = text === '' ? name : `${text}, ${name}`;
		const rest = safe.length - index - 1;
		if (next.length + (rest > 0 ? ` and ${rest} more`.length : 0) > width && text !== '') return `${text} and ${safe.length - index} more`;
		text = next;
	}
	return text;
}
