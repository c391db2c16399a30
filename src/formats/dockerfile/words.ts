/** Splits at blanks outside quotes; quotes and escapes stay in the words (BuildKit, shell lexer with raw quotes). */
export function splitWords(text: string, esc: string): readonly string[] {
	const words: string[] = [];
	let start = -1;
	let quote = '';
	for (let i = 0; i < text.length; i++) {
		const c = text[i] as string;
		const blank = quote === '' && (c === ' ' || c === '\t' || c === '\n' || c === '\r');
		if (blank && start >= 0) {
			words.push(text.slice(start, i));
			start = -1;
		}
		if (blank) continue;
		if (start < 0) start = i;
		if (c === esc && quote !== "'") i++;
		else if (quote === '' && (c === '"' || c === "'")) quote = c;
		else if (c === quote) quote = '';
	}
	if (start >= 0) words.push(text.slice(start));
	return words;
}

/** Takes quotes and escapes off one word; inside double quotes an escape counts only before `"`, `$` and itself. */
export function unquote(word: string, esc: string): string {
	let result = '';
	let quote = '';
	for (let i = 0; i < word.length; i++) {
		const c = word[i] as string;
		const next = word[i + 1];
		if (c === esc && quote !== "'" && next !== undefined && (quote === '' || `"$${esc}`.includes(next))) {
			result += next;
			i++;
		} else if (quote === '' && (c === '"' || c === "'")) quote = c;
		else if (c === quote) quote = '';
		else result += c;
	}
	return result;
}
