import type { Token } from './tokens.ts';

/** Which bracket belongs to which: indices of tokens, -1 where there is none. */
export interface Brackets {
	/** For a bracket its partner. */
	readonly partner: Int32Array;
	/** For every token the opening bracket around it. */
	readonly around: Int32Array;
}

const closers = new Map([
	[')', '('],
	[']', '['],
	['}', '{'],
]);

/** Pairs `()`, `[]`, `{}` and the substitutions of templates (whose pieces are partners). Stray brackets stay single. */
export function pairBrackets(tokens: readonly Token[]): Brackets {
	const partner = new Int32Array(tokens.length).fill(-1);
	const around = new Int32Array(tokens.length).fill(-1);
	const open: number[] = [];
	for (const [index, token] of tokens.entries()) {
		const wanted = token.kind === 'punctuator' ? closers.get(token.text) : undefined;
		const piece = token.piece === 'middle' || token.piece === 'tail';
		if (wanted !== undefined || piece) {
			const at = open.at(-1);
			const fits = at !== undefined && (piece ? tokens[at]?.kind === 'template' : tokens[at]?.text === wanted);
			if (fits) {
				open.pop();
				partner[index] = at;
				partner[at] = index;
			}
		}
		around[index] = open.at(-1) ?? -1;
		const opens = token.kind === 'punctuator' && (token.text === '(' || token.text === '[' || token.text === '{');
		if (opens || token.piece === 'head' || token.piece === 'middle') open.push(index);
	}
	return { partner, around };
}
