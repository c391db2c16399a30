import { isPattern, matchesPath } from '../../formats/glob.ts';
import type { NewEntry } from '../../model/file-tree.ts';
import type { BuildContext, ContextEntry } from './context.ts';
import { absolutePath, baseName, joinPath, put, type StageTree } from './stage-tree.ts';

export interface CopyTarget {
	/** As written, variables replaced; a trailing slash means a directory. */
	readonly destination: string;
	readonly workingDir: string;
	readonly uid: number;
	readonly gid: number;
	/** --chmod */
	readonly mode?: number;
	/** --parents: keep the source's directories */
	readonly parents: boolean;
}

/** Where one source name would lie, and from which tree it comes. */
interface Source<T> {
	readonly path: string;
	readonly entry: T;
}

/** How the copier looks into what it copies from: the build context or another stage. */
export interface SourceTree<T> {
	get(path: string): T | undefined;
	type(entry: T): 'file' | 'directory' | 'symlink';
	target(entry: T): string | undefined;
	names(path: string, entry: T): readonly string[];
	/** The entry at its new place, owner and mode not yet set. */
	make(entry: T, path: string): NewEntry;
}

export function contextSource(context: BuildContext, read: (entry: ContextEntry, path: string) => NewEntry): SourceTree<ContextEntry> {
	return {
		get: (path) => context.get(path),
		type: (entry) => entry.type,
		target: (entry) => entry.target,
		names: (_, entry) => entry.names,
		make: read,
	};
}

/** A stage's tree seen with relative paths (`''` is its root). */
export function stageSource(tree: StageTree): SourceTree<NewEntry> {
	const children = new Map<string, string[]>();
	for (const path of tree.keys()) {
		const parent = path.slice(1, Math.max(1, path.lastIndexOf('/')));
		const names = children.get(parent) ?? [];
		names.push(baseName(path));
		children.set(parent, names);
	}
	return {
		get: (path) => (path === '' ? { path: '/', type: 'directory' } : tree.get(`/${path}`)),
		type: (entry) => (entry.type === 'directory' || entry.type === 'symlink' ? entry.type : 'file'),
		target: (entry) => entry.target,
		names: (path) => children.get(path) ?? [],
		make: (entry, path) => ({ ...entry, path }),
	};
}

/**
 * COPY and ADD of local files (Dockerfile reference, "COPY"): of a directory its content is copied, a link in it stays a
 * link, a source that is a link is followed inside its tree. Returns the sources that are not there.
 */
export function copyInto<T>(tree: StageTree, from: SourceTree<T>, sources: readonly string[], target: CopyTarget): readonly string[] {
	const missing: string[] = [];
	const found = sources.flatMap((source) => {
		const matches = expand(from, source);
		if (matches.length === 0) missing.push(source);
		return matches;
	});
	const directory = absolutePath(target.destination, target.workingDir);
	const into =
		/(^|\/)\.{0,2}$/.test(target.destination) || sources.length > 1 || found.length > 1 || tree.get(directory)?.type === 'directory';
	for (const { path, entry } of found) {
		const parent = target.parents ? joinPath(directory, path.slice(0, Math.max(0, path.lastIndexOf('/')))) : directory;
		if (from.type(entry) === 'directory')
			copyDirectory(tree, from, { path, entry }, target.parents ? joinPath(directory, path) : directory, target);
		else place(tree, from, entry, into || target.parents ? joinPath(absolutePath(parent, '/'), baseName(path)) : directory, target);
	}
	return missing;
}

function copyDirectory<T>(tree: StageTree, from: SourceTree<T>, source: Source<T>, destination: string, target: CopyTarget): void {
	const pending: (readonly [Source<T>, string])[] = [[source, destination]];
	for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
		const [{ path, entry }, to] = next;
		if (tree.get(to)?.type !== 'directory')
			put(tree, { path: to, type: 'directory', mode: target.mode ?? 0o755, uid: target.uid, gid: target.gid });
		for (const name of from.names(path, entry)) {
			const inner = path === '' ? name : `${path}/${name}`;
			const child = from.get(inner);
			if (child === undefined) continue;
			if (from.type(child) === 'directory') pending.push([{ path: inner, entry: child }, joinPath(to, name)]);
			else place(tree, from, child, joinPath(to, name), target);
		}
	}
}

function place<T>(tree: StageTree, from: SourceTree<T>, entry: T, path: string, target: CopyTarget): void {
	const made = from.make(entry, path);
	put(tree, {
		...made,
		uid: target.uid,
		gid: target.gid,
		...(target.mode === undefined || made.type === 'symlink' ? {} : { mode: target.mode }),
	});
}

/** Source names after wildcards; a link is followed, at most 40 times. */
function expand<T>(from: SourceTree<T>, source: string): readonly Source<T>[] {
	const path = absolutePath(source, '/').slice(1);
	const direct = isPattern(path) ? undefined : from.get(path);
	if (direct !== undefined) return followed(from, path, direct);
	if (!isPattern(path)) return [];
	let level: Source<T>[] = [{ path: '', entry: from.get('') as T }];
	for (const part of path.split('/')) {
		level = level.flatMap(({ path: parent, entry }) =>
			entry === undefined || from.type(entry) !== 'directory'
				? []
				: from
						.names(parent, entry)
						.filter((name) => matchesPath([part], [name]))
						.flatMap((name) => {
							const inner = parent === '' ? name : `${parent}/${name}`;
							const child = from.get(inner);
							return child === undefined ? [] : [{ path: inner, entry: child }];
						}),
		);
	}
	return level.flatMap((match) => followed(from, match.path, match.entry));
}

function followed<T>(from: SourceTree<T>, path: string, entry: T): readonly Source<T>[] {
	let [here, current] = [path, entry];
	for (let hop = 0; hop < 40; hop++) {
		const target = from.target(current);
		if (from.type(current) !== 'symlink' || target === undefined) return [{ path, entry: current }];
		here = absolutePath(target, `/${here.slice(0, Math.max(0, here.lastIndexOf('/')))}`).slice(1);
		const next = from.get(here);
		if (next === undefined) return [{ path, entry: current }];
		current = next;
	}
	return [];
}
