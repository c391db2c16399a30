import { FootingError } from '../../src/model/errors.ts';
import type { Disk, FileStat, Host } from '../../src/model/host.ts';

/** What one path of a disk in memory holds: text, a link, or text with a mode. */
export type DiskEntry = string | { readonly link: string } | { readonly body: string | Uint8Array; readonly mode: number };

/** A local disk in memory; directories are those that the paths imply. Nothing but the disk of this host works. */
export function hostWithDisk(tree: Readonly<Record<string, DiskEntry>>): Host {
	const refuse = (): never => {
		throw new Error('this test reaches for something that is not there');
	};
	const network = { request: refuse };
	return {
		disk: diskOf(new Map(Object.entries(tree))),
		network,
		processes: { run: refuse },
		env: {},
		now: () => new Date(0),
		sleep: async () => {},
		cores: 1,
		startWorker: refuse,
		self: { id: 'test-1-1', isAlive: () => undefined },
		beforeEnd: () => () => {},
	};
}

function bodyOf(entry: DiskEntry): Uint8Array {
	if (typeof entry === 'string') return Buffer.from(entry);
	return 'body' in entry ? Buffer.from(entry.body) : new Uint8Array();
}

function diskOf(tree: ReadonlyMap<string, DiskEntry>): Disk {
	const stat = (path: string): FileStat | undefined => {
		const entry = tree.get(path);
		const common = { uid: 1000, gid: 1000, identity: path, links: 1, modifiedMs: 0 };
		if (entry === undefined)
			return [...tree.keys()].some((other) => other.startsWith(`${path}/`))
				? { ...common, type: 'directory', size: 0, mode: 0o755 }
				: undefined;
		if (typeof entry === 'object' && 'link' in entry) return { ...common, type: 'symlink', size: 0, mode: 0o777 };
		return { ...common, type: 'file', size: bodyOf(entry).length, mode: typeof entry === 'string' ? 0o644 : entry.mode };
	};
	const read = (path: string, limit: number): Uint8Array => {
		const entry = tree.get(path);
		if (entry === undefined || (typeof entry === 'object' && 'link' in entry)) throw new FootingError('not-found', `cannot read ${path}`);
		if (bodyOf(entry).length > limit) throw new FootingError('limit', `cannot read ${path}: too large`);
		return bodyOf(entry);
	};
	return {
		stat: async (path) => stat(path),
		list: async (directory) => [
			...new Set(
				[...tree.keys()]
					.filter((path) => path.startsWith(`${directory}/`))
					.map((path) => path.slice(directory.length + 1).split('/')[0] as string),
			),
		],
		readLink: async (path) => (tree.get(path) as { readonly link: string }).link,
		readFile: async (path, limit) => read(path, limit),
		open: async (path) => {
			const body = read(path, Number.MAX_SAFE_INTEGER);
			return { size: body.length, read: async (position, length) => body.subarray(position, position + length), close: async () => {} };
		},
		writeFile: async () => {},
		writePieces: async () => {},
		temporaryFile: async () => {
			throw new Error('this test writes a temporary file');
		},
	};
}
