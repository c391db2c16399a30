import type { Certainty } from '../../model/verdict.ts';
import { atMost } from '../source/fact.ts';
import type { Source } from '../source/read-source.ts';

/** An interface of Node.js, or a part of its language, that the application uses and that not every version has. */
export interface InterfaceUse {
	readonly name: string;
	readonly path: string;
	readonly line: number;
	readonly certainty: Certainty;
	/** First version with it. */
	readonly since?: string;
	/** First version without it. */
	readonly removed?: string;
	/** What the runtime says without it. */
	readonly message: string;
}

const from = (version: string, names: string): readonly (readonly [string, string])[] =>
	names.split(' ').map((name) => [name, version] as const);

/** Node.js documentation, "Deprecated APIs", entries of the type End-of-Life: the version that took the function away. */
const removed: ReadonlyMap<string, string> = new Map([
	...from('22.0.0', 'crypto.createCipher crypto.createDecipher'),
	...from('23.0.0', 'util.isBoolean util.isBuffer util.isDate util.isError util.isFunction util.isNull util.isNullOrUndefined'),
	...from('23.0.0', 'util.isNumber util.isObject util.isPrimitive util.isRegExp util.isString util.isSymbol util.isUndefined util.log'),
	...from('23.0.0', 'process.assert'),
	...from('24.0.0', 'tls.createSecurePair timers.enroll timers.unenroll timers.active'),
	...from('25.0.0', 'buffer.SlowBuffer assert.CallTracker'),
]);

/** Node.js documentation, "Added in", of functions that nobody expects to be missing. */
const added: ReadonlyMap<string, string> = new Map([
	...from('18.3.0', 'util.parseArgs'),
	...from('18.19.0', 'module.register'),
	...from('19.8.0', 'fs.openAsBlob'),
	...from('20.12.0', 'util.styleText util.parseEnv process.loadEnvFile crypto.hash'),
	...from('20.16.0', 'process.getBuiltinModule'),
	...from('20.17.0', 'path.matchesGlob'),
	...from('22.0.0', 'fs.glob fs.globSync fs.promises.glob fs/promises.glob'),
	...from('22.8.0', 'module.enableCompileCache'),
	...from('22.14.0', 'module.findPackageJSON'),
	...from('22.15.0', 'zlib.createZstdCompress zlib.createZstdDecompress zlib.zstdCompress zlib.zstdCompressSync zlib.zstdDecompress'),
	...from('22.15.0', 'zlib.zstdDecompressSync module.registerHooks process.execve tls.getCACertificates'),
	...from('24.5.0', 'tls.setDefaultCACertificates'),
	...from('24.7.0', 'crypto.argon2 crypto.argon2Sync crypto.encapsulate crypto.decapsulate'),
	// the language, as V8 of that version has it
	...from('20.0.0', 'URL.canParse'),
	...from('21.0.0', 'Object.groupBy Map.groupBy'),
	...from('22.0.0', 'Promise.withResolvers Array.fromAsync JSON.rawJSON Iterator.from'),
	...from('22.1.0', 'URL.parse'),
	...from('23.0.0', 'Intl.DurationFormat Promise.try'),
	...from('24.0.0', 'RegExp.escape Error.isError Math.f16round Atomics.pause'),
	...from('25.0.0', 'Uint8Array.fromBase64 Uint8Array.fromHex'),
	...from('26.0.0', 'Iterator.concat'),
]);

/** Globals: without them the name itself is unknown. */
const globals: ReadonlyMap<string, string> = new Map([
	...from('19.0.0', 'CustomEvent'),
	...from('20.0.0', 'File'),
	...from('22.0.0', 'WebSocket Iterator'),
	...from('23.0.0', 'CloseEvent'),
	...from('24.0.0', 'URLPattern Float16Array DisposableStack AsyncDisposableStack SuppressedError'),
	...from('25.0.0', 'ErrorEvent sessionStorage'),
	...from('26.0.0', 'Temporal QuotaExceededError'),
]);

/** Without them the value is undefined, and what that leads to depends on the code. */
const values: ReadonlyMap<string, string> = new Map([
	...from('20.11.0', 'import.meta.dirname import.meta.filename'),
	...from('24.2.0', 'import.meta.main'),
]);

/** Uses in the application's own code, each name once. */
export function changedInterfaces(source: Source): readonly InterfaceUse[] {
	const found = new Map<string, InterfaceUse>();
	for (const { name, called, certainty, ...place } of ownMembers(source)) {
		const change = changeOf(name);
		if (change === undefined) continue;
		const sure = atMost(certainty, called && !values.has(name) && !isFilled(source) ? 'required' : 'likely');
		const known = found.get(name);
		// asked about anywhere, it is not sure that it is called where it is missing
		if (known === undefined) found.set(name, { ...place, name, certainty: sure, ...change });
		else found.set(name, { ...known, certainty: atMost(known.certainty, sure) });
	}
	return [...found.values(), ...assertions(source)];
}

type Change = Pick<InterfaceUse, 'since' | 'removed' | 'message'>;

function changeOf(name: string): Change | undefined {
	const [since, gone, whole, value] = [added.get(name), removed.get(name), globals.get(name), values.get(name)];
	if (value !== undefined) return { since: value, message: `${name} is undefined` };
	if (whole !== undefined) return { since: whole, message: `${name} is not defined` };
	if (since !== undefined) return { since, message: `${name} is not a function` };
	if (gone !== undefined) return { removed: gone, message: `${name} is not a function` };
	return name === 'using' ? { since: '24.0.0', message: 'SyntaxError: Unexpected identifier' } : undefined;
}

interface OwnMember {
	readonly name: string;
	readonly path: string;
	readonly line: number;
	readonly certainty: Certainty;
	readonly called: boolean;
}

function ownMembers({ javascript }: Source): readonly OwnMember[] {
	return javascript.graph.modules.flatMap((module) =>
		module.dependency
			? []
			: module.facts.members.map((member) => ({ ...member, path: module.path, certainty: atMost(module.certainty, member.certainty) })),
	);
}

/** Something that fills in what older versions lack is loaded. */
function isFilled({ javascript }: Source): boolean {
	return javascript.graph.modules.some(({ facts }) =>
		facts.imports.some(({ specifier }) => /core-js|polyfill|es-shim|(?:^|\/)shim|temporal-/i.test(specifier)),
	);
}

/** `import data from './x.json' assert { type: 'json' }`: V8 took the word away again in favour of `with`. */
function assertions({ javascript }: Source): readonly InterfaceUse[] {
	const name = "import … assert { type: 'json' }";
	return javascript.graph.modules.flatMap(({ path, certainty, dependency, facts: { assertion } }) =>
		assertion === undefined || dependency
			? []
			: [{ name, path, line: assertion, certainty, removed: '22.0.0', message: "SyntaxError: Unexpected identifier 'assert'" }],
	);
}
