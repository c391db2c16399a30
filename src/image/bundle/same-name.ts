import { nameText, parseName } from '../reference.ts';

/** Whether two ways of writing a name mean the same image: equal, or equal once normalised (`node:20`, `docker.io/library/node:20`). */
export function sameName(known: string, asked: string): boolean {
	if (known === asked) return true;
	const full = normal(known);
	return full !== undefined && full === normal(asked);
}

function normal(name: string): string | undefined {
	// a tag alone is only equal to itself: `latest` is not the image docker.io/library/latest
	if (!/[:/@]/.test(name)) return undefined;
	try {
		return nameText(parseName(name));
	} catch {
		return undefined;
	}
}
