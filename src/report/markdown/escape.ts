import { quote } from '../../model/quote.ts';

/**
 * Text from outside as a code span: nothing in it is markup, a link or a mention, in a table cell neither
 * (https://github.github.com/gfm/#code-spans, #tables-extension-).
 */
export function code(text: string, max = 120): string {
	const safe = quote(text, max);
	if (safe === '') return '';
	const fence = '`'.repeat(1 + Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length)));
	const space = /^[` ]|[` ]$/.test(safe) ? ' ' : '';
	return fence + space + safe.replaceAll('|', '\\|') + space + fence;
}

/** Sentences with text from outside in them: no markup, and no mention, reference or link that nobody wrote on purpose. */
export function prose(text: string, max = 400): string {
	return quote(text, max)
		.replace(/[\\`*_[\]#|~$]|^[-+=]/g, '\\$&')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/@|#|:(?=\/\/)|\bwww\./gi, '$&&#8203;')
		.replace(/^(\d+)([.:])/, '$1\\$2');
}

/** Text from outside inside an HTML block, where Markdown is not read: `<summary>`. */
export function htmlCode(text: string, max = 120): string {
	const safe = quote(text, max).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<code>${safe}</code>`;
}

/** A fenced block that its text cannot end. Line ends stay, everything else is made safe. */
export function fenced(text: string, language: string): readonly string[] {
	const fence = '`'.repeat(Math.max(3, 1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))));
	const lines = text.replace(/\n$/, '').split('\n');
	return [
		fence + language,
		...lines.map((line) =>
			line
				.split('\t')
				.map((part) => quote(part, 1000))
				.join('\t'),
		),
		fence,
	];
}
