import { type Command, commandsIn } from '../../../formats/shell/syntax.ts';
import type { Failure } from '../course.ts';
import type { Script } from './state.ts';
import { said } from './voice.ts';

/** Syntax of bash that this shell stops at: it reads a command to its end before it runs any of it. */
export function refusedSyntax(command: Command, script: Script): Failure | undefined {
	const { dialect } = script;
	if (dialect !== 'dash' && dialect !== 'busybox') return undefined;
	for (const { assignments, line } of commandsIn({ commands: [command] })) {
		const array = assignments.some(({ value }) => value.parts.some((part) => part.kind === 'opaque' && part.text === '()'));
		if (!array) continue;
		const words = dialect === 'dash' ? 'Syntax error: "(" unexpected' : 'syntax error: unexpected "("';
		return { kind: 'shell', message: said(script, line, words), missing: 'bash', places: [], because: script.evidence(line, 'an array') };
	}
	return undefined;
}
