import type { Command } from '../../../formats/shell/syntax.ts';
import type { Evidence } from '../../../model/evidence.ts';
import { type Ending, type Failure, type Place, type Start, type Started, unknownWord } from '../course.ts';

/** A text, or undefined: there is one and it is not known. */
export type Value = string | undefined;

/** What every state of one script shares. */
export interface Script {
	/** Its path, or the option `-c`; evidence names it. */
	readonly path: string;
	readonly evidence: (line: number, shows: string) => Evidence;
	readonly dialect: Dialect;
	/** The name the shell was called by: `/bin/sh`. */
	readonly shell: string;
	readonly place: Place;
	readonly start: Start;
	readonly depth: number;
	/** Commands that may still be evaluated, over all courses. */
	readonly budget: { steps: number };
}

export type Dialect = 'dash' | 'bash' | 'busybox' | 'other';

/** A shell at one point of one course. Never changed: every step makes a new one. */
export interface ShellState {
	readonly variables: ReadonlyMap<string, Value>;
	readonly exported: ReadonlySet<string>;
	/** $1 …; `open`: there may be more, not known which. */
	readonly parameters: readonly Value[];
	readonly functions: ReadonlyMap<string, Command>;
	readonly errexit: boolean;
	readonly workingDir: Value;
	/** Of the last command; undefined: not known. */
	readonly status: number | undefined;
	/** Why the last command failed, when it could not be started. */
	readonly failure?: Failure;
	/** Printed to a standard output that somebody reads; undefined: not known. */
	readonly output: Value;
	/** Files that the script made or took away. */
	readonly files: ReadonlyMap<string, 'file' | 'directory' | 'gone' | 'unknown'>;
	readonly started: readonly Started[];
	readonly stumbles: readonly Failure[];
	/** Failures in conditions. */
	readonly complaints: readonly Failure[];
	readonly doubts: readonly string[];
	readonly effects: boolean;
	readonly ended?: Ending;
	readonly last?: readonly string[];
	readonly leaving?: 'return' | 'break' | 'continue';
	/** Calls of functions, sourced files and substitutions inside one another. */
	readonly nesting: number;
}

export function initialState(place: Place, parameters: readonly Value[]): ShellState {
	return {
		// a file that deploys it may leave a value open
		variables: new Map(place.env.map(({ name, value }) => [name, value.includes(unknownWord) ? undefined : value])),
		exported: new Set(place.env.map(({ name }) => name)),
		parameters,
		functions: new Map(),
		errexit: false,
		workingDir: place.workingDir,
		status: 0,
		output: '',
		files: new Map(),
		started: [],
		stumbles: [],
		complaints: [],
		doubts: [],
		effects: false,
		nesting: 0,
	};
}

export const done = (state: ShellState): boolean => state.ended !== undefined || state.leaving !== undefined;

export function withStatus(state: ShellState, status: number | undefined): ShellState {
	const { failure: _, ...rest } = state;
	return { ...rest, status };
}

export function assign(state: ShellState, name: string, value: Value): ShellState {
	return {
		...state,
		variables: new Map(state.variables).set(name, value),
		effects: state.effects || state.exported.has(name),
	};
}

export function ended(state: ShellState, ending: Ending): ShellState {
	return { ...state, ended: ending };
}

export function doubt(state: ShellState, why: string): ShellState {
	return { ...state, status: undefined, doubts: [...state.doubts, why] };
}

/** The command could not be started or did not do it: printed, and the status is not 0. */
export function failed(state: ShellState, failure: Failure, status: number): ShellState {
	return { ...state, status, failure };
}
