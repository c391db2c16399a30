import { quote } from '../model/quote.ts';

export type CsvValue = string | number | boolean | null;

/** One line as RFC 4180 has it. What is not known is empty. */
export function csvLine(values: readonly CsvValue[]): string {
	return `${values.map(cell).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value: CsvValue): string {
	if (value === null) return '';
	if (typeof value !== 'string') return String(value);
	const safe = quote(value, 2000);
	const text = /^[\s]*[=+\-@]/.test(safe) ? `'${safe}` : safe;
	return /[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
