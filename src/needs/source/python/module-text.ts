import { type LogicalLine, type PythonToken, tokenizePython } from '../../../formats/python/tokenize.ts';

/** A place in a module: a logical line and a token of it. */
export interface Line {
	readonly tokens: readonly PythonToken[];
	/** For a bracket the index of its partner, else -1. */
	readonly partner: Int32Array;
	readonly parent: number;
}

/** The logical lines of one module with their brackets. */
export function moduleLines(text: string): readonly Line[] {
	return tokenizePython(text).map((line) => ({ tokens: line.tokens, partner: pair(line), parent: line.parent }));
}

const closers = new Map([
	[')', '('],
	[']', '['],
	['}', '{'],
]);

function pair({ tokens }: LogicalLine): Int32Array {
	const partner = new Int32Array(tokens.length).fill(-1);
	const open: number[] = [];
	for (const [index, token] of tokens.entries()) {
		if (token.kind !== 'operator') continue;
		const wanted = closers.get(token.text);
		if (token.text === '(' || token.text === '[' || token.text === '{') open.push(index);
		else if (wanted !== undefined && tokens[open.at(-1) ?? -1]?.text === wanted) {
			const at = open.pop() as number;
			partner[at] = index;
			partner[index] = at;
		}
	}
	return partner;
}

export function is(line: Line, index: number, text: string): boolean {
	const token = line.tokens[index];
	return token !== undefined && token.kind !== 'string' && token.text === text;
}

export function nameAt(line: Line, index: number): string | undefined {
	const token = line.tokens[index];
	return token?.kind === 'name' ? token.text : undefined;
}

/** Behind the bracket that opens at an index; the next index when none does. */
export function past(line: Line, index: number): number {
	const partner = line.partner[index] ?? -1;
	return partner > index ? partner + 1 : index + 1;
}
