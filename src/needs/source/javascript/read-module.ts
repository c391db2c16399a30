import type { Certainty } from '../../../model/verdict.ts';
import { type Action, atMost, type Known } from '../fact.ts';
import { bindingsOf, importSource } from './bindings.ts';
import { guardAt } from './guard.ts';
import { laterUses } from './later-language.ts';
import { is, type ModuleText, moduleText, nameAt, stringAt } from './module-text.ts';
import { type CallMeaning, meaningOf } from './node-calls.ts';
import { isDeclaration, referenceAt } from './reference.ts';
import { argumentsAt, constantsOf, homeDirectory, knownValue, moduleDirectory, type Scope, type Value } from './values.ts';

/** A module that is loaded: with what certainty, and whether only when a function is called. */
export interface ModuleImport {
	/** As written, `node:` included. */
	readonly specifier: string;
	readonly line: number;
	readonly certainty: Certainty;
	readonly lazy: boolean;
	/** Loaded by `import`, so that the `import` condition of package.json holds. */
	readonly esm: boolean;
}

export interface ModuleAction {
	readonly action: Action;
	readonly line: number;
	readonly shows: string;
	readonly certainty: Certainty;
}

/** A file or directory that is made. */
export interface ModuleWrite {
	/** Absolute; relative to the working directory; or, behind `moduleDirectory`, relative to the module's directory. */
	readonly path: string;
	/** The system call that the runtime names when it fails. */
	readonly call: 'open' | 'mkdir';
	/** Missing directories above it are made too. */
	readonly recursive: boolean;
	readonly line: number;
	readonly shows: string;
	readonly certainty: Certainty;
}

/** What one module loads and does. */
export interface ModuleFacts {
	readonly imports: readonly ModuleImport[];
	readonly actions: readonly ModuleAction[];
	/** Absolute paths that it writes itself. */
	readonly writes: readonly string[];
	/** Every write whose place is known; see `ModuleWrite`. */
	readonly created: readonly ModuleWrite[];
	/** Members of modules that it names, `util.isArray`, only of Node's own modules; and what it uses of the later language. */
	readonly members: readonly ModuleMember[];
	/** `import … assert { type: 'json' }`: the line, of the first. */
	readonly assertion?: number;
	/** It is written with types: the line of the first. */
	readonly types?: number;
}

export interface ModuleMember {
	readonly name: string;
	readonly line: number;
	readonly certainty: Certainty;
	/** It is called or made there, rather than asked about. */
	readonly called: boolean;
}

interface Gathered {
	readonly module: ModuleText;
	readonly scope: Scope;
	readonly imports: ModuleImport[];
	readonly actions: ModuleAction[];
	readonly writes: string[];
	readonly created: ModuleWrite[];
	readonly members: ModuleMember[];
	assertion?: number;
}

const maxFacts = 10_000;

/** Reads one module of JavaScript or TypeScript. */
export function readModule(text: string): ModuleFacts {
	const module = moduleText(text);
	const scope = { bindings: bindingsOf(module), constants: constantsOf(module) };
	const gathered: Gathered = { module, scope, imports: [], actions: [], writes: [], created: [], members: [] };
	for (let at = 0; at < module.tokens.length && gathered.imports.length + gathered.actions.length < maxFacts; at += 1) {
		// `(0, x.y)(…)` begins with its parenthesis, all other references with a name
		const begins = module.tokens[at]?.kind === 'name' || (is(module, at, '(') && module.tokens[at + 1]?.text === '0');
		if (!begins || is(module, at, 'await') || is(module, at, 'new') || is(module, at - 1, '.') || is(module, at - 1, '?.')) continue;
		readImport(gathered, at);
		readCall(gathered, at);
	}
	for (const { name, at, called } of laterUses(module, scope.bindings).slice(0, maxFacts))
		gathered.members.push({ name, line: lineOf(module, at), certainty: guardAt(module, at).certainty, called });
	const { imports, actions, writes, created, members, assertion } = gathered;
	const types = typesAt(module);
	return {
		imports,
		actions,
		writes,
		created,
		members,
		...(assertion === undefined ? {} : { assertion }),
		...(types < 0 ? {} : { types: lineOf(module, types) }),
	};
}

/** Where the first annotation stands that JavaScript does not have; -1 without. Meant for files that are called TypeScript. */
function typesAt(module: ModuleText): number {
	const { tokens } = module;
	return tokens.findIndex((_, at) => {
		const word = nameAt(module, at);
		const next = nameAt(module, at + 1);
		if (word === undefined || next === undefined) return false;
		if (word === 'const' || word === 'let' || word === 'var') return is(module, at + 2, ':');
		if (word === 'interface' || word === 'enum') return is(module, at + 2, '{') || is(module, at + 2, 'extends');
		if (word === 'type') return is(module, at + 2, '=') || is(module, at + 2, '<');
		return word === 'import' && next === 'type' && !is(module, at + 2, 'from') && !is(module, at + 2, ',');
	});
}

