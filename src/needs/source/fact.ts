import type { Evidence } from '../../model/evidence.ts';
import type { Certainty } from '../../model/verdict.ts';

/** Text that is known from its beginning; `whole` when nothing follows that is not known. */
export interface Known {
	readonly text: string;
	readonly whole: boolean;
}

/**
 * Something that a line of source does and that the base may not allow.
 * - `shell`: `/bin/sh -c command`, or another shell by its path
 * - `program`: starts a program by name or path; `arguments` as far as they are known
 * - `file`: reads a file by its absolute path
 * - `make`: makes or overwrites a file or directory; `above`: and the directories that are missing above it
 * - `roots`: trusts the certificate authorities of the system
 * - `zone`: asks the system for a time zone
 * - `locale`: sets a locale by name
 * - `character-sets`: converts texts between them
 * - `account`: asks for the entry of its own user (or that of a name) in /etc/passwd; a variable may stand in for it
 * - `library`: opens a library by its name while it runs
 */
export type Action =
	| { readonly kind: 'shell'; readonly shell: string; readonly command?: Known }
	| { readonly kind: 'program'; readonly program: string; readonly arguments: readonly Known[] }
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'make'; readonly path: string; readonly call: 'open' | 'mkdir'; readonly above: boolean }
	| { readonly kind: 'roots' }
	| { readonly kind: 'zone'; readonly zone: string }
	| { readonly kind: 'locale'; readonly locale: string }
	| { readonly kind: 'account'; readonly unless: readonly string[]; readonly name?: string; readonly message: string }
	| CharacterSets
	| OpenedLibrary;

/** dlopen of a name; the C library is that of the program. */
export interface OpenedLibrary {
	readonly kind: 'library';
	readonly library: string;
	readonly libc: 'glibc' | 'musl';
	readonly static: boolean;
}

/** Names as iconv_open takes them; the C library is that of the program, which may be part of it. */
export interface CharacterSets {
	readonly kind: 'character-sets';
	readonly names: readonly string[];
	readonly libc: 'glibc' | 'musl';
	readonly static: boolean;
}

export type Language = 'javascript' | 'python' | 'java' | 'go' | 'native' | 'shell';

/** An action with its place. */
export interface Fact {
	readonly action: Action;
	readonly language: Language;
	readonly because: Evidence;
	/** As far as the code around it tells; for the code of a dependency `possible`. */
	readonly certainty: Certainty;
	/** The program is started by the shell of another fact. */
	readonly inShell?: true;
	/** In a package rather than in the application's own code. */
	readonly dependency: boolean;
}

const order: readonly Certainty[] = ['possible', 'likely', 'required'];

/** The less certain of two. */
export function atMost(a: Certainty, b: Certainty): Certainty {
	return order.indexOf(a) < order.indexOf(b) ? a : b;
}

/** The more certain of several. */
export function strongest(certainties: readonly Certainty[]): Certainty {
	return order[Math.max(0, ...certainties.map((c) => order.indexOf(c)))] as Certainty;
}
