import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import { matchesPattern } from '../glob.ts';

export interface Substituted {
	readonly text: string;
	/** Variables used without a value and without a default: BuildKit puts nothing there. */
	readonly unset: readonly string[];
}

/** Nesting of `${a:-${b:-…}}` that is followed. */
const maxDepth = 20;

/**
 * Replaces `$x`, `${x}`, `${x:-y}`, `${x-y}`, `${x:+y}`, `${x+y}`, `${x:?y}`, `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`,
 * `${x/p/r}` and `${x//p/r}` and takes quotes and escapes off (Dockerfile reference, "Environment replacement").
 * @throws FootingError `bad-dockerfile` for a broken substitution
 */
export function substitute(text: string, variables: ReadonlyMap<string, string>, esc = '\\', depth = 0): Substituted {
	if (depth > maxDepth) throw bad(text);
	const unset: string[] = [];
	let result = '';
	let inside = '';
	for (let i = 0; i < text.length; i++) {
		const c = text[i] as string;
		const next = text[i + 1];
		if (c === esc && inside !== "'") {
			if (next === undefined) result += c;
			else if (inside === '"' && !`"$${esc}`.includes(next)) result += c + next;
			else result += next;
			i++;
		} else if (inside === '' && (c === '"' || c === "'")) inside = c;
		else if (c === inside) inside = '';
		else if (c === '$' && inside !== "'") {
			const name = /^\w+/.exec(text.slice(i + 1, i + 257))?.[0];
			if (next === '{') {
				const end = closing(text, i + 2, esc);
				const value = braced(text.slice(i + 2, end), variables, esc, depth);
				result += value.text;
				unset.push(...value.unset);
				i = end;
			} else if (name === undefined) result += c;
			else {
				const word = /^\d/.test(name) ? (name[0] as string) : name;
				if (!variables.has(word)) unset.push(word);
				result += variables.get(word) ?? '';
				i += word.length;
			}
		} else result += c;
	}
	return { text: result, unset };
}

function closing(text: string, start: number, esc: string): number {
	let open = 1;
	for (let i = start; i < text.length; i++) {
		if (text[i] === esc) i++;
		else if (text[i] === '$' && text[i + 1] === '{') open++;
		else if (text[i] === '}' && --open === 0) return i;
	}
	throw bad(text);
}

function braced(body: string, variables: ReadonlyMap<string, string>, esc: string, depth: number): Substituted {
	const name = /^\w+/.exec(body)?.[0];
	if (name === undefined) throw bad(`\${${body}}`);
	const rest = body.slice(name.length);
	const value = variables.get(name);
	if (rest === '') return { text: value ?? '', unset: value === undefined ? [name] : [] };
	const match = /^(:?[-+?]|##?|%%?|\/\/?)/.exec(rest);
	const operator = match?.[0];
	if (operator === undefined) throw bad(`\${${body}}`);
	const word = (): Substituted => substitute(rest.slice(operator.length), variables, esc, depth + 1);
	const present = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
	switch (operator.at(-1)) {
		case '-':
			return present ? { text: value ?? '', unset: [] } : word();
		case '+':
			return present ? word() : { text: '', unset: [] };
		case '?':
			if (!present)
				throw new FootingError('bad-dockerfile', `invalid Dockerfile: ${quote(name, 60)} must be set: ${quote(word().text, 100)}`);
			return { text: value ?? '', unset: [] };
		default:
			if (value === undefined) return { text: '', unset: [name] };
			return { text: trimmed(value, operator, word().text), unset: [] };
	}
}

function trimmed(value: string, operator: string, pattern: string): string {
	if (!operator.startsWith('/')) return trimPattern(value, operator as '#' | '##' | '%' | '%%', pattern);
	const slash = pattern.indexOf('/');
	const from = slash < 0 ? pattern : pattern.slice(0, slash);
	const to = slash < 0 ? '' : pattern.slice(slash + 1);
	return replacePattern(value, from, to, operator === '//');
}

function replacePattern(value: string, from: string, to: string, all: boolean): string {
	const bounded = value.slice(0, 256);
	let result = '';
	for (let i = 0; i < bounded.length; i++) {
		let length = bounded.length - i;
		while (length > 0 && !matchesPattern(from, bounded.slice(i, i + length))) length--;
		if (length === 0) result += bounded[i];
		else if (!all) return result + to + value.slice(i + length);
		else {
			result += to;
			i += length - 1;
		}
	}
	return result + value.slice(256);
}

/** POSIX 2.6.2: removes the smallest (`#`, `%`) or largest (`##`, `%%`) prefix or suffix that matches. */
export function trimPattern(value: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
	const bounded = value.slice(0, 1024);
	if (value.length > bounded.length) return value;
	const lengths = Array.from({ length: bounded.length + 1 }, (_, n) => n);
	if (operator.length === 2) lengths.reverse();
	const prefix = operator.startsWith('#');
	const length = lengths.find((n) => matchesPattern(pattern, prefix ? bounded.slice(0, n) : bounded.slice(bounded.length - n)));
	if (length === undefined) return value;
	return prefix ? value.slice(length) : value.slice(0, value.length - length);
}

function bad(text: string): FootingError {
	return new FootingError('bad-dockerfile', `invalid Dockerfile: the substitution in ${quote(text, 80)} cannot be read`);
}
