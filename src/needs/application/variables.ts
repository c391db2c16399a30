import type { Instruction } from '../../formats/dockerfile/dockerfile.ts';
import { type Substituted, substitute } from '../../formats/dockerfile/substitute.ts';
import { splitWords } from '../../formats/dockerfile/words.ts';

/** Arguments that BuildKit sets for every FROM line without a declaration. Values for the platform we read: linux/amd64. */
const platformArgs: readonly (readonly [string, string])[] = ['TARGET', 'BUILD'].flatMap((side) => [
	[`${side}PLATFORM`, 'linux/amd64'] as const,
	[`${side}OS`, 'linux'] as const,
	[`${side}ARCH`, 'amd64'] as const,
	[`${side}VARIANT`, ''] as const,
]);

/** Variables as the instructions go by: ENV wins over ARG (Dockerfile reference, "ARG"). */
export interface Scope {
	readonly args: Map<string, string>;
	readonly env: Map<string, string>;
}

export interface GlobalScope {
	readonly values: ReadonlyMap<string, string>;
	readonly buildArgs: ReadonlyMap<string, string>;
}

/** ARG before the first FROM, in order, each seeing those above it. */
export function globalScope(args: readonly Instruction[], buildArgs: ReadonlyMap<string, string>, escapeCharacter: string): GlobalScope {
	const values = new Map<string, string>(platformArgs);
	for (const { text } of args)
		for (const word of splitWords(text, escapeCharacter)) {
			const { name, value } = assignment(word);
			const given = buildArgs.get(name) ?? (value === undefined ? undefined : substitute(value, values, { escape: escapeCharacter }).text);
			if (given !== undefined) values.set(name, given);
		}
	return { values, buildArgs };
}

/** `ARG a=b c`: a build argument wins, then the default here, then the global one. */
export function declareArgs(scope: Scope, text: string, global: GlobalScope, escapeCharacter: string): void {
	for (const word of splitWords(text, escapeCharacter)) {
		const { name, value } = assignment(word);
		const own = value === undefined ? undefined : replace(value, scope, escapeCharacter).text;
		scope.args.set(name, global.buildArgs.get(name) ?? own ?? global.values.get(name) ?? '');
	}
}

/** `ENV a=b c="d e"` or the old `ENV a b c`: pairs with their variables replaced by the values before this instruction. */
export function envPairs(
	text: string,
	scope: Scope,
	escapeCharacter: string,
): readonly { readonly name: string; readonly value: string }[] {
	const words = splitWords(text, escapeCharacter);
	const plain = (word: string): string => replace(word, scope, escapeCharacter).text;
	if (words[0]?.includes('=')) {
		return words.flatMap((word) => {
			const { name, value } = assignment(word);
			return value === undefined ? [] : [{ name: plain(name), value: plain(value) }];
		});
	}
	const name = words[0] ?? '';
	return [{ name: plain(name), value: plain(text.slice(text.indexOf(name) + name.length).trim()) }];
}

/** Variables of the stage put in; those of the base stay as `${NAME}`. */
export function replace(text: string, scope: Scope, escapeCharacter: string): Substituted {
	return substitute(text, new Map([...scope.args, ...scope.env]), { escape: escapeCharacter, keepUnset: true });
}

function assignment(word: string): { readonly name: string; readonly value?: string } {
	const equals = word.indexOf('=');
	return equals < 0 ? { name: word } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}
