import { refusedOption } from './busybox/refused-option.ts';

/** What `env` was asked to run. */
export type EnvCommand =
	| {
			readonly kind: 'run';
			readonly argv: readonly string[];
			readonly set: readonly { readonly name: string; readonly value: string }[];
			readonly unset: readonly string[];
			/** -i: starts with an empty environment. */
			readonly ignore: boolean;
			readonly directory?: string;
	  }
	/** This env does not know the option. */
	| { readonly kind: 'refused'; readonly message: string }
	| { readonly kind: 'unknown' };

type Variables = readonly { readonly name: string; readonly value: string }[];

/**
 * Reads the arguments of `env` (GNU coreutils manual, "env invocation"; BusyBox has -i, -u and -0 only). The kernel hands
 * everything behind `#!/usr/bin/env ` over as one argument: `-S` is how several become possible.
 */
export function envCommand(argv: readonly string[], busybox: 'musl' | 'glibc' | undefined, variables: Variables): EnvCommand {
	const pending = argv.slice(1);
	const set: { readonly name: string; readonly value: string }[] = [];
	const unset: string[] = [];
	let ignore = false;
	let directory: string | undefined;
	for (let steps = 0; pending[0]?.startsWith('-') && steps < 64; steps++) {
		const word = pending.shift() as string;
		if (word === '--') break;
		const option = /^(-[a-zA-Z0-9]|--[a-z-]+)(?:=)?([\s\S]*)$/.exec(word);
		const [name, attached] = [option?.[1] ?? word, option?.[2] ?? ''];
		const value = (): string => (attached === '' ? (pending.shift() ?? '') : attached);
		if (word === '-' || name === '-i' || name === '--ignore-environment') {
			ignore = true;
			if (attached !== '') pending.unshift(`-${attached}`);
		} else if (name === '-u' || name === '--unset') unset.push(value());
		else if (busybox !== undefined && name !== '-0')
			return { kind: 'refused', message: refusedOption('env', [word], busybox === 'musl') ?? word };
		else if (name === '-S' || name === '--split-string') {
			const words = splitString(value(), variables);
			if (words === undefined) return { kind: 'unknown' };
			pending.unshift(...words);
		} else if (name === '-v' || name === '--debug') {
			if (attached !== '') pending.unshift(`-${attached}`);
		} else if (name === '-C' || name === '--chdir') directory = value();
		else if (/^-[^-]/.test(word) && /[ \t]/.test(word))
			return { kind: 'refused', message: `env: invalid option -- '${word.match(/[ \t]/)?.[0] ?? ' '}'` };
		else return { kind: 'unknown' };
	}
	while (/^[^=]+=/.test(pending[0] ?? '')) {
		const word = pending.shift() as string;
		set.push({ name: word.slice(0, word.indexOf('=')), value: word.slice(word.indexOf('=') + 1) });
	}
	return { kind: 'run', argv: pending, set, unset, ignore, ...(directory === undefined ? {} : { directory }) };
}

/** `env -S`: blanks separate, quotes group, `${NAME}` is replaced; undefined when an escape is not one we know. */
export function splitString(text: string, variables: Variables): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let i = 0; i < text.length; i++) {
		const c = text[i] as string;
		if (c === '\\' && quote !== "'") {
			const next = text[++i] ?? '';
			if (next === 'c') break;
			if (next === '_' && quote === '') {
				if (word !== undefined) words.push(word);
				word = undefined;
				continue;
			}
			const plain = escapes.get(next);
			if (plain === undefined) return undefined;
			word = (word ?? '') + plain;
		} else if (quote === '' && (c === '"' || c === "'")) {
			quote = c;
			word ??= '';
		} else if (c === quote) quote = '';
		else if (quote === '' && /[ \t\n\v\f\r]/.test(c)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (quote === '' && c === '#' && word === undefined) break;
		else if (c === '$' && quote !== "'") {
			const name = /^\$\{(\w{1,200})\}/.exec(text.slice(i, i + 204))?.[1];
			if (name === undefined) return undefined;
			word = (word ?? '') + (variables.findLast((variable) => variable.name === name)?.value ?? '');
			i += name.length + 2;
		} else word = (word ?? '') + c;
	}
	if (quote !== '') return undefined;
	if (word !== undefined) words.push(word);
	return words;
}

const escapes = new Map([
	['\\', '\\'],
	['"', '"'],
	["'", "'"],
	['$', '$'],
	['#', '#'],
	['_', ' '],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
	['v', '\v'],
]);
