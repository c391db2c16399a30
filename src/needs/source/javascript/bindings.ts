import { is, type ModuleText, nameAt, stringAt } from './module-text.ts';
import { type Bindings, builtinName, type Reference, referenceAt } from './reference.ts';

const declarations = new Set(['const', 'let', 'var', ',']);

/** What the names of a module stand for, as far as they come from modules. */
export function bindingsOf(module: ModuleText): Bindings {
	const bindings = new Map<string, Reference>();
	const bind = (name: string, reference: Reference): void => {
		if (!bindings.has(name)) bindings.set(name, reference);
	};
	for (let at = 0; at < module.tokens.length; at += 1) {
		if (module.tokens[at]?.kind !== 'name' && !is(module, at, '}')) continue;
		if (is(module, at, 'import')) importNames(module, at, bind);
		else if (is(module, at + 1, '=') || is(module, at + 1, ':')) assigned(module, at, bindings, bind);
	}
	return bindings;
}

type Bind = (name: string, reference: Reference) => void;

/** `import a, { b as c }, * as d from 'm'` and TypeScript's `import a = require('m')`. */
function importNames(module: ModuleText, at: number, bind: Bind): void {
	if (is(module, at + 1, '(') || is(module, at + 1, '.') || stringAt(module, at + 1) !== undefined) return;
	const source = importSource(module, at);
	if (source === undefined) return;
	const from = { module: builtinName(source.specifier), members: [] };
	for (let i = at + 1; i < source.at; i += 1) {
		if (is(module, i, '{')) {
			pattern(module, i, from, bind, 'as');
			i = module.partner[i] ?? source.at;
		} else if (is(module, i, '*')) {
			bind(nameAt(module, i + 2) ?? '', from);
			i += 2;
		} else if (nameAt(module, i) !== undefined && !is(module, i, 'type') && !is(module, i, 'from')) bind(nameAt(module, i) ?? '', from);
	}
}

/** The specifier behind `from` of the statement that begins at an index. */
export function importSource(module: ModuleText, at: number): { readonly specifier: string; readonly at: number } | undefined {
	for (let i = at + 1; i < at + 4000 && i < module.tokens.length; i += 1) {
		const partner = module.partner[i] ?? -1;
		if (is(module, i, '{') && partner > i) i = partner;
		else if (is(module, i, 'from') || is(module, i, 'require')) {
			const specifier = stringAt(module, i + (is(module, i, 'from') ? 1 : 2));
			if (specifier !== undefined) return { specifier, at: i };
		} else if (nameAt(module, i) === undefined && !is(module, i, ',') && !is(module, i, '*') && !is(module, i, '=')) return undefined;
	}
	return undefined;
}

/** Names in braces: `{ exec, spawn: run, fork = x }` (separator `:`) or `{ exec as run }`. */
function pattern(module: ModuleText, open: number, from: Reference, bind: Bind, separator: 'as' | ':'): void {
	const close = module.partner[open] ?? -1;
	for (let at = open + 1; at < close; at += 1) {
		if (is(module, at, 'type') && nameAt(module, at + 1) !== undefined && !is(module, at + 1, 'as')) at += 1;
		const member = nameAt(module, at) ?? stringAt(module, at);
		if (member === undefined || member === '...') continue;
		const members = member === 'default' ? from.members : [...from.members, member];
		const renamed = is(module, at + 1, separator);
		if (renamed && is(module, at + 2, '{')) {
			pattern(module, at + 2, { ...from, members }, bind, separator);
			at = module.partner[at + 2] ?? close;
			continue;
		}
		bind((renamed ? nameAt(module, at + 2) : nameAt(module, at)) ?? '', { ...from, members });
		while (at + 1 < close && !is(module, at + 1, ',')) at = Math.max(at + 1, module.partner[at + 1] ?? -1);
		at += 1;
	}
}

/** `name = EXPRESSION`, `{ names } = EXPRESSION`, with a type of TypeScript between. */
function assigned(module: ModuleText, at: number, bindings: Bindings, bind: Bind): void {
	const open = is(module, at, '}') ? (module.partner[at] ?? -1) : at;
	if (open < 0) return;
	const declared = declarations.has(module.tokens[open - 1]?.text ?? '');
	const equals = is(module, at + 1, '=') ? at + 1 : declared ? typeEnd(module, at + 1) : -1;
	if (equals < 0 || is(module, open - 1, '.')) return;
	const found = referenceAt(module, equals + 1, bindings);
	// what is called gives something else, except through the wrappers that referenceAt knows
	if (found === undefined || is(module, found.end, '(') || found.reference.module === '') return;
	if (is(module, at, '}')) pattern(module, open, found.reference, bind, ':');
	else bind(nameAt(module, at) ?? '', found.reference);
}

function typeEnd(module: ModuleText, colon: number): number {
	for (let at = colon; at < colon + 40; at += 1) {
		if (is(module, at, '=')) return at;
		if (is(module, at, ';') || is(module, at, ')') || is(module, at, '=>')) return -1;
		at = Math.max(at, module.partner[at] ?? -1);
	}
	return -1;
}
