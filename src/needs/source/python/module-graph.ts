import type { Rootfs } from '../../../model/rootfs.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { atMost } from '../fact.ts';
import type { SourceFiles } from '../source-files.ts';
import { type PythonFacts, type PythonModuleImport, readPython } from './read-module.ts';
import { type FoundModule, findModule } from './resolve-module.ts';

const maxOwn = 5000;
const maxDependencies = 3000;
const maxDependencyBytes = 16 * 1024 * 1024;

export interface PythonModule {
	readonly path: string;
	readonly certainty: Certainty;
	/** In a directory `site-packages` or `dist-packages`. */
	readonly dependency: boolean;
	/** It is the one that is started. */
	readonly main: boolean;
	readonly facts: PythonFacts;
}

/** A module that the application's files do not have: of the standard library, of the base, or missing. */
export interface OutsideImport {
	readonly module: string;
	readonly path: string;
	readonly line: number;
	readonly certainty: Certainty;
	readonly dependency: boolean;
}

export interface PythonGraph {
	readonly modules: readonly PythonModule[];
	/** The surest import of each name that is not in the application. */
	readonly outside: readonly OutsideImport[];
	/** Extension modules that are imported. */
	readonly extensions: ReadonlyMap<string, { readonly certainty: Certainty; readonly module: string }>;
	/** Directories of installed packages that are imported from. */
	readonly sites: ReadonlyMap<string, { readonly certainty: Certainty; readonly module: string }>;
	readonly truncated: boolean;
}

export interface PythonEntry {
	readonly path: string;
	readonly certainty: Certainty;
	readonly main: boolean;
}

interface Growing {
	readonly files: Rootfs;
	readonly roots: readonly string[];
	/** Roots that packages were installed into (`pip install --target`), and nothing is started from. */
	readonly installed: readonly string[];
	readonly modules: Map<string, PythonModule>;
	readonly outside: Map<string, OutsideImport>;
	readonly extensions: Map<string, { certainty: Certainty; module: string }>;
	readonly sites: Map<string, { certainty: Certainty; module: string }>;
	own: number;
	dependencies: number;
	bytes: number;
	truncated: boolean;
}

/** Reads the modules that the entries import, the surest first, each once. `roots` is the search path inside the application. */
export async function pythonGraph(
	files: Rootfs,
	source: SourceFiles,
	entries: readonly PythonEntry[],
	roots: readonly string[],
): Promise<PythonGraph> {
	const growing: Growing = {
		files,
		roots,
		installed: roots.filter((root) => isInstalled(files, root) && !entries.some(({ path }) => path.startsWith(`${root}/`))),
		modules: new Map(),
		outside: new Map(),
		extensions: new Map(),
		sites: new Map(),
		own: 0,
		dependencies: 0,
		bytes: 0,
		truncated: false,
	};
	const waiting: Record<Certainty, PythonEntry[]> = { required: [], likely: [], possible: [] };
	for (const entry of entries) waiting[entry.certainty].push(entry);
	for (const certainty of ['required', 'likely', 'possible'] as const)
		for (let batch = waiting[certainty]; batch.length > 0; batch = waiting[certainty]) {
			waiting[certainty] = [];
			for (const next of await readBatch(source, batch, growing)) waiting[next.certainty].push(next);
		}
	return {
		...growing,
		modules: [...growing.modules.values()],
		outside: [...growing.outside.values()],
		truncated: growing.truncated || source.truncated,
	};
}

/** The installer leaves its records beside the packages. */
function isInstalled(files: Rootfs, root: string): boolean {
	const directory = files.resolve(root)?.path;
	return directory !== undefined && directory !== '/' && files.list(directory).some((name) => name.endsWith('.dist-info'));
}

function isForeign(path: string, { installed }: Growing): boolean {
	return isDependency(path) || installed.some((root) => path.startsWith(`${root}/`));
}

export const isDependency = (path: string): boolean => /\/(site|dist)-packages\//.test(path);

