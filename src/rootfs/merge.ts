import { FootingError } from '../model/errors.ts';
import { childPath, directoryEntry, makeDirectories, newRoot, type TreeNode, walk } from '../model/file-tree.ts';
import { limits } from '../model/limits.ts';
import type { Problem } from '../model/problem.ts';
import { quote } from '../model/quote.ts';
import type { ContentKind, Entry, EntryType } from '../model/rootfs.ts';
import { contentKinds, field, type LayerRecords, type RecordType, recordTypes, stride } from './layer-records.ts';
import { ProblemList } from './problem-list.ts';

/** Which record an inode's body is in. */
export interface BodyPlace {
	readonly layer: number;
	readonly ordinal: number;
}

export interface Merged {
	readonly root: TreeNode;
	/** By inode. */
	readonly places: readonly (BodyPlace | undefined)[];
	readonly problems: readonly Problem[];
}

/**
 * All layers as one tree, lowest first, as containerd applies them (docs/methods/merging.md):
 * a whiteout or opaque marker acts on lower layers only, whatever its position in its own; a name below a link to a
 * directory goes where the link leads, inside the root; an entry that is no directory replaces what was there with all
 * below it; a directory entry replaces anything but a directory; the last of duplicate names wins.
 */
export function mergeLayers(layers: readonly LayerRecords[]): Merged {
	const merge = new Merge();
	layers.forEach((records, index) => {
		merge.apply(records, index);
	});
	return { root: merge.root, places: merge.places, problems: merge.problems.all() };
}

class Merge {
	readonly root = newRoot();
	readonly places: (BodyPlace | undefined)[] = [undefined];
	readonly problems = new ProblemList();
	#total = 0;
	/** Directories of this layer by their path as written; dropped whenever a link or a removal may change the way. */
	#parents = new Map<string, TreeNode>();

	apply(records: LayerRecords, layer: number): void {
		const paths = records.count === 0 ? [] : records.paths.split('\0');
		const links = records.count === 0 ? [] : records.links.split('\0');
		this.#total += records.count;
		if (this.#total > limits.entries)
			throw new FootingError('limit', `cannot merge the layers: more than ${limits.entries} entries in all`);
		for (const problem of records.problems) this.problems.add(problem);
		this.#hide(records, paths);
		this.#parents = new Map();
		for (let i = 0; i < records.count; i += 1) {
			const type = typeOf(records, i);
			if (type === 'whiteout' || type === 'opaque') continue;
			if (type === 'hardlink') this.#hardlink(paths[i] as string, links[i] as string, layer);
			else this.#place(records, i, paths[i] as string, type, links[i] as string, layer);
		}
	}

	#hide(records: LayerRecords, paths: readonly string[]): void {
		for (let i = 0; i < records.count; i += 1) {
			const type = typeOf(records, i);
			if (type !== 'whiteout' && type !== 'opaque') continue;
			const path = paths[i] as string;
			if (type === 'opaque') walk(this.root, path, true)?.children?.clear();
			else {
				const { directory, name } = split(path);
				walk(this.root, directory, true)?.children?.delete(name);
			}
		}
	}