function readImport(into: Gathered, at: number): void {
	const { module } = into;
	const name = nameAt(module, at);
	const called = is(module, at + 1, '(') ? stringAt(module, at + 2) : undefined;
	if (called !== undefined && (name === 'require' || name === '__require' || name === 'import'))
		addImport(into, at, called, name === 'import');
	else if (name === 'import' && stringAt(module, at + 1) !== undefined) addImport(into, at, stringAt(module, at + 1) ?? '', true);
	else if ((name === 'import' || name === 'export') && !is(module, at + 1, '(') && !isTypeOnly(module, at)) {
		const source = importSource(module, at);
		if (source === undefined || !is(module, source.at, 'from')) return;
		addImport(into, at, source.specifier, true);
		if (is(module, source.at + 2, 'assert') && is(module, source.at + 3, '{')) into.assertion ??= lineOf(module, source.at + 2);
	}
}

const isTypeOnly = (module: ModuleText, at: number): boolean =>
	is(module, at + 1, 'type') && !is(module, at + 2, 'from') && !is(module, at + 2, ',');

function addImport({ module, imports }: Gathered, at: number, specifier: string, esm: boolean): void {
	const guard = guardAt(module, at);
	const certainty = caught(module, (module.partner[at + 1] ?? at) + 1) ? atMost(guard.certainty, 'likely') : guard.certainty;
	imports.push({ specifier, line: lineOf(module, at), certainty, lazy: guard.inFunction, esm });
}

function lineOf(module: ModuleText, at: number): number {
	return module.tokens[at]?.line ?? 1;
}

/** A call of a function of a module. */
function readCall(into: Gathered, at: number): void {
	const { module, scope } = into;
	const found = referenceAt(module, at, scope.bindings);
	if (found === undefined) return;
	const { module: from, members } = found.reference;
	if (members.length > 0)
		into.members.push({
			name: `${from}.${members.join('.')}`,
			line: lineOf(module, at),
			certainty: guardAt(module, at).certainty,
			called: is(module, found.end, '('),
		});
	if (!is(module, found.end, '(') || isDeclaration(module, at, found.end)) return;
	const meaning = meaningOf(from, members);
	if (meaning !== undefined) readMeaning(into, at, found.end, meaning, members.at(-1) ?? from);
}

function readMeaning(into: Gathered, at: number, open: number, meaning: CallMeaning, name: string): void {
	const { module, scope } = into;
	const ranges = argumentsAt(module, open);
	const value = (range: readonly [number, number] | undefined): Value | undefined => range && knownValue(module, range[0], range[1], scope);
	const place = value(ranges[0]);
	if (meaning === 'write' || meaning === 'make-directory') {
		if (place?.whole === true && place.text.startsWith('/')) into.writes.push(place.text);
		if (place?.whole === true) addWrite(into, at, open, { meaning, name, place, more: ranges.slice(1) });
		return;
	}
	const first = place?.text.includes('\u0000') ? undefined : place;
	if (meaning === 'module') {
		readWorker(into, at, ranges[0], first);
		return;
	}
	const list = ranges[0] && meaning === 'program-list' ? listAt(into, ranges[0][0]) : undefined;
	const action = meaning === 'program-list' ? programAction(list?.[0], list?.slice(1) ?? []) : actionOf(into, meaning, first, ranges);
	if (action === undefined) return;
	const guard = guardAt(module, at);
	const sure =
		first?.fallback === true || caught(module, (module.partner[open] ?? open) + 1)
			? 'likely'
			: isAnswered(module, ranges)
				? 'possible'
				: 'required';
	into.actions.push({
		action,
		line: lineOf(module, at),
		shows: `${name}(${show(first ?? list?.[0])}${ranges.length > 1 ? ', …' : ''})`,
		certainty: isExistenceChecked(into, at, action) ? 'possible' : atMost(guard.certainty, sure),
	});
}

function show(value: Known | undefined): string {
	if (value === undefined) return '…';
	return `'${value.text.slice(0, 60)}${value.whole && value.text.length <= 60 ? '' : '…'}'`;
}

interface Writing {
	readonly meaning: 'write' | 'make-directory';
	readonly name: string;
	readonly place: Value;
	readonly more: readonly (readonly [number, number])[];
}

function addWrite({ module, created }: Gathered, at: number, open: number, { meaning, name, place, more }: Writing): void {
	const recursive = /^(ensure|output|mkdirp|mkdirs)/.test(name) || more.some(([start, end]) => mentions(module, start, end, 'recursive'));
	const guard = guardAt(module, at);
	const sure = place.fallback || caught(module, (module.partner[open] ?? open) + 1) ? 'likely' : 'required';
	created.push({
		path: place.text,
		call: meaning === 'write' ? 'open' : 'mkdir',
		recursive,
		line: lineOf(module, at),
		shows: `${name}(${show({ ...place, text: place.text.replace(moduleDirectory, '__dirname').replace(homeDirectory, '~') })}${more.length > 0 ? ', …' : ''})`,
		certainty: atMost(guard.certainty, sure),
	});
}

function mentions(module: ModuleText, start: number, end: number, name: string): boolean {
	for (let at = start; at < end; at += 1) if (is(module, at, name)) return true;
	return false;
}

