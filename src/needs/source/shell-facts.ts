import type { Fact, Known } from './fact.ts';
import { atMost } from './fact.ts';
import { shellCommands } from './shell-commands.ts';

/** Commands that every shell brings itself (POSIX.1-2024, "Special Built-In Utilities", and what dash, ash and bash all have). */
const builtins = new Set(
	(
		'. : [ [[ alias bg break builtin cd command continue declare echo eval exit export false fg getopts hash jobs kill let local printf ' +
		'pwd read readonly return set shift source test times trap true type typeset ulimit umask unalias unset wait'
	).split(' '),
);
/** Words before the command that is meant. */
const prefixes = new Set(['exec', 'command', 'env', 'nohup', 'time', 'nice', 'sudo', '!']);
/** Stands for what follows and is not known. */
const unknownRest = '\u0001';

/** The programs that a fact's command line starts inside its shell. */
export function insideShell(fact: Fact): readonly Fact[] {
	const command = commandOf(fact);
	if (command === undefined) return [];
	const text = command.whole ? command.text : `${command.text}${unknownRest}`;
	const commands = shellCommands(text) ?? leading(command.text);
	return commands.flatMap(({ words, certainty }) => {
		const name = words.find((word) => !prefixes.has(word.text) && !/^\w+=/.test(word.text));
		if (name === undefined || !name.whole || name.text === '' || name.text.includes(unknownRest) || builtins.has(name.text)) return [];
		const rest = words.slice(words.indexOf(name) + 1);
		const action = { kind: 'program', program: name.text, arguments: rest } as const;
		return [{ ...fact, action, inShell: true as const, certainty: atMost(fact.certainty, certainty) }];
	});
}

function commandOf({ action }: Fact): Known | undefined {
	if (action.kind === 'shell') return action.command;
	if (action.kind !== 'program' || !/(^|\/)(sh|bash|ash|dash|zsh|ksh)$/.test(action.program)) return undefined;
	return /^-[a-z]*c$/.test(action.arguments[0]?.text ?? '') ? action.arguments[1] : undefined;
}

/** The first word of a text that is no whole command. */
function leading(text: string): readonly { readonly words: readonly Known[]; readonly certainty: 'required' }[] {
	const first = /^\s*([\w./+-]+)\s/.exec(text)?.[1];
	return first === undefined ? [] : [{ words: [{ text: first, whole: true }], certainty: 'required' }];
}