	#nextInode(place: BodyPlace | undefined): number {
		return this.places.push(place) - 1;
	}

	/** The directory that a path as written lies in; made where it is missing. */
	#parent(directory: string, layer: number): TreeNode | undefined {
		const known = this.#parents.get(directory);
		if (known !== undefined) return known;
		let node = walk(this.root, directory, true);
		if (node?.children === undefined) node = this.#makeParents(directory, layer);
		if (node?.children !== undefined) this.#parents.set(directory, node);
		return node;
	}

	/** Component by component: what is there is followed, what is missing is made, a file in the way gives nothing. */
	#makeParents(directory: string, layer: number): TreeNode | undefined {
		const { directory: above, name } = split(directory);
		if (name === '') return this.root;
		const existing = walk(this.root, directory, true);
		if (existing !== undefined) return existing.children === undefined ? undefined : existing;
		const missing: string[] = [name];
		let at = above;
		let node = walk(this.root, at, true);
		while (node === undefined && at !== '/') {
			const next = split(at);
			missing.push(next.name);
			at = next.directory;
			node = walk(this.root, at, true);
		}
		for (let part = missing.pop(); part !== undefined && node !== undefined; part = missing.pop()) node = this.#makeOne(node, part, layer);
		return node;
	}

	#makeOne(parent: TreeNode, name: string, layer: number): TreeNode | undefined {
		if (parent.children === undefined) return undefined;
		const there = parent.children.get(name);
		if (there?.entry.type === 'symlink') return this.#throughDangling(parent, there, layer);
		if (there !== undefined) return there.children === undefined ? undefined : there;
		const made: TreeNode = {
			entry: directoryEntry(childPath(parent.entry.path, name), layer, this.#nextInode(undefined)),
			children: new Map(),
		};
		parent.children.set(name, made);
		return made;
	}

	/** A link to a directory that does not exist yet: engines make the directory that it names. */
	#throughDangling(parent: TreeNode, link: TreeNode, layer: number): TreeNode | undefined {
		const target = link.entry.target ?? '';
		if (target === '' || target.split('/').includes('..')) return undefined;
		const path = target.startsWith('/') ? target : `${parent.entry.path}/${target}`;
		return makeDirectories(this.root, path, layer, () => this.#nextInode(undefined));
	}

	#place(records: LayerRecords, ordinal: number, path: string, type: EntryType, target: string, layer: number): void {
		const inode = this.#nextInode({ layer, ordinal });
		if (path === '/') {
			if (type === 'directory') this.root.entry = entryOf(records, ordinal, '/', type, target, layer, inode);
			else this.problems.add({ code: 'root-not-a-directory', where: '/', message: 'an entry that would replace the root; it is left out' });
			return;
		}
		const { directory, name } = split(path);
		const parent = this.#parent(directory, layer);
		if (parent?.children === undefined) {
			this.#blocked(path);
			return;
		}
		const entry = entryOf(records, ordinal, childPath(parent.entry.path, name), type, target, layer, inode);
		const there = parent.children.get(name);
		if (type === 'directory' && there?.children !== undefined) {
			there.entry = entry;
			return;
		}
		if (there !== undefined && (there.children !== undefined || there.entry.type === 'symlink')) this.#parents.clear();
		if (type === 'symlink') this.#parents.clear();
		parent.children.set(name, { entry, children: type === 'directory' ? new Map() : undefined });
	}

	#hardlink(path: string, target: string, layer: number): void {
		const source = this.#linkSource(target);
		const { directory, name } = split(path);
		const parent = name === '' ? undefined : this.#parent(directory, layer);
		if (parent?.children === undefined) {
			this.#blocked(path);
			return;
		}
		if (source === undefined || source.children !== undefined) {
			this.problems.add({
				code: 'dangling-hardlink',
				where: path,
				message: `a hard link to ${quote(target)}, which is not a file of the image; it is left out`,
			});
			return;
		}
		const there = parent.children.get(name);
		if (there === source) return;
		if (there?.children !== undefined || there?.entry.type === 'symlink' || source.entry.type === 'symlink') this.#parents.clear();
		// a hard link has the attributes of its file, whatever its header says
		parent.children.set(name, { entry: { ...source.entry, path: childPath(parent.entry.path, name), layer }, children: undefined });
	}

	/** The target of a hard link is a name of the archive: links in its directories are followed, in its last part not. */
	#linkSource(target: string): TreeNode | undefined {
		const parts = target.split('/').filter((c) => c !== '' && c !== '.');
		if (parts.includes('..')) return undefined;
		return walk(this.root, parts.join('/'), false);
	}

	#blocked(path: string): void {
		this.problems.add({ code: 'file-in-the-way', where: path, message: 'a name below something that is no directory; it is left out' });
	}
}

function split(path: string): { readonly directory: string; readonly name: string } {
	const slash = path.lastIndexOf('/');
	return { directory: slash <= 0 ? '/' : path.slice(0, slash), name: path.slice(slash + 1) };
}

function typeOf(records: LayerRecords, ordinal: number): RecordType {
	return recordTypes[(records.numbers[ordinal * stride + field.kind] as number) % 16] as RecordType;
}

function entryOf(
	records: LayerRecords,
	ordinal: number,
	path: string,
	type: EntryType,
	target: string,
	layer: number,
	inode: number,
): Entry {
	const at = ordinal * stride;
	const numbers = records.numbers;
	const kind = numbers[at + field.kind] as number;
	const xattrs = records.xattrs.get(ordinal);
	const entry = {
		path,
		type,
		mode: numbers[at + field.mode] as number,
		uid: numbers[at + field.uid] as number,
		gid: numbers[at + field.gid] as number,
		size: numbers[at + field.size] as number,
		layer,
		inode,
		content: contentKinds[Math.floor(kind / 16) % 16] as ContentKind,
		target: type === 'symlink' ? target : undefined,
		xattrs,
	};
	return entry as Entry;
}
