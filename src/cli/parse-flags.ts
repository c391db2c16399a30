import { parseArgs } from 'node:util';
import { FootingError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { quote } from '../model/quote.ts';
import type { Flags, GivenFlags } from './command.ts';

export interface Parsed {
	readonly args: readonly string[];
	readonly flags: GivenFlags;
}

/** @throws FootingError `bad-usage` that names the flag and the nearest one that exists */
export function parseFlags(argv: readonly string[], known: Flags): Parsed {
	const options = Object.fromEntries(
		Object.entries(known).map(([name, { type, multiple, short }]) => [
			name,
			{ type, ...(multiple === undefined ? {} : { multiple }), ...(short === undefined ? {} : { short }) },
		]),
	);
	try {
		const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
		return { args: positionals, flags: givenFlags(new Map(Object.entries(values))) };
	} catch (error) {
		throw new FootingError('bad-usage', `invalid command line: ${explain(error as Error, argv, known)}`, { cause: error });
	}
}

function explain(error: Error, argv: readonly string[], known: Flags): string {
	const unknown = argv.find((arg) => {
		const name = /^--([^=]+)/.exec(arg)?.[1];
		return name !== undefined && !Object.hasOwn(known, name);
	});
	if (unknown !== undefined && (error as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
		const near = nearest(unknown.replace(/=.*/s, '').slice(2), Object.keys(known));
		return `there is no ${quote(unknown.replace(/=.*/s, ''), 60)}${near === undefined ? '' : `; did you mean --${near}?`}`;
	}
	return quote(error.message.split('. ')[0] ?? '', 200);
}

function givenFlags(values: ReadonlyMap<string, unknown>): GivenFlags {
	return {
		text: (name) => {
			const value = values.get(name);
			return typeof value === 'string' ? value : undefined;
		},
		texts: (name) => {
			const value = values.get(name);
			return Array.isArray(value) ? value.map(String) : [];
		},
		on: (name) => values.get(name) === true,
	};
}

/** `FROM=TO`, split at the first `=`. @throws FootingError `bad-usage` */
export function pairs(flag: string, texts: readonly string[]): readonly (readonly [string, string])[] {
	return texts.map((text) => {
		const equals = text.indexOf('=');
		if (equals < 1 || equals === text.length - 1)
			throw new FootingError('bad-usage', `invalid --${flag} ${quote(text, 80)}: it has the form LEFT=RIGHT`);
		return [text.slice(0, equals), text.slice(equals + 1)];
	});
}

/** One of a fixed set of words. @throws FootingError `bad-usage` that lists them */
export function oneOf<T extends string>(flag: string, text: string | undefined, words: readonly T[]): T | undefined {
	if (text === undefined) return undefined;
	const found = words.find((word) => word === text);
	if (found === undefined) throw new FootingError('bad-usage', `invalid --${flag} ${quote(text, 60)}: it is one of ${words.join(', ')}`);
	return found;
}
