import { access } from '../../../formats/access.ts';
import type { Redirection, Simple } from '../../../formats/shell/syntax.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { type Course, type Failure, unknownWord } from '../course.ts';
import { isBuiltin, runBuiltin } from './builtins.ts';
import type { Context } from './context.ts';
import { expandText, expandWords } from './expand.ts';
import { effectOf } from './file-commands.ts';
import { assign, doubt, ended, failed, type ShellState, type Value, withStatus } from './state.ts';
import { notStarted, said } from './voice.ts';

/** One command of POSIX 2.9.1: expansions, redirections, then the function, builtin or program of that name. */
export async function runSimple(command: Simple, state: ShellState, context: Context): Promise<readonly ShellState[]> {
	const refused = badSubstitution(command, state, context);
	if (refused !== undefined) return [refused];
	const words = await expandWords(command.words, state, context);
	let current = words.state;
	const assignments: { readonly name: string; readonly value: Value }[] = [];
	for (const { name, value } of command.assignments) {
		const text = await expandText(value, current, context);
		current = text.state;
		assignments.push({ name, value: text.value });
	}
	const redirected = await redirect(command.redirections, current, context, command.line);
	if (redirected.failure !== undefined && redirected.failure !== current.failure) return [redirected];
	current = redirected;
	if (words.fields.length === 0) {
		const substituted = [...command.words, ...command.assignments.map((a) => a.value)].some((w) =>
			w.parts.some((p) => p.kind === 'command'),
		);
		for (const { name, value } of assignments) current = assign(current, name, value);
		return [substituted ? current : withStatus(current, 0)];
	}
	const [name, ...rest] = words.fields;
	const before = current;
	const prefixed = assignments.reduce(
		(s, { name: n, value }) => ({ ...assign(s, n, value), exported: new Set([...s.exported, n]) }),
		current,
	);
	const results = await dispatch(
		name,
		rest,
		{ ...prefixed, output: isCaptured(command.redirections) ? prefixed.output : '' },
		command,
		context,
	);
	return results.map((after) => {
		const output = isCaptured(command.redirections) ? after.output : before.output;
		if (assignments.length === 0) return { ...after, output };
		return {
			...after,
			output,
			variables: restored(
				before,
				after,
				assignments.map((a) => a.name),
			),
			exported: before.exported,
		};
	});
}

