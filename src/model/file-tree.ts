import { FootingError } from './errors.ts';
import { limits } from './limits.ts';
import type { Problem } from './problem.ts';
import { quote } from './quote.ts';
import type { ContentKind, ElfFacts, Entry, EntryType, JarFacts, Rootfs } from './rootfs.ts';

/** One name with what is known of its body. `path` is absolute and normal (see `Entry`); parents are made when missing. */
export interface NewEntry {
	readonly path: string;
	readonly type: EntryType;
	readonly mode?: number;
	readonly uid?: number;
	readonly gid?: number;
	readonly target?: string;
	readonly body?: Uint8Array | (() => Promise<Uint8Array>);
	/** Bytes; taken from `body` when that is at hand. */
	readonly size?: number;
	readonly elf?: ElfFacts;
	readonly shebang?: string;
	/** What looking at the first bytes told, when that was done; else it follows from the other fields. */
	readonly content?: ContentKind;
	readonly layer?: number;
	readonly inode?: number;
	readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** A node of the tree while it is built. Only directories have children. */
export interface TreeNode {
	entry: Entry;
	children: Map<string, TreeNode> | undefined;
}

/** Where the bodies of a tree are kept; keyed by `Entry.inode`. */
export interface Bodies {
	kept(entry: Entry): Uint8Array | undefined;
	/** Reads bodies that were not kept; keys are inodes. */
	fetch(entries: readonly Entry[], limit: number): Promise<ReadonlyMap<number, Uint8Array>>;
	elf(entry: Entry): ElfFacts | undefined;
	shebang(entry: Entry): string | undefined;
	jar?(entry: Entry): JarFacts | undefined;
}

const rootEntry: Entry = { path: '/', type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, layer: 0, inode: 0, content: 'other' };

export function newRoot(): TreeNode {
	return { entry: rootEntry, children: new Map() };
}

/** Splits a path into its components; `.` and empty ones are dropped, `..` is kept. */
export function components(path: string): string[] {
	return path.split('/').filter((c) => c !== '' && c !== '.');
}

/** The node at exactly this path; no link is followed. */
export function nodeAt(root: TreeNode, path: string): TreeNode | undefined {
	let node: TreeNode | undefined = root;
	for (let at = 0; at < path.length && node !== undefined; ) {
		const end = endOfName(path, at);
		const name = path.slice(at, end);
		if (name !== '' && name !== '.') node = node.children?.get(name);
		at = end + 1;
	}
	return node;
}

function endOfName(path: string, from: number): number {
	const slash = path.indexOf('/', from);
	return slash === -1 ? path.length : slash;
}

/**
 * Walks as the kernel does inside a root: links in every component are followed (the last one only with `followLast`),
 * absolute targets start at the root of the tree, `..` at the root stays there, at most `limits.linkHops` links.
 */
export function walk(root: TreeNode, path: string, followLast: boolean): TreeNode | undefined {
	if (path.length > limits.path * 4) return undefined;
	const plain = descend(root, path, followLast);
	return plain === 'a way round' ? walkAll(root, path, followLast) : plain;
}

/** Most paths have no links and no `..` in them; for those no list of names is made. */
function descend(root: TreeNode, path: string, followLast: boolean): TreeNode | undefined | 'a way round' {
	let node = root;
	for (let at = 0; at < path.length; ) {
		const end = endOfName(path, at);
		const name = path.slice(at, end);
		at = end + 1;
		if (name === '' || name === '.') continue;
		if (name === '..') return 'a way round';
		const next = node.children?.get(name);
		if (next === undefined) return undefined;
		if (next.entry.type === 'symlink' && (followLast || end < path.length)) return 'a way round';
		node = next;
	}
	return node;
}

function walkAll(root: TreeNode, path: string, followLast: boolean): TreeNode | undefined {
	const trail: TreeNode[] = [root];
	const pending = components(path).reverse();
	let hops = 0;
	for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
		const here = trail[trail.length - 1] as TreeNode;
		if (here.children === undefined) return undefined;
		if (name === '..') {
			if (trail.length > 1) trail.pop();
			continue;
		}
		const next = here.children.get(name);
		if (next === undefined) return undefined;
		if (next.entry.type !== 'symlink' || (pending.length === 0 && !followLast)) {
			trail.push(next);
			continue;
		}
		hops += 1;
		const target = next.entry.target ?? '';
		if (hops > limits.linkHops || target === '' || pending.length > limits.depth * 2) return undefined;
		if (target.startsWith('/')) trail.length = 1;
		for (const c of components(target).reverse()) pending.push(c);
	}
	return trail[trail.length - 1];
}

