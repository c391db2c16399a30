import type { Token } from '../../../formats/javascript/tokens.ts';
import { is, type ModuleText, nameAt, stringAt } from './module-text.ts';

/** A module's export: `node:fs` and `promises`, `readFile` for `require('fs').promises.readFile`. The prefix `node:` is left out. */
export interface Reference {
	readonly module: string;
	readonly members: readonly string[];
}

/** What the names of a module stand for. Scopes are not told apart: a name means what it was first bound to. */
export type Bindings = ReadonlyMap<string, Reference>;

/** Objects that every module has. */
const globals: ReadonlyMap<string, Reference> = new Map([
	['process', { module: 'process', members: [] }],
	['Bun', { module: 'bun', members: [] }],
	['Deno', { module: 'deno', members: [] }],
]);

/** Functions of compilers that hand a module through, and `promisify`, which hands a function through. */
const wrappers = new Set([
	'__importStar',
	'__importDefault',
	'__toESM',
	'_interopRequireDefault',
	'_interopRequireWildcard',
	'interopRequireDefault',
	'promisify',
	'__toCommonJS',
]);
const requires = new Set(['require', '__require', '__nccwpck_require__']);
const maxWrappers = 8;

export interface Found {
	readonly reference: Reference;
	/** Index behind the last token. */
	readonly end: number;
}

/** The reference that the expression at an index begins with: `require('x').a.b`, `name.a`, `(0, name.a)`, `promisify(name.a)`. */
export function referenceAt(module: ModuleText, index: number, bindings: Bindings, depth = 0): Found | undefined {
	if (depth > maxWrappers) return undefined;
	let at = index;
	while (is(module, at, 'await') || is(module, at, 'new')) at += 1;
	const begun = beginning(module, at, bindings, depth);
	return begun === undefined ? undefined : withMembers(module, begun);
}

function beginning(module: ModuleText, at: number, bindings: Bindings, depth: number): Found | undefined {
	if (is(module, at, '(')) return inParentheses(module, at, bindings, depth);
	const name = nameAt(module, at);
	if (name === undefined) return undefined;
	const argument = is(module, at + 1, '(') ? stringAt(module, at + 2) : undefined;
	if (argument !== undefined && (requires.has(name) || name === 'import') && (is(module, at + 3, ')') || is(module, at + 3, ',')))
		return { reference: { module: builtinName(argument), members: [] }, end: (module.partner[at + 1] ?? at + 3) + 1 };
	if (wrappers.has(name) && is(module, at + 1, '(')) return wrapped(module, at + 1, bindings, depth);
	const through = wrappedMember(module, at, bindings, depth);
	const bound = bindings.get(name) ?? globals.get(name);
	return through ?? (bound === undefined ? undefined : { reference: bound, end: at + 1 });
}

/** `(0, x.y)` of compilers, and plain parentheses. */
function inParentheses(module: ModuleText, at: number, bindings: Bindings, depth: number): Found | undefined {
	const close = module.partner[at] ?? -1;
	const start = module.tokens[at + 1]?.text === '0' && is(module, at + 2, ',') ? at + 3 : at + 1;
	const found = close < 0 ? undefined : referenceAt(module, start, bindings, depth + 1);
	return found?.end === close ? { reference: found.reference, end: close + 1 } : undefined;
}

function wrapped(module: ModuleText, open: number, bindings: Bindings, depth: number): Found | undefined {
	const close = module.partner[open] ?? -1;
	const found = close < 0 ? undefined : referenceAt(module, open + 1, bindings, depth + 1);
	return found === undefined || found.end > close ? undefined : { reference: found.reference, end: close + 1 };
}

/** `tslib_1.__importStar(require('x'))`, `util.promisify(exec)`. */
function wrappedMember(module: ModuleText, at: number, bindings: Bindings, depth: number): Found | undefined {
	const member = is(module, at + 1, '.') ? nameAt(module, at + 2) : undefined;
	return member !== undefined && wrappers.has(member) && is(module, at + 3, '(') ? wrapped(module, at + 3, bindings, depth) : undefined;
}

function withMembers(module: ModuleText, begun: Found): Found | undefined {
	const members = [...begun.reference.members];
	let at = begun.end;
	for (;;) {
		const dotted = is(module, at, '.') || is(module, at, '?.') ? nameAt(module, at + 1) : undefined;
		const indexed = is(module, at, '[') && is(module, at + 2, ']') ? stringAt(module, at + 1) : undefined;
		const member = dotted ?? indexed;
		if (member === undefined) break;
		at += dotted === undefined ? 3 : 2;
		// a module's default export and the module itself are not told apart
		if (member !== 'default') members.push(member);
		if (members.length > 16) return undefined;
	}
	return { reference: { module: begun.reference.module, members }, end: at };
}

export function builtinName(specifier: string): string {
	return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

/** Whether a call of this name is a declaration instead: `function exec(…) {`, `exec(…) {` of a class. */
export function isDeclaration(module: ModuleText, name: number, open: number): boolean {
	const before: Token | undefined = module.tokens[name - 1];
	if (before?.text === 'function' || before?.text === '*') return true;
	const close = module.partner[open] ?? -1;
	return close >= 0 && is(module, close + 1, '{') && !is(module, name - 1, '.');
}
