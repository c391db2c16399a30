import type { Certainty } from '../../../model/verdict.ts';
import { atMost } from '../fact.ts';
import { isBuiltin } from './builtins.ts';
import type { ModuleReader } from './module-reader.ts';
import type { ModuleFacts, ModuleImport } from './read-module.ts';
import { type ModuleSpace, resolveModule } from './resolve-module.ts';

/** Modules that are read at most: the application's own, and those of packages together with their bytes. */
const maxOwn = 5000;
const maxDependencies = 3000;
const maxDependencyBytes = 16 * 1024 * 1024;

export interface ReachedModule {
	/** Absolute, links resolved. */
	readonly path: string;
	readonly certainty: Certainty;
	/** In a `node_modules` directory. */
	readonly dependency: boolean;
	readonly facts: ModuleFacts;
}

export interface UnresolvedImport extends Pick<ModuleImport, 'specifier' | 'line' | 'lazy' | 'certainty'> {
	readonly from: string;
	readonly dependency: boolean;
}

/** What the entry modules lead to. */
export interface ModuleGraph {
	readonly modules: readonly ReachedModule[];
	/** Specifiers of packages and files that lead nowhere. */
	readonly unresolved: readonly UnresolvedImport[];
	/** Directories of packages that are loaded, with what leads there. */
	readonly packages: ReadonlyMap<string, Certainty>;
	/** Native addons that are loaded by their path. */
	readonly addons: ReadonlyMap<string, Certainty>;
	/** There was more than is read: what is not here may still be loaded. */
	readonly truncated: boolean;
}

interface Pending {
	readonly path: string;
	readonly certainty: Certainty;
}

interface Growing {
	readonly reader: ModuleReader;
	readonly modules: Map<string, ReachedModule>;
	readonly unresolved: UnresolvedImport[];
	readonly packages: Map<string, Certainty>;
	readonly addons: Map<string, Certainty>;
	own: number;
	dependencies: number;
	bytes: number;
	truncated: boolean;
}

/** Reads the modules that the entries load, the surest first; each module once, with the certainty of its surest way. */
export async function moduleGraph(space: ModuleSpace, entries: readonly Pending[], reader: ModuleReader): Promise<ModuleGraph> {
	const growing: Growing = {
		reader,
		modules: new Map(),
		unresolved: [],
		packages: new Map(),
		addons: new Map(),
		own: 0,
		dependencies: 0,
		bytes: 0,
		truncated: false,
	};
	const waiting: Record<Certainty, Pending[]> = { required: [], likely: [], possible: [] };
	for (const entry of entries) waiting[entry.certainty].push(entry);
	for (const certainty of ['required', 'likely', 'possible'] as const)
		for (let batch = waiting[certainty]; batch.length > 0; batch = waiting[certainty]) {
			waiting[certainty] = [];
			for (const next of await readBatch(space, batch, growing)) waiting[next.certainty].push(next);
		}
	return { ...growing, modules: [...growing.modules.values()], truncated: growing.truncated || space.source.truncated };
}

const isDependency = (path: string): boolean => path.includes('/node_modules/');

async function readBatch(space: ModuleSpace, batch: readonly Pending[], growing: Growing): Promise<readonly Pending[]> {
	const fresh = new Map<string, Pending>();
	for (const next of batch) {
		notePackage(growing, next);
		if (next.path.endsWith('.node')) growing.addons.set(next.path, growing.addons.get(next.path) ?? next.certainty);
		else if (!next.path.endsWith('.json') && !growing.modules.has(next.path) && !fresh.has(next.path) && admit(space, next.path, growing))
			fresh.set(next.path, next);
	}
	const texts = await space.source.read([...fresh.keys()]);
	const found: Pending[] = [];
	for (const [path, text] of texts) {
		const { certainty } = fresh.get(path) as Pending;
		const facts = growing.reader(text);
		growing.modules.set(path, { path, certainty, dependency: isDependency(path), facts });
		for (const wanted of facts.imports) found.push(...(await follow(space, wanted, path, certainty, growing)));
	}
	return found;
}

/** Counts a module against the bounds. */
function admit(space: ModuleSpace, path: string, growing: Growing): boolean {
	const size = space.files.get(path)?.size ?? 0;
	const dependency = isDependency(path);
	const room = dependency ? growing.dependencies < maxDependencies && growing.bytes + size <= maxDependencyBytes : growing.own < maxOwn;
	if (!room) growing.truncated = true;
	else if (dependency) {
		growing.dependencies += 1;
		growing.bytes += size;
	} else growing.own += 1;
	return room;
}

function notePackage(growing: Growing, { path, certainty }: Pending): void {
	const directory = packageOf(path);
	if (directory !== undefined && !growing.packages.has(directory)) growing.packages.set(directory, certainty);
}

/** `/app/node_modules/@a/b` of a path below it. */
export function packageOf(path: string): string | undefined {
	const at = path.lastIndexOf('/node_modules/');
	if (at < 0) return undefined;
	const [scope = '', name = ''] = path.slice(at + 14).split('/', 2);
	return `${path.slice(0, at + 14)}${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

async function follow(
	space: ModuleSpace,
	wanted: ModuleImport,
	from: string,
	reached: Certainty,
	growing: Growing,
): Promise<readonly Pending[]> {
	if (isBuiltin(wanted.specifier) || /^(https?|data|npm|jsr):/.test(wanted.specifier)) return [];
	const certainty = atMost(reached, wanted.certainty);
	const path =
		(await resolveModule(space, wanted.specifier, from, wanted.esm)) ?? (await resolveModule(space, wanted.specifier, from, !wanted.esm));
	if (path !== undefined) return [{ path, certainty }];
	const { specifier, line, lazy } = wanted;
	if (growing.unresolved.length < 10_000)
		growing.unresolved.push({ specifier, line, lazy, certainty, from, dependency: isDependency(from) });
	return [];
}
