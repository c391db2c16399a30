import type { ElfFacts, Entry, Rootfs } from '../../model/rootfs.ts';
import type { Finding } from './process.ts';

/** A path without `.`, `..` and doubled slashes; `..` is taken textually only for names in messages, the root resolves the rest. */
export function join(directory: string, name: string): string {
	return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`;
}

export function directoryOf(path: string): string {
	const slash = path.lastIndexOf('/');
	return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Whether the loader of this program could map the file: the same word size, byte order and processor. */
export function sameMachine(a: ElfFacts, b: ElfFacts): boolean {
	return a.bits === b.bits && a.endian === b.endian && a.machineNumber === b.machineNumber;
}

export interface Candidate {
	readonly path: string;
	readonly entry: Entry;
	/** Undefined: not an ELF file. */
	readonly elf: ElfFacts | undefined;
	/** Nobody looked at its first bytes. */
	readonly unread: boolean;
}

/** The regular file at a path, links followed. */
export function fileAt(rootfs: Rootfs, path: string): Candidate | undefined {
	const entry = rootfs.resolve(path);
	if (entry?.type !== 'file') return undefined;
	return { path, entry, elf: rootfs.elf(path), unread: entry.content === 'unread' };
}

/** What a loader makes of the file that it opened: another processor's is passed over, what is not ELF ends the search. */
export function judge(file: Candidate, program: ElfFacts): Finding | 'pass' {
	if (file.unread) return { kind: 'unread', path: file.path };
	if (file.elf === undefined) return { kind: 'unusable', path: file.path };
	if (!sameMachine(file.elf, program)) return 'pass';
	return { kind: 'file', path: file.path, entry: file.entry, elf: file.elf };
}
