import type { Problem } from '../model/problem.ts';
import type { ContentKind, ElfFacts, EntryType, JarFacts } from '../model/rootfs.ts';

export const recordTypes = [
	'file',
	'directory',
	'symlink',
	'character-device',
	'block-device',
	'fifo',
	'socket',
	'hardlink',
	'whiteout',
	'opaque',
] as const;
export type RecordType = EntryType | 'hardlink' | 'whiteout' | 'opaque';

export const contentKinds: readonly ContentKind[] = ['elf', 'script', 'empty', 'other', 'unread'];

/** Figures per entry in `LayerRecords.numbers`. */
export const stride = 6;
export const field = { kind: 0, mode: 1, uid: 2, gid: 3, size: 4, offset: 5 } as const;

/**
 * What one layer holds, compact enough to travel between threads: names joined by NUL, figures in one typed array, and
 * maps keyed by the ordinal of the entry for the few that have more. `kind` is type + 16 × content + 256 × sparse.
 */
export interface LayerRecords {
	readonly count: number;
	/** Normal absolute paths in archive order; for a whiteout the path that it hides. */
	readonly paths: string;
	/** Targets of links, one per entry (empty for the rest). */
	readonly links: string;
	readonly numbers: Float64Array;
	readonly bodies: ReadonlyMap<number, Uint8Array>;
	readonly elf: ReadonlyMap<number, ElfFacts>;
	readonly shebangs: ReadonlyMap<number, string>;
	readonly jars: ReadonlyMap<number, JarFacts>;
	readonly xattrs: ReadonlyMap<number, ReadonlyMap<string, Uint8Array>>;
	readonly problems: readonly Problem[];
	/** Bytes that all but the bodies take in memory, about. */
	readonly remembered: number;
}
