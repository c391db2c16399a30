type Token = { readonly kind: 'any' | 'star' } | { readonly kind: 'set'; readonly matches: (c: string) => boolean };

/**
 * Whether a shell pattern (POSIX 2.13: `*`, `?`, `[…]`, backslash) matches the whole text; `/` is a character like any
 * other. Greedy with one point to come back to: never more than pattern × text steps.
 */
export function matchesPattern(pattern: string, text: string): boolean {
	const tokens = tokensOf(pattern);
	const characters = [...text];
	let [t, c, starToken, starCharacter] = [0, 0, -1, 0];
	while (c < characters.length) {
		const token = tokens[t];
		if (token?.kind === 'star') {
			starToken = t++;
			starCharacter = c;
		} else if (token && (token.kind === 'any' || (token.kind === 'set' && token.matches(characters[c] as string)))) {
			t++;
			c++;
		} else if (starToken >= 0) {
			t = starToken + 1;
			c = ++starCharacter;
		} else return false;
	}
	while (tokens[t]?.kind === 'star') t++;
	return t === tokens.length;
}

/** The same for `/`-separated paths: wildcards stay within a component, the component `**` matches any number of them. */
export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
	let [t, c, starToken, starComponent] = [0, 0, -1, 0];
	while (c < path.length) {
		const part = pattern[t];
		if (part === '**') {
			starToken = t++;
			starComponent = c;
		} else if (part !== undefined && matchesPattern(part, path[c] as string)) {
			t++;
			c++;
		} else if (starToken >= 0) {
			t = starToken + 1;
			c = ++starComponent;
		} else return false;
	}
	while (pattern[t] === '**') t++;
	return t === pattern.length;
}

/** Whether a text has characters that a shell would expand against file names. */
export const isPattern = (text: string): boolean => /[*?[]/.test(text);

function tokensOf(pattern: string): readonly Token[] {
	const tokens: Token[] = [];
	const characters = [...pattern];
	for (let i = 0; i < characters.length; i++) {
		const c = characters[i] as string;
		if (c === '*') {
			if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
		} else if (c === '?') tokens.push({ kind: 'any' });
		else if (c === '[' && bracketEnd(characters, i) > 0) {
			const end = bracketEnd(characters, i);
			tokens.push({ kind: 'set', matches: bracket(characters.slice(i + 1, end)) });
			i = end;
		} else {
			const literal = c === '\\' && i + 1 < characters.length ? (characters[++i] as string) : c;
			tokens.push({ kind: 'set', matches: (other) => other === literal });
		}
	}
	return tokens;
}

function bracketEnd(characters: readonly string[], start: number): number {
	const negated = characters[start + 1] === '!' || characters[start + 1] === '^';
	const first = start + (negated ? 2 : 1);
	for (let i = first; i < characters.length; i++) {
		if (characters[i] === '[' && characters[i + 1] === ':') {
			const colon = characters.indexOf(':', i + 2);
			if (colon > 0 && characters[colon + 1] === ']') i = colon + 1;
		} else if (characters[i] === ']' && i > first) return i;
	}
	return -1;
}

const classes = new Map<string, RegExp>([
	['alpha', /[A-Za-z]/],
	['digit', /[0-9]/],
	['alnum', /[A-Za-z0-9]/],
	['space', /\s/],
	['upper', /[A-Z]/],
	['lower', /[a-z]/],
]);

function bracket(body: readonly string[]): (c: string) => boolean {
	const negated = body[0] === '!' || body[0] === '^';
	const inner = negated ? body.slice(1) : body;
	const named = /^\[:([a-z]+):\]$/.exec(inner.join(''));
	const known = named?.[1] === undefined ? undefined : classes.get(named[1]);
	if (known) return (c) => known.test(c) !== negated;
	const ranges: (readonly [string, string])[] = [];
	for (let i = 0; i < inner.length; i++) {
		const low = inner[i] as string;
		const high = inner[i + 1] === '-' && i + 2 < inner.length ? (inner[i + 2] as string) : low;
		if (high !== low) i += 2;
		ranges.push([low, high]);
	}
	return (c) => ranges.some(([low, high]) => low <= c && c <= high) !== negated;
}
