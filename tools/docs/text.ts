/** Puts a text between `<!-- NAME: made … -->` and `<!-- /NAME -->`; the rest of the page is written by hand. */
export function between(page: string, name: string, text: string): string {
	const start = page.indexOf(`<!-- ${name}: `);
	const end = page.indexOf(`<!-- /${name} -->`);
	if (start < 0 || end < start) throw new Error(`the page has no place for ${name}`);
	const open = page.slice(0, page.indexOf('-->', start) + 3);
	return `${open}\n\n${text}\n\n${page.slice(end)}`;
}

export function json(value: unknown): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}
