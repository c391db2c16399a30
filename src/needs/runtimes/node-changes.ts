import type { Certainty } from '../../model/verdict.ts';
import { atMost } from '../source/fact.ts';
import type { Source } from '../source/read-source.ts';

/** An interface of Node.js that the application uses and that not every version has. */
export interface InterfaceUse {
	readonly name: string;
	readonly path: string;
	readonly line: number;
	readonly certainty: Certainty;
	/** First version with it. */
	readonly since?: string;
	/** First version without it. */
	readonly removed?: string;
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
	...from('25.0.0', 'buffer.SlowBuffer assert.CallTracker fs.F_OK fs.R_OK fs.W_OK fs.X_OK'),
]);

/** Node.js documentation, "Added in", of functions that nobody expects to be missing. */
const added: ReadonlyMap<string, string> = new Map([
	...from('18.3.0', 'util.parseArgs'),
	...from('18.19.0', 'module.register'),
	...from('20.12.0', 'util.styleText process.loadEnvFile crypto.hash'),
	...from('20.16.0', 'process.getBuiltinModule'),
	...from('22.0.0', 'fs.glob fs.globSync fs.promises.glob fs/promises.glob'),
	...from('22.8.0', 'module.enableCompileCache'),
	...from('22.15.0', 'zlib.createZstdCompress zlib.createZstdDecompress zlib.zstdCompress zlib.zstdCompressSync zlib.zstdDecompress'),
	...from('22.15.0', 'zlib.zstdDecompressSync module.registerHooks process.execve'),
]);

/** Uses in the application's own code, each name once. A use behind a test of the same name is not told apart: `likely`. */
export function changedInterfaces({ javascript }: Source): readonly InterfaceUse[] {
	const found = new Map<string, InterfaceUse>();
	for (const module of javascript.graph.modules) {
		if (module.dependency) continue;
		for (const { name, line, certainty } of module.facts.members) {
			const use = { name, path: module.path, line, certainty: atMost(atMost(module.certainty, certainty), 'likely') };
			if (found.has(name)) continue;
			const [since, gone] = [added.get(name), removed.get(name)];
			if (since !== undefined) found.set(name, { ...use, since });
			else if (gone !== undefined) found.set(name, { ...use, removed: gone });
		}
	}
	return [...found.values()];
}
