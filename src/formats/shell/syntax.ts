/** The tree of a shell script (POSIX.1-2024, Shell Command Language, with bash's `[[` and `function`). Lines count from 1. */
export interface Script {
	readonly commands: readonly Command[];
}

export type Command =
	| Simple
	| { readonly kind: 'pipeline'; readonly commands: readonly Command[]; readonly line: number }
	| { readonly kind: 'not'; readonly command: Command; readonly line: number }
	| { readonly kind: 'and' | 'or'; readonly left: Command; readonly right: Command; readonly line: number }
	| { readonly kind: 'background'; readonly command: Command; readonly line: number }
	| {
			readonly kind: 'if';
			readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
			readonly otherwise?: Script;
			readonly line: number;
	  }
	| { readonly kind: 'loop'; readonly until: boolean; readonly condition: Script; readonly body: Script; readonly line: number }
	| { readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: Script; readonly line: number }
	| {
			readonly kind: 'case';
			readonly word: Word;
			readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
			readonly line: number;
	  }
	| { readonly kind: 'group'; readonly subshell: boolean; readonly body: Script; readonly line: number }
	| { readonly kind: 'function'; readonly name: string; readonly body: Command; readonly line: number };

export interface Simple {
	readonly kind: 'simple';
	readonly assignments: readonly { readonly name: string; readonly value: Word }[];
	readonly words: readonly Word[];
	readonly redirections: readonly Redirection[];
	readonly line: number;
}

export interface Redirection {
	readonly operator: string;
	/** The number before the operator; absent: 0 or 1, as the operator says. */
	readonly descriptor?: number;
	readonly target: Word;
}

export interface Word {
	readonly parts: readonly Part[];
}

export type Part =
	| { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
	| { readonly kind: 'parameter'; readonly name: string; readonly operator?: string; readonly argument?: Word; readonly quoted: boolean }
	| { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
	/** Arithmetic, arrays and what else is not modelled: its value is not known. */
	| { readonly kind: 'opaque'; readonly text: string; readonly quoted: boolean };

/** The text of a word without expansions; undefined when it has any. */
export function literalOf(word: Word): string | undefined {
	return word.parts.every((part) => part.kind === 'text') ? word.parts.map((part) => (part as { text: string }).text).join('') : undefined;
}

/** Every command of a script, whatever leads to it, the substitutions in words included. */
export function* commandsIn(script: Script): Generator<Simple> {
	const pending: (Script | Command)[] = [script];
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		const inner: (Script | Command)[] = [];
		if (!('kind' in next)) inner.push(...next.commands);
		else if (next.kind === 'simple') {
			yield next;
			inner.push(...substitutions(next));
		} else inner.push(...childrenOf(next));
		pending.push(...inner.reverse());
	}
}

function childrenOf(command: Exclude<Command, Simple>): readonly (Script | Command)[] {
	switch (command.kind) {
		case 'pipeline':
			return command.commands;
		case 'not':
		case 'background':
			return [command.command];
		case 'and':
		case 'or':
			return [command.left, command.right];
		case 'if':
			return [...command.branches.flatMap((branch) => [branch.condition, branch.body]), ...(command.otherwise ? [command.otherwise] : [])];
		case 'loop':
			return [command.condition, command.body];
		case 'for':
		case 'group':
		case 'function':
			return [command.body];
		case 'case':
			return command.arms.map((arm) => arm.body);
	}
}

function substitutions(command: Simple): readonly Script[] {
	const words = [...command.assignments.map((a) => a.value), ...command.words, ...command.redirections.map((r) => r.target)];
	return words.flatMap((word) => word.parts.flatMap((part) => (part.kind === 'command' ? [part.script] : [])));
}