/** `fork('./worker.js')`, `new Worker(new URL('./worker.js', import.meta.url))`: one more module that runs. */
function readWorker(into: Gathered, at: number, range: readonly [number, number] | undefined, first: Value | undefined): void {
	const { module } = into;
	const url =
		range !== undefined && is(module, range[0], 'new') && is(module, range[0] + 1, 'URL') ? stringAt(module, range[0] + 3) : undefined;
	const specifier = url ?? (first?.whole === true ? first.text : undefined);
	if (specifier !== undefined && /^(\.|\/)/.test(specifier)) addImport(into, at, specifier, true);
}

function actionOf(
	into: Gathered,
	meaning: CallMeaning,
	first: Value | undefined,
	ranges: readonly (readonly [number, number])[],
): Action | undefined {
	const options = optionsOf(into, ranges, first);
	if (meaning === 'read') return first?.whole === true && first.text.startsWith('/') ? { kind: 'file', path: first.text } : undefined;
	if (meaning === 'shell-command') return { kind: 'shell', shell: options.shell ?? '/bin/sh', ...(first && { command: first }) };
	if (meaning === 'command-line') {
		const words = (first?.text ?? '').split(' ');
		return first !== undefined && (first.whole || words.length > 1) ? programAction({ text: words[0] ?? '', whole: true }, []) : undefined;
	}
	if (options.shell !== undefined) {
		const listed = ranges[1] !== undefined && is(into.module, ranges[1][0], '[');
		const command = first && { text: listed ? `${first.text} ` : first.text, whole: first.whole && !listed };
		return { kind: 'shell', shell: options.shell, ...(command && { command }) };
	}
	return programAction(first, ranges[1] === undefined ? [] : (listAt(into, ranges[1][0]) ?? []));
}

function programAction(program: Known | undefined, rest: readonly (Known | undefined)[]): Action | undefined {
	if (program?.whole !== true || program.text === '' || program.text.includes('\u0000')) return undefined;
	return { kind: 'program', program: program.text, arguments: rest.map((value) => value ?? { text: '', whole: false }) };
}

/** The texts of an array literal. */
function listAt({ module, scope }: Gathered, open: number): readonly (Value | undefined)[] | undefined {
	if (!is(module, open, '[')) return undefined;
	return argumentsAt(module, open).map(([start, end]) => knownValue(module, start, end, scope));
}

/** `{ shell: true }` or `{ shell: '/bin/bash' }` among the arguments. */
function optionsOf(
	{ module, scope }: Gathered,
	ranges: readonly (readonly [number, number])[],
	first: Value | undefined,
): { readonly shell?: string } {
	const range = ranges.slice(1).find(([start]) => is(module, start, '{'));
	// options by another name are not looked up, but no program has a name with a blank
	if (range === undefined) return ranges.length > 1 && first?.text.includes(' ') ? { shell: '/bin/sh' } : {};
	for (const [start, end] of argumentsAt(module, range[0])) {
		if (!(is(module, start, 'shell') || stringAt(module, start) === 'shell') || !is(module, start + 1, ':')) continue;
		if (is(module, start + 2, 'true')) return { shell: '/bin/sh' };
		const shell = knownValue(module, start + 2, end, scope);
		return shell?.whole === true ? { shell: shell.text } : {};
	}
	return {};
}

/** The error is given to a function that does not look at it: `execFile('git', [], () => done())`. */
function isAnswered(module: ModuleText, ranges: readonly (readonly [number, number])[]): boolean {
	const [start, end] = ranges.length > 1 ? (ranges.at(-1) as readonly [number, number]) : [0, 0];
	let at = start;
	if (is(module, at, 'async')) at += 1;
	if (is(module, at, 'function')) at += 1;
	const list = is(module, at, '(');
	const behind = list ? (module.partner[at] ?? at) + 1 : at + 1;
	if (at >= end || !(is(module, behind, '=>') || is(module, behind, '{'))) return false;
	if (list && is(module, at + 1, ')')) return true;
	const parameter = nameAt(module, list ? at + 1 : at);
	if (parameter === undefined) return false;
	let uses = 0;
	for (let i = at; i < end; i += 1) if (nameAt(module, i) === parameter) uses += 1;
	return uses === 1;
}

/** `.catch(` behind a call: its failure is expected. */
function caught(module: ModuleText, after: number): boolean {
	return (
		is(module, after, '.') &&
		(is(module, after + 1, 'catch') || (is(module, after + 1, 'then') && argumentsAt(module, after + 2).length > 1))
	);
}

/** A file is asked about first: `existsSync('/etc/x') && readFileSync('/etc/x')`. */
function isExistenceChecked({ module, scope }: Gathered, at: number, action: Action): boolean {
	if (action.kind !== 'file') return false;
	for (let i = Math.max(0, at - 400); i < at; i += 1) {
		const name = nameAt(module, i);
		if (name === undefined || !/^(exists|existsSync|access|accessSync|stat|statSync|lstatSync)$/.test(name) || !is(module, i + 1, '('))
			continue;
		const range = argumentsAt(module, i + 1)[0];
		if (range !== undefined && knownValue(module, range[0], range[1], scope)?.text === action.path) return true;
	}
	return false;
}
