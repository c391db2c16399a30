/**
 * os-release(5): `NAME=value` lines, values quoted as in a shell but without expansion. Later assignments win; lines that
 * are none are ignored, as the manual asks.
 */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const line of text.replace(/^\ufeff/, '').split('\n')) {
		const equals = line.indexOf('=');
		const name = line.slice(0, equals).trim();
		if (equals > 0 && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) values.set(name, unquote(line.slice(equals + 1).trim()));
	}
	return values;
}

function unquote(value: string): string {
	const quote = value[0];
	if (quote === "'") return value.slice(1, closing(value, value.indexOf("'", 1)));
	if (quote === '"') return withoutBackslashes(value.slice(1, closing(value, endOfDoubleQuotes(value))));
	return withoutBackslashes(value);
}

function closing(value: string, at: number): number {
	return at === -1 ? value.length : at;
}

function endOfDoubleQuotes(value: string): number {
	for (let i = 1; i < value.length; i += 1) {
		if (value[i] === '\\') i += 1;
		else if (value[i] === '"') return i;
	}
	return -1;
}

function withoutBackslashes(value: string): string {
	return value.replace(/\\(.)/g, '$1');
}
