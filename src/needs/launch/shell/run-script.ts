import { matchesPattern } from '../../../formats/glob.ts';
import { parseShell } from '../../../formats/shell/parse.ts';
import type { Command, Script as Tree } from '../../../formats/shell/syntax.ts';
import { type Course, maxCourses } from '../course.ts';
import type { Context } from './context.ts';
import { refusedSyntax } from './dialect-syntax.ts';
import { exitOf } from './exit.ts';
import { expandText, expandWords } from './expand.ts';
import { runSimple } from './run-simple.ts';
import { assign, done, doubt, ended, initialState, type Script, type ShellState, type Value, withStatus } from './state.ts';

/** Functions, sourced files and substitutions inside one another. */
const maxNesting = 16;
/** Rounds of one loop whose condition is known. */
const maxRounds = 100;

/**
 * Follows a shell script on every way it can go: conditions whose answer is known (parameters, the image's variables, files,
 * whether a command is there) are decided, at the others both ways are followed. Programs are started through
 * `script.start`; what they print and how they end is not known, only whether they can start.
 */
export async function runScript(text: string, parameters: readonly string[], script: Script): Promise<readonly Course[]> {
	let tree: Tree;
	try {
		tree = parseShell(text);
	} catch {
		return [
			{
				started: [],
				stumbles: [],
				doubts: [],
				effects: true,
				ending: { kind: 'unknown', why: `${script.path} uses shell syntax that is not understood` },
			},
		];
	}
	const context = newContext(script);
	let states: readonly ShellState[] = [initialState(script.place, parameters)];
	for (const command of tree.commands)
		states = await each(states, async (state) => {
			const refused = refusedSyntax(command, script);
			return refused === undefined ? runCommand(command, state, context) : [ended(state, { kind: 'fails', failure: refused })];
		});
	return states.map(courseOf);
}

function newContext(script: Script): Context {
	const context: Context = {
		script,
		guarded: false,
		runText,
		runFunction,
		async substitute(tree, state) {
			const inner = await subshell((s) => runTree(tree, [{ ...s, output: '', nesting: s.nesting + 1 }], context), state);
			const only = inner.length === 1 ? inner[0] : undefined;
			const first = only ?? (inner[0] as ShellState);
			const merged = { ...first, nesting: state.nesting, output: state.output };
			return { value: only === undefined || only.ended ? undefined : only.output, state: only ? merged : withStatus(merged, undefined) };
		},
	};
	return context;
}

function courseOf(state: ShellState): Course {
	const { started, stumbles, complaints, doubts, effects, last } = state;
	const ending = state.ended ?? exitOf(state);
	const passedOver = ending.kind === 'fails' ? stumbles.filter((stumble) => stumble !== ending.failure) : stumbles;
	return { started, stumbles: passedOver, complaints, doubts, effects, ending, ...(last === undefined ? {} : { last }) };
}

/** The commands one after the other, on every course that has not ended. */
export async function runTree(tree: Tree, states: readonly ShellState[], context: Context): Promise<readonly ShellState[]> {
	let current = states;
	for (const command of tree.commands) current = await each(current, (state) => runCommand(command, state, context));
	return current;
}

async function each(
	states: readonly ShellState[],
	run: (state: ShellState) => Promise<readonly ShellState[]>,
): Promise<readonly ShellState[]> {
	const result: ShellState[] = [];
	for (const state of states) result.push(...(done(state) ? [state] : await run(state)));
	return limited(result);
}

/** Equal courses are one; of too many the rest is not known. */
function limited(states: readonly ShellState[]): readonly ShellState[] {
	const open = states.filter((state) => !done(state));
	if (states.length <= maxCourses) return states;
	const kept = states.filter(done).slice(0, maxCourses - 1);
	const first = open[0] ?? (states[0] as ShellState);
	return [...kept, ended(first, { kind: 'unknown', why: 'the script can go too many ways' })];
}

