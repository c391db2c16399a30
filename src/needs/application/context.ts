import { FootingError } from '../../model/errors.ts';
import type { Disk } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import type { IgnoreRules } from './ignore.ts';

/** One name of the build context. */
export interface ContextEntry {
	/** `/`-separated, relative to the context; the context itself is `''`. */
	readonly path: string;
	readonly type: 'file' | 'directory' | 'symlink';
	readonly mode: number;
	readonly size: number;
	readonly target?: string;
	/** Where it is on the local disk. */
	readonly source: string;
	/** Names of the directory's entries, sorted. */
	readonly names: readonly string[];
}

/** What the build would be sent: the directory without what .dockerignore leaves out. Links are kept as links. */
export type BuildContext = ReadonlyMap<string, ContextEntry>;

/** Walks with lstat, at most `limits.entries` names and `limits.depth` deep. */
export async function readContext(disk: Disk, directory: string, rules: IgnoreRules): Promise<BuildContext> {
	const entries = new Map<string, ContextEntry>();
	const pending: (readonly string[])[] = [[]];
	for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
		const source = [directory, ...path].join('/');
		const names = [...(await disk.list(source))].sort();
		const kept: string[] = [];
		for (const name of names) {
			const inner = [...path, name];
			const excluded = rules.excludes(inner);
			if (excluded && !rules.hasExceptions) continue;
			const entry = await entryOf(disk, inner.join('/'), `${source}/${name}`);
			if (entry === undefined || (excluded && entry.type !== 'directory')) continue;
			kept.push(name);
			entries.set(entry.path, entry);
			if (entry.type === 'directory') pending.push(inner);
			if (entries.size > limits.entries || inner.length > limits.depth)
				throw new FootingError(
					'limit',
					`cannot read the build context ${quote(directory)}: it has more than ${limits.entries} names or is deeper than ${limits.depth}`,
				);
		}
		const here = entries.get(path.join('/'));
		entries.set(
			path.join('/'),
			here ? { ...here, names: kept } : { path: '', type: 'directory', mode: 0o755, size: 0, source, names: kept },
		);
	}
	return entries;
}

async function entryOf(disk: Disk, path: string, source: string): Promise<ContextEntry | undefined> {
	const stat = await disk.stat(source);
	if (stat === undefined || stat.type === 'other') return undefined;
	const entry = { path, type: stat.type, mode: stat.mode & 0o7777, size: stat.size, source, names: [] };
	return stat.type === 'symlink' ? { ...entry, target: await disk.readLink(source) } : entry;
}