async function readBatch(source: SourceFiles, batch: readonly PythonEntry[], growing: Growing): Promise<readonly PythonEntry[]> {
	const fresh = new Map<string, PythonEntry>();
	for (const next of batch) {
		const known = growing.modules.has(next.path) || fresh.has(next.path) || !next.path.endsWith('.py');
		if (!known && admit(next.path, growing)) fresh.set(next.path, next);
	}
	const found: PythonEntry[] = [];
	for (const [path, text] of await source.read([...fresh.keys()])) {
		const { certainty, main } = fresh.get(path) as PythonEntry;
		const facts = readPython(text);
		growing.modules.set(path, { path, certainty, main, dependency: isForeign(path, growing), facts });
		for (const wanted of facts.imports) found.push(...follow(wanted, path, main, certainty, growing));
	}
	return found;
}

function admit(path: string, growing: Growing): boolean {
	const size = growing.files.get(path)?.size ?? 0;
	const dependency = isForeign(path, growing);
	const room = dependency ? growing.dependencies < maxDependencies && growing.bytes + size <= maxDependencyBytes : growing.own < maxOwn;
	if (!room) growing.truncated = true;
	else if (dependency) {
		growing.dependencies += 1;
		growing.bytes += size;
	} else growing.own += 1;
	return room;
}

function follow(wanted: PythonModuleImport, from: string, main: boolean, reached: Certainty, growing: Growing): readonly PythonEntry[] {
	const certainty = atMost(reached, wanted.asMain && !main ? 'possible' : wanted.certainty);
	const { roots, dotted } = place(wanted, from, growing.roots);
	const found = dotted === '' ? packageAt(growing.files, roots[0] ?? '/') : findModule(growing.files, roots, dotted);
	if (found === undefined) {
		if (wanted.level === 0)
			noteOutside(growing, { module: dotted, path: from, line: wanted.line, certainty, dependency: isForeign(from, growing) }, wanted.lazy);
		return [];
	}
	const inner =
		wanted.name === undefined || found.directory === undefined ? undefined : findModule(growing.files, [found.directory], wanted.name);
	return [found, inner].flatMap((module) => (module === undefined ? [] : take(module, certainty, dotted, growing)));
}

/** A relative import starts at the package that the module is in. */
function place(
	wanted: PythonModuleImport,
	from: string,
	roots: readonly string[],
): { readonly roots: readonly string[]; readonly dotted: string } {
	if (wanted.level === 0) return { roots, dotted: wanted.module };
	const up = '../'.repeat(Math.min(wanted.level - 1, 64));
	return { roots: [absolutePath(up, from.slice(0, from.lastIndexOf('/')) || '/')], dotted: wanted.module };
}

/** `from . import x`: the package itself. */
function packageAt(files: Rootfs, directory: string): FoundModule {
	const file = files.resolve(`${directory}/__init__.py`);
	return { sources: file?.type === 'file' ? [file.path] : [], extensions: [], root: directory, directory };
}

function take(found: FoundModule, certainty: Certainty, module: string, growing: Growing): readonly PythonEntry[] {
	for (const path of found.extensions) if (!growing.extensions.has(path)) growing.extensions.set(path, { certainty, module });
	const site = /\/(site|dist)-packages$/.test(found.root) ? found.root : undefined;
	if (site !== undefined && !growing.sites.has(site)) growing.sites.set(site, { certainty, module });
	return found.sources.map((path) => ({ path, certainty, main: false }));
}

/** The module that is imported first of a name decides; the application's own before that of its packages. */
function noteOutside(growing: Growing, found: OutsideImport, lazy: boolean): void {
	const certainty = lazy ? atMost(found.certainty, 'likely') : found.certainty;
	const before = growing.outside.get(found.module);
	const better =
		before === undefined ||
		(before.dependency && !found.dependency) ||
		(before.dependency === found.dependency && before.certainty !== 'required' && certainty === 'required');
	if (better && growing.outside.size < 10_000) growing.outside.set(found.module, { ...found, certainty });
}