export async function runCommand(command: Command, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const { script } = context;
	if (--script.budget.steps < 0 || state.nesting > maxNesting)
		return [ended(state, { kind: 'unknown', why: 'the script does too much to be followed' })];
	switch (command.kind) {
		case 'simple':
			return exitOnError(await runSimple(command, state, context), context);
		case 'and':
		case 'or':
			return runAndOr(command, state, context);
		case 'not': {
			const states = await runCommand(command.command, state, { ...context, guarded: true });
			return states.map((s) => (done(s) ? s : withStatus(s, s.status === undefined ? undefined : s.status === 0 ? 1 : 0)));
		}
		case 'pipeline':
			return runPipeline(command.commands, state, context);
		case 'background': {
			const inner = await subshell((s) => runCommand(command.command, s, context), state);
			return inner.map((s) => withStatus({ ...s, effects: true }, 0));
		}
		case 'if':
			return runIf(command, state, context);
		case 'loop':
			return runLoop(command, state, context);
		case 'for':
			return runFor(command, state, context);
		case 'case':
			return runCase(command, state, context);
		case 'group':
			return command.subshell
				? exitOnError(await subshell((s) => runTree(command.body, [s], context), state), context)
				: runTree(command.body, [state], context);
		case 'function':
			return [withStatus({ ...state, functions: new Map(state.functions).set(command.name, command.body) }, 0)];
	}
}

/** `set -e`: a command that fails outside of conditions ends the script. */
function exitOnError(states: readonly ShellState[], { guarded }: Context): readonly ShellState[] {
	return states.map((state) => {
		if (done(state) || state.status === 0 || state.status === undefined) return state;
		if (state.errexit && !guarded) return ended(state, exitOf(state));
		if (state.failure === undefined || state.stumbles.includes(state.failure)) return state;
		if (guarded) return state.complaints.includes(state.failure) ? state : { ...state, complaints: [...state.complaints, state.failure] };
		return { ...state, stumbles: [...state.stumbles, state.failure] };
	});
}

/** Runs in a copy: variables and the directory are as before afterwards, an exit is its own. */
export async function subshell(
	run: (state: ShellState) => Promise<readonly ShellState[]>,
	state: ShellState,
): Promise<readonly ShellState[]> {
	const inner = await run(state);
	return inner.map((s) => {
		const ending = s.ended ?? { kind: 'exits' as const, status: s.status };
		const { variables, exported, parameters, functions, errexit, workingDir } = state;
		const { ended: _, leaving: __, failure: ___, ...rest } = s;
		const back = { ...rest, variables, exported, parameters, functions, errexit, workingDir };
		if (ending.kind === 'unknown') return ended(back, ending);
		if (ending.kind === 'fails') return { ...back, status: 127, failure: ending.failure };
		if (ending.kind === 'runs') return { ...back, status: 0 };
		return { ...back, status: ending.status, ...(s.failure === undefined || ending.status === 0 ? {} : { failure: s.failure }) };
	});
}

/** Both ways where the status is not known. */
function ways(state: ShellState): readonly { readonly truth: boolean; readonly state: ShellState }[] {
	if (state.status !== undefined) return [{ truth: state.status === 0, state }];
	return [
		{ truth: true, state: withStatus(state, 0) },
		{ truth: false, state: withStatus(state, 1) },
	];
}

async function runAndOr(
	{ kind, left, right }: Extract<Command, { kind: 'and' | 'or' }>,
	state: ShellState,
	context: Context,
): Promise<readonly ShellState[]> {
	const states = await runCommand(left, state, { ...context, guarded: true });
	return each(states, async (after) => {
		const result: ShellState[] = [];
		for (const way of ways(after)) {
			const goesOn = way.truth === (kind === 'and');
			result.push(...(goesOn ? await runCommand(right, way.state, context) : [way.state]));
		}
		return result;
	});
}

/** Each command in a copy of the shell; only the last one's status counts, and it is not told where input decides. */
async function runPipeline(commands: readonly Command[], state: ShellState, context: Context): Promise<readonly ShellState[]> {
	let states: readonly ShellState[] = [state];
	for (const [index, command] of commands.entries())
		states = await each(states, async (before) => {
			const inner = await subshell(
				(s) => runCommand(command, { ...s, output: '' }, { ...context, guarded: context.guarded || index < commands.length - 1 }),
				before,
			);
			return inner.map((s) => ({ ...s, output: undefined }));
		});
	return exitOnError(
		states.map((s) => (done(s) || s.failure ? s : withStatus(s, undefined))),
		context,
	);
}

async function runIf(command: Extract<Command, { kind: 'if' }>, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const result: ShellState[] = [];
	let undecided: readonly ShellState[] = [state];
	for (const { condition, body } of command.branches) {
		const tested = await each(undecided, (s) => runTree(condition, [s], { ...context, guarded: true }));
		undecided = [];
		for (const s of tested) {
			if (done(s)) result.push(s);
			else
				for (const way of ways(s)) {
					if (way.truth) result.push(...(await runTree(body, [way.state], context)));
					else undecided = [...undecided, way.state];
				}
		}
	}
	const rest = command.otherwise ? await runTree(command.otherwise, undecided, context) : undecided.map((s) => withStatus(s, 0));
	return limited([...result, ...rest]);
}