/** The directory node for a path, made with mode 0755 where it is missing; undefined when something else is in the way. */
export function makeDirectories(root: TreeNode, path: string, layer: number, nextInode: () => number): TreeNode | undefined {
	let node = root;
	for (const name of components(path)) {
		if (node.children === undefined) return undefined;
		let next = node.children.get(name);
		if (next === undefined) {
			next = { entry: directoryEntry(childPath(node.entry.path, name), layer, nextInode()), children: new Map() };
			node.children.set(name, next);
		}
		node = next;
	}
	return node.children === undefined ? undefined : node;
}

export function directoryEntry(path: string, layer: number, inode: number): Entry {
	return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, layer, inode, content: 'other' };
}

export function childPath(directory: string, name: string): string {
	return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

export interface TreeFacts {
	readonly layerCount: number;
	readonly problems: readonly Problem[];
}

/** A `Rootfs` over a finished tree of nodes. The tree must not change any more. */
export function treeRootfs(root: TreeNode, bodies: Bodies, facts: TreeFacts): Rootfs {
	const regular = (path: string): Entry | undefined => {
		const entry = walk(root, path, true)?.entry;
		return entry?.type === 'file' ? entry : undefined;
	};
	let size: number | undefined;
	/** Sorting every directory again for each reader would cost more than the reading. */
	let all: readonly Entry[] | undefined;
	const rootfs: Rootfs = {
		layerCount: facts.layerCount,
		problems: facts.problems,
		get size() {
			size ??= countNodes(root);
			return size;
		},
		get: (path) => nodeAt(root, path)?.entry,
		resolve: (path, options) => walk(root, path, options?.followLast ?? true)?.entry,
		list: (path) => [...(nodeAt(root, path)?.children?.keys() ?? [])].sort(byCodeUnit),
		entries() {
			all ??= [...depthFirst(root)];
			return all;
		},
		async read(path, options) {
			return (await rootfs.readMany([path], options)).get(path);
		},
		async readMany(paths, options) {
			return readBodies(paths, regular, bodies, options?.limit ?? limits.sourceFile);
		},
		elf(path) {
			const entry = regular(path);
			return entry === undefined ? undefined : bodies.elf(entry);
		},
		shebang(path) {
			const entry = regular(path);
			return entry === undefined ? undefined : bodies.shebang(entry);
		},
		jar(path) {
			const entry = regular(path);
			return entry === undefined ? undefined : bodies.jar?.(entry);
		},
	};
	return rootfs;
}

async function readBodies(
	paths: readonly string[],
	regular: (path: string) => Entry | undefined,
	bodies: Bodies,
	limit: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
	const result = new Map<string, Uint8Array>();
	const missing = new Map<string, Entry>();
	for (const path of paths) {
		const entry = regular(path);
		if (entry === undefined) continue;
		if (entry.size > limit) {
			throw new FootingError('limit', `cannot read ${quote(path)}: ${entry.size} bytes are more than the limit of ${limit}`);
		}
		const kept = entry.size === 0 ? new Uint8Array(0) : bodies.kept(entry);
		if (kept === undefined) missing.set(path, entry);
		else result.set(path, kept);
	}
	if (missing.size > 0) {
		const fetched = await bodies.fetch([...missing.values()], limit);
		for (const [path, entry] of missing) {
			const body = fetched.get(entry.inode);
			if (body !== undefined) result.set(path, body);
		}
	}
	return result;
}

function byCodeUnit(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted within each directory, a directory before what is in it. */
function* depthFirst(root: TreeNode): Generator<Entry> {
	const stack: TreeNode[] = [];
	const push = (node: TreeNode): void => {
		if (node.children === undefined) return;
		const names = [...node.children.keys()].sort(byCodeUnit);
		for (let i = names.length - 1; i >= 0; i -= 1) stack.push(node.children.get(names[i] as string) as TreeNode);
	};
	push(root);
	for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
		yield node.entry;
		push(node);
	}
}

function countNodes(root: TreeNode): number {
	let count = 0;
	const stack: TreeNode[] = [root];
	for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
		if (node.children === undefined) continue;
		count += node.children.size;
		for (const child of node.children.values()) if (child.children !== undefined) stack.push(child);
	}
	return count;
}

