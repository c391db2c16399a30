import { type Brackets, pairBrackets } from '../../../formats/javascript/brackets.ts';
import { tokenizeJavaScript } from '../../../formats/javascript/tokenize.ts';
import type { Token } from '../../../formats/javascript/tokens.ts';

/** One module's tokens with their brackets. */
export interface ModuleText extends Brackets {
	readonly tokens: readonly Token[];
}

export function moduleText(text: string): ModuleText {
	const tokens = tokenizeJavaScript(text);
	return { tokens, ...pairBrackets(tokens) };
}

/** Whether the token at an index is this punctuator or name. */
export function is(module: ModuleText, index: number, text: string): boolean {
	const token = module.tokens[index];
	return token !== undefined && token.text === text && (token.kind === 'punctuator' || token.kind === 'name');
}

export function nameAt(module: ModuleText, index: number): string | undefined {
	const token = module.tokens[index];
	return token?.kind === 'name' ? token.text : undefined;
}

/** The string at an index: a literal, or a template without substitutions. */
export function stringAt(module: ModuleText, index: number): string | undefined {
	const token = module.tokens[index];
	return token?.kind === 'string' || token?.piece === 'whole' ? token.text : undefined;
}

/** The last token of the bracket or template that begins at an index; the index itself when none does. */
export function endOf(module: ModuleText, index: number): number {
	let at = index;
	for (let partner = module.partner[at] ?? -1; partner > at; partner = module.partner[at] ?? -1) at = partner;
	return at;
}