async function runCase(command: Extract<Command, { kind: 'case' }>, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const subject = await expandText(command.word, state, context);
	const result: ShellState[] = [];
	let current = subject.state;
	for (const { patterns, body } of command.arms) {
		let maybe = false;
		for (const pattern of patterns) {
			const expanded = await expandText(pattern, current, context, true);
			current = expanded.state;
			if (subject.value === undefined || expanded.value === undefined) maybe = true;
			else if (matchesPattern(expanded.value, subject.value)) return limited([...result, ...(await runTree(body, [current], context))]);
		}
		if (maybe) result.push(...(await runTree(body, [current], context)));
	}
	return limited([...result, withStatus(current, 0)]);
}

/** A loop body is left: `break` ends the loop, `continue` the round. */
function leaveRound(states: readonly ShellState[]): { readonly again: readonly ShellState[]; readonly out: readonly ShellState[] } {
	const free = (s: ShellState): ShellState => {
		const { leaving: _, ...rest } = s;
		return rest;
	};
	const over = states.filter((s) => s.ended !== undefined || s.leaving === 'return' || s.leaving === 'break');
	return {
		out: over.map((s) => (s.leaving === 'break' && s.ended === undefined ? free(s) : s)),
		again: states.filter((s) => !over.includes(s)).map(free),
	};
}

async function runLoop(command: Extract<Command, { kind: 'loop' }>, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const result: ShellState[] = [];
	let current: readonly ShellState[] = [state];
	for (let round = 0; round < maxRounds && current.length > 0; round++) {
		const tested = await each(current, (s) => runTree(command.condition, [s], { ...context, guarded: true }));
		current = [];
		for (const s of tested) {
			if (done(s)) result.push(s);
			else if (s.status === undefined) result.push(...(await onceOrNot(command.body, s, context)));
			else if ((s.status === 0) === command.until) result.push(withStatus(s, 0));
			else {
				const { again, out } = leaveRound(await runTree(command.body, [s], context));
				result.push(...out);
				current = [...current, ...again];
			}
		}
	}
	return limited([...result, ...current.map((s) => ended(s, { kind: 'unknown', why: 'a loop does not end within what is followed' }))]);
}

/** How many rounds is not known: none, or one after which what it sets is not known. */
async function onceOrNot(body: Tree, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const { again, out } = leaveRound(await runTree(body, [withStatus(state, 0)], context));
	const after = again.map((s) => {
		let blurred = s;
		for (const [name, value] of s.variables) if (state.variables.get(name) !== value) blurred = assign(blurred, name, undefined);
		return withStatus(blurred, 0);
	});
	return [withStatus(state, 0), ...out, ...after];
}

async function runFor(command: Extract<Command, { kind: 'for' }>, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const list = command.words ? await expandWords(command.words, state, context) : { state, fields: state.parameters };
	let current: readonly ShellState[] = [withStatus(list.state, 0)];
	const result: ShellState[] = [];
	for (const value of list.fields.slice(0, maxRounds)) {
		const ran: ShellState[] = [];
		for (const s of current) {
			if (value === undefined) ran.push(...(await onceOrNot(command.body, assign(s, command.name, undefined), context)));
			else ran.push(...(await runTree(command.body, [assign(s, command.name, value)], context)));
		}
		const { again, out } = leaveRound(ran);
		result.push(...out);
		current = limited(again);
	}
	if (list.fields.length > maxRounds) current = current.map((s) => doubt(s, 'a loop has too many rounds to be followed'));
	return limited([...result, ...current]);
}

/** `.`, `eval`: a text in the same shell. */
async function runText(text: string, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	let tree: Tree;
	try {
		tree = parseShell(text);
	} catch {
		return [ended(state, { kind: 'unknown', why: 'shell syntax that is not understood' })];
	}
	const states = await runTree(tree, [{ ...state, nesting: state.nesting + 1 }], context);
	return states.map((s) => back(s, state.nesting));
}

async function runFunction(
	body: Command,
	parameters: readonly Value[],
	state: ShellState,
	context: Context,
): Promise<readonly ShellState[]> {
	const states = await runCommand(body, { ...state, parameters, nesting: state.nesting + 1 }, context);
	return states.map((s) => ({ ...back(s, state.nesting), parameters: state.parameters }));
}

function back(state: ShellState, nesting: number): ShellState {
	const { leaving, ...rest } = state;
	return { ...rest, nesting, ...(leaving === undefined || leaving === 'return' ? {} : { leaving }) };
}
