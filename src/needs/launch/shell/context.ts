import type { Command, Script as Tree } from '../../../formats/shell/syntax.ts';
import type { Script, ShellState, Value } from './state.ts';

/** What running a part of a script needs besides the state. */
export interface Context {
	readonly script: Script;
	/** In a condition: a failure is an answer there, neither an error nor the end (POSIX `set -e`). */
	readonly guarded: boolean;
	/** `$(…)`: what it prints, and the state with what it started. */
	substitute(tree: Tree, state: ShellState): Promise<{ readonly value: Value; readonly state: ShellState }>;
	/** `.` and `eval`: a text in the same shell. */
	runText(text: string, state: ShellState, context: Context): Promise<readonly ShellState[]>;
	runFunction(body: Command, parameters: readonly Value[], state: ShellState, context: Context): Promise<readonly ShellState[]>;
}