/** A file tree in memory. Later entries replace earlier ones of the same path; parents are made when missing. */
export function fileTree(entries: Iterable<NewEntry>, facts: Partial<TreeFacts> = {}): Rootfs {
	const root = newRoot();
	const sources = new Map<number, NewEntry>();
	let inode = 0;
	const nextInode = (): number => {
		inode += 1;
		return inode;
	};
	for (const entry of entries) addEntry(root, entry, sources, nextInode);
	return treeRootfs(root, memoryBodies(sources), { layerCount: facts.layerCount ?? 1, problems: facts.problems ?? [] });
}

function addEntry(root: TreeNode, wanted: NewEntry, sources: Map<number, NewEntry>, nextInode: () => number): void {
	const names = components(wanted.path);
	const name = names.pop();
	const inode = wanted.inode === undefined ? nextInode() : -1 - wanted.inode;
	const size = wanted.type === 'file' ? (wanted.size ?? (wanted.body instanceof Uint8Array ? wanted.body.length : 0)) : 0;
	const entry: Entry = {
		path: `/${[...names, ...(name === undefined ? [] : [name])].join('/')}`,
		type: wanted.type,
		mode: wanted.mode ?? (wanted.type === 'directory' ? 0o755 : wanted.type === 'symlink' ? 0o777 : 0o644),
		uid: wanted.uid ?? 0,
		gid: wanted.gid ?? 0,
		size,
		layer: wanted.layer ?? 0,
		inode,
		content: contentOf(wanted, size),
		...(wanted.target === undefined ? {} : { target: wanted.target }),
		...(wanted.xattrs === undefined ? {} : { xattrs: wanted.xattrs }),
	};
	sources.set(inode, wanted);
	if (name === undefined) {
		if (entry.type === 'directory') root.entry = entry;
		return;
	}
	const parent = makeDirectories(root, names.join('/'), entry.layer, nextInode);
	if (parent?.children === undefined) throw new FootingError('internal', `internal error: a file is in the way of ${quote(entry.path)}`);
	const before = parent.children.get(name);
	const children = entry.type === 'directory' ? (before?.children ?? new Map<string, TreeNode>()) : undefined;
	parent.children.set(name, { entry, children });
}

function contentOf(entry: NewEntry, size: number): ContentKind {
	if (entry.type !== 'file') return 'other';
	if (entry.elf !== undefined) return 'elf';
	if (entry.shebang !== undefined) return 'script';
	if (entry.content !== undefined) return entry.content;
	if (size === 0) return 'empty';
	return entry.body instanceof Uint8Array ? 'other' : 'unread';
}

function memoryBodies(sources: ReadonlyMap<number, NewEntry>): Bodies {
	return {
		kept(entry) {
			const body = sources.get(entry.inode)?.body;
			return body instanceof Uint8Array ? body : undefined;
		},
		async fetch(entries) {
			const found = new Map<number, Uint8Array>();
			for (const entry of entries) {
				const body = sources.get(entry.inode)?.body;
				if (typeof body === 'function') found.set(entry.inode, await body());
			}
			return found;
		},
		elf: (entry) => sources.get(entry.inode)?.elf,
		shebang: (entry) => sources.get(entry.inode)?.shebang,
	};
}
