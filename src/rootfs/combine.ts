import { type Bodies, childPath, newRoot, type TreeNode, treeRootfs, walk } from '../model/file-tree.ts';
import type { Entry, Rootfs } from '../model/rootfs.ts';

/**
 * A base with an application's files on top, as one more layer would lie there: names below a link to a directory go
 * where the link leads, a file replaces a directory and the other way round, attributes of existing directories that the
 * top only passes through stay those of the base when the top says nothing (`implied` directories).
 */
export function combine(base: Rootfs, top: Rootfs): Rootfs {
	const root = newRoot();
	const origin = new Map<number, { readonly rootfs: Rootfs; readonly entry: Entry }>();
	let inode = 0;
	const adopt = (rootfs: Rootfs, entry: Entry, path: string, layer: number): Entry => {
		inode += 1;
		origin.set(inode, { rootfs, entry });
		return { ...entry, path, layer, inode };
	};
	for (const entry of base.entries()) put(root, entry, (path) => adopt(base, entry, path, entry.layer));
	for (const entry of top.entries()) put(root, entry, (path) => adopt(top, entry, path, base.layerCount + entry.layer));
	const bodies: Bodies = {
		kept: () => undefined,
		elf: (entry) => from(origin, entry, (o) => o.rootfs.elf(o.entry.path)),
		shebang: (entry) => from(origin, entry, (o) => o.rootfs.shebang(o.entry.path)),
		jar: (entry) => from(origin, entry, (o) => o.rootfs.jar(o.entry.path)),
		async fetch(entries, limit) {
			const found = new Map<number, Uint8Array>();
			for (const rootfs of [base, top]) {
				const mine = entries.filter((e) => origin.get(e.inode)?.rootfs === rootfs);
				const read = await rootfs.readMany(
					mine.map((e) => (origin.get(e.inode) as { readonly entry: Entry }).entry.path),
					{ limit },
				);
				for (const e of mine) {
					const body = read.get((origin.get(e.inode) as { readonly entry: Entry }).entry.path);
					if (body !== undefined) found.set(e.inode, body);
				}
			}
			return found;
		},
	};
	return treeRootfs(root, bodies, { layerCount: base.layerCount + top.layerCount, problems: [...base.problems, ...top.problems] });
}

function from<T>(
	origin: ReadonlyMap<number, { readonly rootfs: Rootfs; readonly entry: Entry }>,
	entry: Entry,
	get: (o: { readonly rootfs: Rootfs; readonly entry: Entry }) => T | undefined,
): T | undefined {
	const found = origin.get(entry.inode);
	return found === undefined ? undefined : get(found);
}

/** Parents come before their children in `Rootfs.entries()`, so the directory is there unless a file is in the way. */
function put(root: TreeNode, entry: Entry, adopt: (path: string) => Entry): void {
	const slash = entry.path.lastIndexOf('/');
	const parent = walk(root, slash <= 0 ? '/' : entry.path.slice(0, slash), true);
	if (parent?.children === undefined) return;
	const name = entry.path.slice(slash + 1);
	const there = parent.children.get(name);
	if (entry.type === 'directory') {
		const followed = there?.entry.type === 'symlink' ? walk(root, childPath(parent.entry.path, name), true) : there;
		// COPY into a directory that is there, or a link to one, keeps it
		if (followed?.children !== undefined) return;
	}
	parent.children.set(name, {
		entry: adopt(childPath(parent.entry.path, name)),
		children: entry.type === 'directory' ? new Map() : undefined,
	});
}
