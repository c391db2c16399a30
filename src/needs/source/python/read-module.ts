import type { Certainty } from '../../../model/verdict.ts';
import { type Action, atMost, type Known } from '../fact.ts';
import { guardAt } from './guard.ts';
import { addedNames, removedNames } from './later-names.ts';
import { type LaterSyntax, laterSyntax } from './later-syntax.ts';
import { is, type Line, moduleLines, nameAt } from './module-text.ts';
import { dottedAt, importsOf } from './names.ts';
import { type CallMeaning, pythonCalls } from './python-calls.ts';
import { type Argument, argumentsAt, constantsOf, knownValue, type Scope, type Value } from './values.ts';

export interface PythonModuleImport {
	/** Dotted, without leading dots. */
	readonly module: string;
	readonly level: number;
	/** Taken out of the module; may be a module itself. */
	readonly name?: string;
	readonly line: number;
	readonly certainty: Certainty;
	readonly lazy: boolean;
	readonly asMain: boolean;
}

export interface PythonAction {
	readonly action: Action;
	readonly line: number;
	readonly shows: string;
	readonly certainty: Certainty;
	readonly asMain: boolean;
}

/** What one module of Python imports and does. */
export interface PythonFacts {
	readonly imports: readonly PythonModuleImport[];
	readonly actions: readonly PythonAction[];
	/** Absolute paths that it writes itself. */
	readonly writes: readonly string[];
	/** Names of the standard library that not every version has. */
	readonly changed: readonly ChangedName[];
	readonly syntax?: LaterSyntax;
}

export interface ChangedName {
	/** `typing.override` */
	readonly name: string;
	readonly line: number;
	readonly certainty: Certainty;
	readonly asMain: boolean;
	/** Taken out with `from … import`, rather than used through its module. */
	readonly imported: boolean;
}

interface Gathered {
	readonly lines: readonly Line[];
	readonly scope: Scope;
	readonly imports: PythonModuleImport[];
	readonly actions: PythonAction[];
	readonly writes: string[];
	readonly changed: ChangedName[];
	/** Paths that are asked about with os.path.exists and its like. */
	readonly asked: Set<string>;
}

const maxFacts = 10_000;

export function readPython(text: string): PythonFacts {
	const lines = moduleLines(text);
	const { imports, names } = importsOf(lines);
	const scope = { names, constants: constantsOf(lines) };
	const into: Gathered = { lines, scope, imports: [], actions: [], writes: [], changed: [], asked: new Set() };
	for (const { at, module, level, name } of imports.slice(0, maxFacts)) {
		const guard = guardAt(lines, at, 0);
		const line = lines[at]?.tokens[0]?.line ?? 1;
		const { certainty, inFunction, asMain } = guard;
		into.imports.push({ module, level, line, certainty, lazy: inFunction, asMain, ...(name === undefined ? {} : { name }) });
		const full = level === 0 && name !== undefined && isChanged(`${module}.${name}`) ? `${module}.${name}` : undefined;
		if (full === undefined) continue;
		// where it is not there another one is taken
		const other = imports.some((one) => one.name === name && one.module !== module);
		const sure = atMost(certainty, inFunction ? 'likely' : 'required');
		into.changed.push({ name: full, line, certainty: other ? 'possible' : sure, asMain, imported: true });
	}
	for (const [at, line] of lines.entries())
		for (let i = 0; i < line.tokens.length && into.actions.length < maxFacts; i += 1)
			if (nameAt(line, i) !== undefined) readCall(into, at, i);
	const syntax = laterSyntax(lines);
	return {
		imports: into.imports,
		actions: into.actions.map((found) => (isAsked(into, found.action) ? { ...found, certainty: 'possible' } : found)),
		writes: into.writes,
		changed: into.changed,
		...(syntax === undefined ? {} : { syntax }),
	};
}

const isChanged = (name: string): boolean => addedNames.has(name) || removedNames.has(name);

function isAsked({ asked }: Gathered, action: Action): boolean {
	return action.kind === 'file' && asked.has(action.path);
}

const questions = /^os\.(path\.(exists|isfile|isdir|lexists)|access|stat)$/;
/** `Path('/x').read_text()` */
const pathMethods = new Set(['read_text', 'read_bytes', 'open', 'iterdir', 'readlink']);

