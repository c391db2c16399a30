import { is, type ModuleText, nameAt } from './module-text.ts';
import type { Bindings } from './reference.ts';

/** A part of the language or a global that came after Node.js 18, by the name that the runtime gives it in its complaint. */
export interface LaterUse {
	readonly name: string;
	/** Index of the token where it begins. */
	readonly at: number;
	/** It is called or made there, rather than asked about. */
	readonly called: boolean;
}

/** Standard objects whose functions are told by their name: `Promise.withResolvers`. */
const objects = new Set(
	'Promise Array Object Map Iterator RegExp Error Math URL Intl JSON Atomics Uint8Array AbortSignal Response'.split(' '),
);
/** Constructors that are no part of older versions. */
const constructors = new Set(
	(
		'WebSocket CloseEvent CustomEvent URLPattern Float16Array DisposableStack AsyncDisposableStack SuppressedError File ErrorEvent ' +
		'QuotaExceededError'
	).split(' '),
);
/** Global objects that no program calls anything else. */
const globalObjects = new Set(['Temporal', 'Iterator', 'sessionStorage']);

/** What a module asks of the language beyond Node.js 18. A name that the module binds itself is its own. */
export function laterUses(module: ModuleText, bindings: Bindings): readonly LaterUse[] {
	const own = new Map<string, boolean>();
	const isOwn = (name: string): boolean => {
		const known = own.get(name);
		if (known !== undefined) return known;
		const declared = bindings.has(name) || declares(module, name);
		own.set(name, declared);
		return declared;
	};
	const found: LaterUse[] = [];
	for (let at = 0; at < module.tokens.length; at += 1) {
		const name = nameAt(module, at);
		if (name === undefined || is(module, at - 1, '.') || is(module, at - 1, '?.')) continue;
		const use = useAt(module, at, name);
		if (use !== undefined && !isOwn(name)) found.push(use);
	}
	return found;
}

function useAt(module: ModuleText, at: number, name: string): LaterUse | undefined {
	const member = is(module, at + 1, '.') ? nameAt(module, at + 2) : undefined;
	if (member !== undefined && objects.has(name)) return { name: `${name}.${member}`, at, called: is(module, at + 3, '(') };
	if (constructors.has(name)) return { name, at, called: is(module, at - 1, 'new') };
	if (globalObjects.has(name) && member !== undefined) return { name, at, called: true };
	if (name === 'import' && member === 'meta' && is(module, at + 3, '.'))
		return { name: `import.meta.${nameAt(module, at + 4) ?? ''}`, at, called: true };
	if (name === 'using' && nameAt(module, at + 1) !== undefined && is(module, at + 2, '=') && beginsStatement(module, at))
		return { name: 'using', at, called: true };
	return undefined;
}

/** `using` is a name of variables too: only where a statement begins it declares. */
function beginsStatement({ tokens }: ModuleText, at: number): boolean {
	const [before, here, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
	if (here?.line !== next?.line) return false;
	return before === undefined || before.line !== here?.line || /^(?:[;{}]|await)$/.test(before.text);
}

/** `class URLPattern`, `function File(`, `const WebSocket =`, a parameter or a pattern with the name. */
function declares(module: ModuleText, name: string): boolean {
	return module.tokens.some(
		({ text }, at) =>
			text === name &&
			(['class', 'function', 'const', 'let', 'var', 'as'].some((word) => is(module, at - 1, word)) ||
				((is(module, at - 1, '{') || is(module, at - 1, ',') || is(module, at - 1, '(')) &&
					(is(module, at + 1, '}') || is(module, at + 1, ',') || is(module, at + 1, ')')))),
	);
}
