import type { NewEntry } from '../../model/file-tree.ts';

/** The files that a stage's instructions put on top of its base, by absolute path. Mutable while the stage is evaluated. */
export type StageTree = Map<string, NewEntry>;

/** Absolute and normal; `..` at the root stays there. */
export function absolutePath(path: string, workingDir: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith('/') ? path : `${workingDir}/${path}`).split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '' && part !== '.') parts.push(part);
	}
	return `/${parts.join('/')}`;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const joinPath = (directory: string, name: string): string => (directory === '/' ? `/${name}` : `${directory}/${name}`);

/** Adds an entry; a directory that is there keeps its attributes, what a file or link replaces goes with all below it. */
export function put(tree: StageTree, entry: NewEntry): void {
	const before = tree.get(entry.path);
	if (entry.path === '/' || (before?.type === 'directory' && entry.type === 'directory')) return;
	if (before?.type === 'directory') for (const path of tree.keys()) if (path.startsWith(`${entry.path}/`)) tree.delete(path);
	parents(tree, entry.path);
	tree.set(entry.path, entry);
}

/** Makes missing parents as Docker does: root's, 0755. */
export function parents(tree: StageTree, path: string): void {
	for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
		const parent = path.slice(0, end);
		const there = tree.get(parent);
		if (there === undefined || (there.type !== 'directory' && there.type !== 'symlink'))
			tree.set(parent, { path: parent, type: 'directory', mode: 0o755, uid: 0, gid: 0 });
	}
}