function readCall(into: Gathered, at: number, start: number): void {
	const line = into.lines[at] as Line;
	const found = dottedAt(line, start, into.scope.names);
	if (found !== undefined) readChanged(into, at, start, found.name);
	if (found === undefined || !is(line, found.end, '(') || is(line, start - 1, 'def')) return;
	const args = argumentsAt(line, found.end);
	const first = valueOfArgument(into, line, args[0]);
	if (questions.test(found.name) && first?.whole === true) into.asked.add(first.text);
	if (found.name === 'pathlib.Path') readPath(into, at, start, found.end, first);
	const meaning = pythonCalls.get(found.name);
	if (meaning === undefined) return;
	const action = actionOf(into, line, meaning, args);
	if (action === undefined) return;
	const shown = show(action.kind === 'program' ? { text: action.program, whole: true } : first);
	add(into, at, start, action, first, `${found.name}(${shown}${args.length > 1 ? ', …' : ''})`, ceiling(meaning, first));
}

/** A use through the module: `itertools.batched(…)`. What stands in the line of an import was told by it. */
function readChanged(into: Gathered, at: number, start: number, full: string): void {
	const line = into.lines[at] as Line;
	if (is(line, 0, 'from') || is(line, 0, 'import') || into.changed.length >= maxFacts) return;
	const name = isChanged(full) ? full : full.slice(0, full.lastIndexOf('.'));
	if (!isChanged(name) || nameAt(line, start) === name.slice(name.lastIndexOf('.') + 1)) return;
	const guard = guardAt(into.lines, at, start);
	into.changed.push({ name, line: line.tokens[start]?.line ?? 1, certainty: guard.certainty, asMain: guard.asMain, imported: false });
}

/** A connection may never be made; only a literal address is certain. */
function ceiling(meaning: CallMeaning, first: Value | undefined): Certainty {
	if (meaning === 'https') return first?.text.startsWith('https:') === true ? 'required' : 'likely';
	return meaning === 'tls' ? 'likely' : 'required';
}

function readPath(into: Gathered, at: number, start: number, open: number, first: Value | undefined): void {
	const line = into.lines[at] as Line;
	const close = line.partner[open] ?? -1;
	const method = is(line, close + 1, '.') ? nameAt(line, close + 2) : undefined;
	if (close < 0 || method === undefined || first?.whole !== true) return;
	if (/^(write_text|write_bytes|mkdir|touch)$/.test(method)) {
		const above = argumentsAt(line, close + 3).some(({ keyword, start: value }) => keyword === 'parents' && is(line, value, 'True'));
		const action = made(into, first, method === 'mkdir' ? 'mkdir' : 'open', above);
		if (action !== undefined) add(into, at, start, action, first, `Path(${show(first)}).${method}()`);
		return;
	}
	if (!first.text.startsWith('/')) return;
	if (method === 'exists' || method === 'is_file' || method === 'is_dir') into.asked.add(first.text);
	else if (pathMethods.has(method)) add(into, at, start, { kind: 'file', path: first.text }, first, `Path(${show(first)}).${method}()`);
}

function add(
	into: Gathered,
	at: number,
	start: number,
	action: Action,
	first: Value | undefined,
	shows: string,
	most: Certainty = 'required',
): void {
	const guard = guardAt(into.lines, at, start);
	const certainty = atMost(guard.certainty, first?.fallback === true ? 'likely' : most);
	into.actions.push({ action, line: into.lines[at]?.tokens[start]?.line ?? 1, shows, certainty, asMain: guard.asMain });
}

function show(value: Known | undefined): string {
	if (value === undefined) return '…';
	return `'${value.text.slice(0, 60)}${value.whole && value.text.length <= 60 ? '' : '…'}'`;
}

function valueOfArgument({ scope }: Gathered, line: Line, argument: Argument | undefined): Value | undefined {
	return argument && knownValue(line, argument.start, argument.end, scope);
}

