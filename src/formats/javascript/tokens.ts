/**
 * One token of JavaScript or TypeScript source. `text` is the name, the punctuator, the value of a string or the text of
 * a template piece with escapes resolved; of numbers and regular expressions it is the source. Lines count from 1.
 */
export interface Token {
	readonly kind: 'name' | 'punctuator' | 'string' | 'template' | 'number' | 'regex';
	readonly text: string;
	readonly line: number;
	/**
	 * Pieces of a template with substitutions: `head` before the first `${`, `middle`, and `tail` after the last `}`; the tokens of
	 * the substitutions stand between them. A template without substitutions is one `whole` piece.
	 */
	readonly piece?: 'whole' | 'head' | 'middle' | 'tail';
}

/** Words after which an expression begins, so that `/` starts a regular expression. */
export const operatorWords: ReadonlySet<string> = new Set(
	'return typeof case in of delete void throw new do else instanceof yield await default extends'.split(' '),
);

/** Words before a parenthesis after which a statement begins. */
export const headWords: ReadonlySet<string> = new Set(['if', 'while', 'for', 'with']);