/** `${name/x/y}` and `${name:1}`: dash ends the script. */
function badSubstitution({ words, assignments, line }: Simple, state: ShellState, { script }: Context): ShellState | undefined {
	if (script.dialect !== 'dash') return undefined;
	const parts = [...words, ...assignments.map(({ value }) => value)].flatMap((word) => word.parts);
	const bad = parts.find((part) => part.kind === 'opaque' && /^\$\{\w{1,60}(?:\/|:)/.test(part.text));
	if (bad === undefined) return undefined;
	const because = script.evidence(line, 'a substitution of bash');
	return ended(state, {
		kind: 'fails',
		failure: { kind: 'shell', message: said(script, line, 'Bad substitution'), missing: 'bash', places: [], because },
	});
}

/** Assignments before a command hold for it alone. */
function restored(before: ShellState, after: ShellState, names: readonly string[]): ShellState['variables'] {
	const variables = new Map(after.variables);
	for (const name of names) {
		if (before.variables.has(name)) variables.set(name, before.variables.get(name));
		else variables.delete(name);
	}
	return variables;
}

/** Whether what it prints goes where the shell's own output goes. */
const isCaptured = (redirections: readonly Redirection[]): boolean =>
	!redirections.some(({ operator, descriptor }) => operator === '&>' || (operator.startsWith('>') && (descriptor ?? 1) === 1));

async function dispatch(
	name: Value,
	rest: readonly Value[],
	state: ShellState,
	command: Simple,
	context: Context,
): Promise<readonly ShellState[]> {
	if (name === undefined) return [doubt({ ...state, effects: true }, `line ${command.line} starts a program whose name is not known`)];
	const body = state.functions.get(name);
	if (body) return context.runFunction(body, rest, state, context);
	if (name === 'exec') return execute(rest, state, command, context);
	// `command` passes functions over
	if (name === 'command' && rest[0] !== undefined && !rest[0].startsWith('-') && !isBuiltin(rest[0], context.script.dialect))
		return runProgram(rest[0], rest.slice(1), state, command, context);
	if (isBuiltin(name, context.script.dialect)) return runBuiltin(name, rest, state, { line: command.line, context });
	return runProgram(name, rest, state, command, context);
}

/** `exec`: the program takes the place of the shell. */
async function execute(words: readonly Value[], state: ShellState, command: Simple, context: Context): Promise<readonly ShellState[]> {
	let argv = words;
	if (argv[0] === '-a') argv = argv.slice(2);
	else if (argv[0] === '--' || argv[0] === '-c' || argv[0] === '-l') argv = argv.slice(1);
	if (argv.length === 0) return [withStatus(state, 0)];
	const [name] = argv;
	if (name === undefined) return [ended(state, { kind: 'unknown', why: 'the program that the script ends with is not known' })];
	const courses = await startFrom(argv, state, command, context);
	return courses.map((course) => {
		const after = joined(state, course);
		const { ending } = course;
		if (ending.kind === 'fails')
			return ended(after, { kind: 'fails', failure: inVoice(ending.failure, course, name, command, context, true) });
		return ended(after, ending);
	});
}

/** Forks, starts and waits. How it ends is not known. */
async function runProgram(
	name: string,
	rest: readonly Value[],
	state: ShellState,
	command: Simple,
	context: Context,
): Promise<readonly ShellState[]> {
	const courses = await startFrom([name, ...rest], state, command, context);
	const result: ShellState[] = [];
	for (const course of courses) {
		const after = { ...joined(state, course), effects: true };
		const { ending } = course;
		if (ending.kind === 'fails') {
			const failure = inVoice(ending.failure, course, name, command, context, false);
			result.push(failed(after, failure, failure.kind === 'permission' ? 126 : 127));
		} else if (ending.kind === 'unknown') result.push(doubt(after, ending.why));
		else if (ending.kind === 'exits' && ending.status !== undefined)
			result.push({ ...withStatus(after, ending.status), output: undefined });
		else result.push(...effectOf(name, rest, after, { line: command.line, context }));
	}
	return result;
}

async function startFrom(argv: readonly Value[], state: ShellState, command: Simple, context: Context): Promise<readonly Course[]> {
	const { script } = context;
	const env = [...state.exported].flatMap((name) => {
		const value = state.variables.get(name);
		return value === undefined ? [] : [{ name, value }];
	});
	const known = argv.map((word) => word ?? unknownWord);
	const because = script.evidence(command.line, known.join(' '));
	const { mayBeThere, mayBeThereLater } = script.place;
	const later = state.started.length > 0 ? (mayBeThereLater ?? mayBeThere) : mayBeThere;
	const lost = state.workingDir === undefined;
	const place = { ...script.place, env, workingDir: state.workingDir ?? '/', mayBeThere: (path: string) => lost || later(path) };
	return script.start(known, place, because, script.depth + 1);
}

function joined(state: ShellState, course: Course): ShellState {
	return {
		...state,
		started: [...state.started, ...course.started],
		stumbles: [...state.stumbles, ...course.stumbles],
		doubts: [...state.doubts, ...course.doubts],
		effects: state.effects || course.effects,
		...(course.last === undefined ? {} : { last: course.last }),
	};
}

/** The shell says in its own words why it could not start it; a program that was started speaks for itself. */
function inVoice(failure: Failure, course: Course, name: string, command: Simple, context: Context, exec: boolean): Failure {
	const own = course.started.length === 0 || (course.started.length === 1 && failure.kind === 'interpreter');
	if (!own || !['program', 'permission', 'interpreter'].includes(failure.kind)) return failure;
	const trouble = failure.kind === 'permission' ? 'denied' : failure.kind === 'interpreter' ? 'no-interpreter' : 'not-found';
	const { script } = context;
	return {
		...failure,
		message: notStarted(script, trouble, { line: command.line, exec, name }),
		because: script.evidence(command.line, `${exec ? 'exec ' : ''}${name}`),
	};
}

/** Writing where it is not allowed and reading what is not there stop the command. */
async function redirect(redirections: readonly Redirection[], state: ShellState, context: Context, line: number): Promise<ShellState> {
	let current = state;
	for (const { operator, target } of redirections) {
		if (operator.startsWith('<<') || operator.endsWith('&')) continue;
		const text = await expandText(target, current, context);
		current = text.state;
		if (text.value === undefined || current.workingDir === undefined) continue;
		const path = absolutePath(text.value, current.workingDir);
		if (/^\/(dev|proc|sys)(\/|$)/.test(path) || text.value === '') continue;
		current = operator === '<' ? reading(path, text.value, current, context, line) : writing(path, text.value, current, context, line);
		if (current.failure !== undefined && current.failure !== state.failure) return current;
	}
	return current;
}

function reading(path: string, name: string, state: ShellState, context: Context, line: number): ShellState {
	const { place, dialect } = context.script;
	if (state.files.has(path) || place.mayBeThere(path)) return state;
	const reached = access(place.rootfs, path, place.who, 'read').answer;
	if (reached === 'yes') return state;
	const why = reached === 'denied' ? 'Permission denied' : 'No such file or directory';
	const words = dialect === 'bash' ? `${name}: ${why}` : `cannot open ${name}: ${reached === 'denied' ? why : 'No such file'}`;
	return failed(
		state,
		{
			kind: 'permission',
			message: said(context.script, line, words),
			missing: path,
			places: [path],
			because: context.script.evidence(line, `< ${name}`),
		},
		2,
	);
}

export function writing(path: string, name: string, state: ShellState, context: Context, line: number): ShellState {
	const { place, dialect } = context.script;
	const made: ShellState = { ...state, effects: true, files: new Map(state.files).set(path, 'file') };
	const parent = path.slice(0, path.lastIndexOf('/')) || '/';
	if (state.files.has(path) || state.files.has(parent)) return made;
	const ground = place.ground?.(path);
	if (ground === 'writable') return made;
	const readOnly = ground === 'read-only';
	const there = access(place.rootfs, path, place.who, 'write');
	const reached = there.answer === 'no-entry' ? access(place.rootfs, parent, place.who, 'write').answer : there.answer;
	if (!readOnly && (reached === 'yes' || place.mayBeThere(path))) return made;
	const why = readOnly ? 'Read-only file system' : reached === 'denied' ? 'Permission denied' : undefined;
	const words =
		dialect === 'bash' ? `${name}: ${why ?? 'No such file or directory'}` : `cannot create ${name}: ${why ?? 'Directory nonexistent'}`;
	return failed(
		state,
		{
			kind: 'permission',
			message: said(context.script, line, words),
			missing: path,
			places: [path],
			because: context.script.evidence(line, `> ${name}`),
		},
		2,
	);
}
