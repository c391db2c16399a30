import type { ElfFacts, Entry } from '../../model/rootfs.ts';

/** A file that a dynamic linker has mapped. */
export interface LoadedObject {
	/** The path it was opened by: what messages name, and what `$ORIGIN` is taken from. */
	readonly name: string;
	/** Where it lies after all links. */
	readonly entry: Entry;
	readonly elf: ElfFacts;
	/** Who asked for it first; the program and preloaded libraries have nobody. */
	readonly neededBy?: LoadedObject;
}

export type DefectKind =
	/** The kernel finds no loader. */
	| 'no-loader'
	/** Not for this processor, or not a program at all. */
	| 'bad-format'
	| 'missing-library'
	| 'unusable-library'
	| 'missing-version'
	| 'missing-symbol';

/** Something that the loader would complain about. */
export interface Defect {
	readonly kind: DefectKind;
	/** Word for word what it prints or puts into the exception. */
	readonly message: string;
	/** `load`: nothing runs. `call`: the process ends when the function is called for the first time. */
	readonly when: 'load' | 'call';
	/** The file that needs what is missing. */
	readonly by: LoadedObject | undefined;
	/** Library name, version or symbol that is missing. */
	readonly missing: string;
}

/** What a loader did: which files it mapped, in its order, and what it complained about. */
export interface Mapping {
	readonly objects: readonly LoadedObject[];
	readonly defects: readonly Defect[];
	/** What the model could not see; any makes an answer without defects `unknown`. */
	readonly doubts: readonly string[];
}

export type Libc = 'glibc' | 'musl' | 'none';

/** A program that was started. */
export interface Process extends Mapping {
	/** `none`: the program is static and loads nothing. */
	readonly libc: Libc;
	/** The loader (PT_INTERP), when there is one. */
	readonly interpreter?: LoadedObject;
	/** What dlopen of this absolute path, or of a library's name, would do. */
	open(path: string, options: OpenOptions): Mapping;
}

export interface OpenOptions {
	/** RTLD_LAZY: functions are looked for when they are called. */
	readonly lazy: boolean;
}

/** How a program is started. */
export interface Start {
	/** Absolute path of an ELF file. */
	readonly path: string;
	/** argv[0]: glibc's loader begins its messages with it. */
	readonly name: string;
	readonly env: readonly { readonly name: string; readonly value: string }[];
	/** The processor that the base is for; undefined: nothing in it tells (scratch). */
	readonly machine: string | undefined;
	/** ldconfig ran after the application's files were put in. */
	readonly cacheRebuilt: boolean;
}

/** One libc's way to find libraries and symbols. */
export interface Linker {
	readonly libc: 'glibc' | 'musl';
	readonly preload: readonly string[];
	/** The file that `name` (DT_NEEDED of `by`) leads to. */
	find(name: string, by: LoadedObject, loaded: readonly LoadedObject[]): Finding;
	/** How it says that a library is missing or cannot be used. */
	missing(name: string, by: LoadedObject, why: 'missing' | 'unusable', path: string | undefined): string;
	/** Version needs that are not met. */
	versions(objects: readonly LoadedObject[], loaded: readonly LoadedObject[]): readonly Defect[];
	/** Whether any of these objects offers the symbol. */
	provides(scope: readonly LoadedObject[], symbol: { readonly name: string; readonly version?: string }): boolean;
	undefinedSymbol(by: LoadedObject, symbol: { readonly name: string; readonly version?: string }, when: 'start' | 'open' | 'call'): string;
	/** When an undefined symbol with these references is looked for. */
	bindsAt(object: LoadedObject, references: number | undefined, when: 'start' | 'open', lazy: boolean): 'load' | 'call';
}

export type Finding =
	/** Mapped already, or the loader itself. */
	| { readonly kind: 'loaded'; readonly object: LoadedObject }
	| { readonly kind: 'file'; readonly path: string; readonly entry: Entry; readonly elf: ElfFacts; readonly doubt?: string }
	/** A file that ends the search although it will not do. */
	| { readonly kind: 'unusable'; readonly path: string }
	/** Nobody looked at the first bytes of the file. */
	| { readonly kind: 'unread'; readonly path: string }
	| { readonly kind: 'missing' };