function actionOf(into: Gathered, line: Line, meaning: CallMeaning, args: readonly Argument[]): Action | undefined {
	const positional = args.filter((argument) => argument.keyword === undefined);
	const value = (argument: Argument | undefined): Value | undefined => valueOfArgument(into, line, argument);
	const keyword = (name: string): Argument | undefined => args.find((argument) => argument.keyword === name);
	const first = value(positional[0] ?? keyword('args') ?? keyword('file'));
	switch (meaning) {
		case 'shell-command':
			return { kind: 'shell', shell: '/bin/sh', ...(first && { command: first }) };
		case 'subprocess':
			return subprocess(into, line, positional[0] ?? keyword('args'), keyword('shell'), value(keyword('executable')));
		case 'program':
			return program(first, positional.slice(1).map(value));
		case 'program-second':
			return program(value(positional[1]), positional.slice(2).map(value));
		case 'open':
			return opened(into, first, value(positional[1] ?? keyword('mode')));
		case 'mkdir':
		case 'makedirs':
			return made(into, first, 'mkdir', meaning === 'makedirs');
		case 'read':
			return first?.whole === true && first.text.startsWith('/') ? { kind: 'file', path: first.text } : undefined;
		case 'https':
			return first !== undefined && first.text !== '' && !first.text.startsWith('https:') ? undefined : { kind: 'roots' };
		case 'tls':
			return ['cafile', 'capath', 'cadata', 'ca_certs', 'context', 'ssl'].some((name) => keyword(name) !== undefined)
				? undefined
				: { kind: 'roots' };
		case 'zone':
			return first?.whole === true ? { kind: 'zone', zone: first.text } : undefined;
		case 'account':
			return { kind: 'account', unless: ['LOGNAME', 'USER', 'LNAME', 'USERNAME'], message: 'getpwuid(): uid not found' };
		case 'account-of': {
			const [argument] = positional;
			const asked = argument && dottedAt(line, argument.start, into.scope.names)?.name;
			return /^os\.gete?uid$/.test(asked ?? '') ? { kind: 'account', unless: [], message: 'getpwuid(): uid not found' } : undefined;
		}
		case 'locale': {
			const named = value(positional[1] ?? keyword('locale'));
			return named?.whole === true && named.text !== '' ? { kind: 'locale', locale: named.text } : undefined;
		}
		case 'import':
			if (first?.whole === true && /^[\w.]+$/.test(first.text))
				into.imports.push({
					module: first.text,
					level: 0,
					line: line.tokens[0]?.line ?? 1,
					certainty: 'likely',
					lazy: true,
					asMain: false,
				});
			return undefined;
	}
}

function program(name: Known | undefined, rest: readonly (Known | undefined)[]): Action | undefined {
	if (name?.whole !== true || name.text === '') return undefined;
	return { kind: 'program', program: name.text, arguments: rest.map((value) => value ?? { text: '', whole: false }) };
}

/** `run(['git', 'log'])`, `run('git log', shell=True)`, `run(shlex.split('git log'))`. */
function subprocess(
	into: Gathered,
	line: Line,
	args: Argument | undefined,
	shell: Argument | undefined,
	executable: Value | undefined,
): Action | undefined {
	if (args === undefined) return undefined;
	const inShell = shell !== undefined && is(line, shell.start, 'True');
	const listed = is(line, args.start, '[') || is(line, args.start, '(');
	const values = listed ? argumentsAt(line, args.start).map((argument) => valueOfArgument(into, line, argument)) : [];
	const whole = listed ? values[0] : valueOfArgument(into, line, args);
	if (inShell) {
		const path = executable?.whole === true ? executable.text : '/bin/sh';
		return { kind: 'shell', shell: path, ...(whole && { command: { text: whole.text, whole: whole.whole } }) };
	}
	// whether it is a shell is not known
	if (shell !== undefined && !is(line, shell.start, 'False')) return undefined;
	if (executable?.whole === true) return program(executable, []);
	if (listed) return program(whole, values.slice(1));
	const split = dottedAt(line, args.start, into.scope.names);
	if (split?.name === 'shlex.split' && is(line, split.end, '(')) {
		const text = valueOfArgument(into, line, argumentsAt(line, split.end)[0]);
		const word = /^\s*([\w./+-]+)(\s|$)/.exec(text?.text ?? '');
		return word === null || (word[2] === '' && text?.whole !== true) ? undefined : program({ text: word[1] ?? '', whole: true }, []);
	}
	return program(whole, []);
}

function opened(into: Gathered, path: Value | undefined, mode: Value | undefined): Action | undefined {
	if (path?.whole !== true) return undefined;
	if (mode !== undefined && /^[^r]*[wax]/.test(mode.text)) return made(into, path, 'open', false);
	return path.text.startsWith('/') ? { kind: 'file', path: path.text } : undefined;
}

function made({ writes }: Gathered, path: Value | undefined, call: 'open' | 'mkdir', above: boolean): Action | undefined {
	if (path?.whole !== true || path.text === '') return undefined;
	if (path.text.startsWith('/')) writes.push(path.text);
	return { kind: 'make', path: path.text, call, above };
}
