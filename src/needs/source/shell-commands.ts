import { parseShell } from '../../formats/shell/parse.ts';
import type { Command, Part, Script, Simple, Word } from '../../formats/shell/syntax.ts';
import type { Certainty } from '../../model/verdict.ts';
import { atMost, type Known } from './fact.ts';

/** One command of a script: its words as far as they are known, and whether the script comes to it in any case. */
export interface ShellCommand {
	readonly words: readonly Known[];
	readonly certainty: Certainty;
	readonly line: number;
}

const maxCommands = 5000;

/** The commands of a shell text in order; undefined when it cannot be read. */
export function shellCommands(text: string): readonly ShellCommand[] | undefined {
	let script: Script;
	try {
		script = parseShell(text);
	} catch {
		return undefined;
	}
	const into: ShellCommand[] = [];
	const functions = new Set<string>();
	for (const command of script.commands) visit(command, 'required', into, functions);
	return into.filter(({ words }) => !functions.has(words[0]?.text ?? ''));
}

function visit(command: Command, certainty: Certainty, into: ShellCommand[], functions: Set<string>): void {
	if (into.length >= maxCommands) return;
	const inner = (next: Command, at: Certainty): void => visit(next, atMost(certainty, at), into, functions);
	const all = (script: Script, at: Certainty): void => {
		for (const next of script.commands) inner(next, at);
	};
	switch (command.kind) {
		case 'simple':
			simple(command, certainty, into, functions);
			return;
		case 'pipeline':
			for (const part of command.commands) inner(part, 'required');
			return;
		case 'not':
		case 'background':
			inner(command.command, 'required');
			return;
		case 'and':
			inner(command.left, 'required');
			inner(command.right, tests(command.left) ? 'likely' : 'required');
			return;
		case 'or':
			// what has another way behind it may fail
			inner(command.left, 'likely');
			inner(command.right, 'likely');
			return;
		case 'if':
			for (const [index, branch] of command.branches.entries()) {
				all(branch.condition, index === 0 ? 'required' : 'likely');
				all(branch.body, 'likely');
			}
			if (command.otherwise) all(command.otherwise, 'likely');
			return;
		case 'loop':
			all(command.condition, 'required');
			all(command.body, 'likely');
			return;
		case 'for':
			all(command.body, 'likely');
			return;
		case 'case':
			for (const arm of command.arms) all(arm.body, 'likely');
			return;
		case 'group':
			all(command.body, 'required');
			return;
		case 'function':
			functions.add(command.name);
			inner(command.body, 'likely');
	}
}

/** `[ -f x ] && y`: y is only done when the test holds. */
function tests(command: Command): boolean {
	const name = command.kind === 'simple' && command.words[0] ? knownWord(command.words[0]).text : '';
	return command.kind === 'not' || name === '[' || name === '[[' || name === 'test' || name === 'command' || name === 'which';
}

function simple(command: Simple, certainty: Certainty, into: ShellCommand[], functions: Set<string>): void {
	for (const word of [...command.assignments.map((a) => a.value), ...command.words])
		for (const part of word.parts)
			if (part.kind === 'command') for (const next of part.script.commands) visit(next, certainty, into, functions);
	if (command.words.length > 0) into.push({ words: command.words.map(knownWord), certainty, line: command.line });
}

/** The text of a word up to its first expansion; `"$@"` and `$*` are kept as `$@`. */
function knownWord(word: Word): Known {
	let text = '';
	const parts = word.parts.filter((part) => part.kind !== 'text' || part.text !== '');
	for (const part of parts) {
		if (part.kind === 'text') text += part.text;
		else if (isArguments(part) && parts.length === 1) return { text: '$@', whole: true };
		else return { text, whole: false };
	}
	return { text, whole: true };
}

function isArguments(part: Part): boolean {
	return part.kind === 'parameter' && (part.name === '@' || part.name === '*') && part.operator === undefined;
}
