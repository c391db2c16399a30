import type { ElfFacts, Entry } from '../model/rootfs.ts';
import type { Signature } from './signatures.ts';

/** A regular file that the kernel could start: an execute bit, and an ELF program, a loader or a `#!` line. */
export interface Program {
	/** Under its most telling name. */
	readonly entry: Entry;
	/** All paths that start it, its own first: hard links, then symbolic links. */
	readonly names: readonly string[];
	readonly kind: 'elf' | 'loader' | 'script';
	readonly elf?: ElfFacts;
	/** For a script: what its first line asks for, `/bin/sh`; behind `env` the name that is searched. */
	readonly interpreter?: string;
	/** Why it cannot start here, when it cannot: its loader or interpreter is not in the image. */
	readonly cannotStart?: string;
	/** What its bytes say it is. */
	readonly is: readonly Identity[];
}

export interface Identity {
	readonly name: string;
	readonly kind: Signature['kind'];
	readonly version?: string;
	/** For evidence. */
	readonly shows: string;
}

/** Last component of a path. */
export function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
