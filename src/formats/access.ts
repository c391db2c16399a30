import { limits } from '../model/limits.ts';
import type { Entry, Rootfs } from '../model/rootfs.ts';

/** Who a process of the container is. */
export interface Identity {
	readonly uid: number;
	/** Primary group first, then the supplementary ones of /etc/group. */
	readonly gids: readonly number[];
	/** Further numbers that stand for this user (names given to `--chown`). */
	readonly aliases?: readonly number[];
}

export const root: Identity = { uid: 0, gids: [0] };

export type Wish = 'read' | 'write' | 'execute';

export type Access =
	| { readonly answer: 'yes'; readonly entry: Entry }
	| { readonly answer: 'no-entry' }
	/** `at` is the directory that must not be searched, or the file itself. */
	| { readonly answer: 'denied'; readonly at: string };

const bits = { read: 4, write: 2, execute: 1 } as const;

/**
 * Whether the kernel would let `who` do it (path_resolution(7), "Permissions"): search permission on every directory passed
 * through, then the bits of the file. Root may do all but execute a file without any execute bit. Access control lists and
 * read-only mounts are not seen. A directory or link on the way that belongs to nobody known is judged as written.
 */
export function access(rootfs: Rootfs, path: string, who: Identity, wish: Wish): Access {
	const trail = trailOf(rootfs, path);
	if (trail === undefined) return { answer: 'no-entry' };
	const last = trail.at(-1) as Entry;
	const closed = trail.slice(0, -1).find((directory) => !permitted(directory, who, 'execute'));
	if (closed) return { answer: 'denied', at: closed.path };
	return permitted(last, who, wish) ? { answer: 'yes', entry: last } : { answer: 'denied', at: last.path };
}

export function permitted(entry: Pick<Entry, 'mode' | 'uid' | 'gid' | 'type'>, who: Identity, wish: Wish): boolean {
	const bit = bits[wish];
	if (who.uid === 0) return wish !== 'execute' || entry.type === 'directory' || (entry.mode & 0o111) !== 0;
	if (who.uid === entry.uid || who.aliases?.includes(entry.uid)) return (entry.mode & (bit << 6)) !== 0;
	if (who.gids.includes(entry.gid)) return (entry.mode & (bit << 3)) !== 0;
	return (entry.mode & bit) !== 0;
}

/** Every directory that is passed through, those of links too, and last the entry that is reached. */
function trailOf(rootfs: Rootfs, path: string): readonly Entry[] | undefined {
	const passed: Entry[] = [];
	const pending = path.split('/').reverse();
	let here = '/';
	let hops = 0;
	for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
		if (name === '' || name === '.') continue;
		const directory = rootfs.get(here);
		if (directory && directory.type !== 'directory') return undefined;
		if (directory) passed.push(directory);
		if (name === '..') {
			here = here.slice(0, here.lastIndexOf('/')) || '/';
			continue;
		}
		const next = `${here === '/' ? '' : here}/${name}`;
		const entry = rootfs.get(next);
		if (entry === undefined) return undefined;
		if (entry.type !== 'symlink') {
			here = next;
			continue;
		}
		if (++hops > limits.linkHops || pending.length > limits.depth * 2) return undefined;
		const target = entry.target ?? '';
		if (target.startsWith('/')) here = '/';
		pending.push(...target.split('/').reverse());
	}
	const last = rootfs.get(here) ?? (here === '/' ? rootfs.resolve('/') : undefined);
	return last && [...passed, last];
}
