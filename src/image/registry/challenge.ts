/** One challenge of a WWW-Authenticate header (RFC 9110, 11.6.1). */
export interface Challenge {
	/** Lower case: `basic`, `bearer`. */
	readonly scheme: string;
	/** Names in lower case; the first of a name counts. */
	readonly parameters: ReadonlyMap<string, string>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const gap = /[\s,]*/y;

/**
 * Challenges in order. Reading stops at what is not of the grammar, and what was read until there counts. One pass,
 * whatever the header holds.
 */
export function parseChallenges(header: string): readonly Challenge[] {
	const found: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
	let at = 0;
	const take = (form: RegExp): RegExpExecArray | undefined => {
		form.lastIndex = at;
		const match = form.exec(header);
		if (match !== null) at = form.lastIndex;
		return match ?? undefined;
	};
	for (take(gap); at < header.length; take(gap)) {
		const name = take(token)?.[0];
		if (name === undefined) break;
		const equals = take(/[ \t]*=[ \t]*(?!=|$)/y);
		if (equals === undefined) {
			found.push({ scheme: name.toLowerCase(), parameters: new Map() });
			// a token68 after the scheme, which no registry uses
			take(/ +[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y);
			continue;
		}
		const text = take(quoted);
		const value = text === undefined ? take(token)?.[0] : (text[1] as string).replace(/\\(.)/g, '$1');
		const parameters = found.at(-1)?.parameters;
		if (value === undefined || parameters === undefined) break;
		if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
	}
	return found;
}
