import type { Problem } from './problem.ts';

export type EntryType = 'file' | 'directory' | 'symlink' | 'character-device' | 'block-device' | 'fifo' | 'socket';

/** What the first bytes of a regular file say. `unread` when they were not looked at. */
export type ContentKind = 'elf' | 'script' | 'empty' | 'other' | 'unread';

/**
 * One name in the merged file tree. Paths are absolute and `/`-separated (`/usr/bin/sh`; the root is `/`), no `.`, `..`
 * or doubled slash. Names that are not UTF-8 hold each stray byte 0xNN as the lone surrogate U+DCNN (surrogateescape).
 */
export interface Entry {
	readonly path: string;
	readonly type: EntryType;
	/** Permission bits 0…0o7777, with setuid 0o4000, setgid 0o2000, sticky 0o1000. */
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Bytes of a regular file; 0 for everything else. */
	readonly size: number;
	/** Target of a symbolic link, as written. */
	readonly target?: string;
	/** Index of the layer that this name came from; 0 is the lowest. */
	readonly layer: number;
	/** Names of one file (hard links) share it. */
	readonly inode: number;
	readonly content: ContentKind;
	/** Extended attributes, for instance `security.capability`. */
	readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** What a process started in the container would see: all layers merged. Immutable. */
export interface Rootfs {
	readonly layerCount: number;
	readonly problems: readonly Problem[];
	/** Number of names, the root not counted. */
	readonly size: number;
	/** The entry at exactly this path; no link is followed, not in its parents either. */
	get(path: string): Entry | undefined;
	/**
	 * The entry that the kernel would reach: links followed in every component, never out of the root, at most 40.
	 * `followLast: false` returns a link in the last component itself (lstat). Undefined: ENOENT, ENOTDIR or ELOOP.
	 */
	resolve(path: string, options?: { readonly followLast?: boolean }): Entry | undefined;
	/** Names (not paths) in the directory at exactly this path, sorted. */
	list(path: string): readonly string[];
	/** All entries, sorted by path (code unit order), the root left out. */
	entries(): Iterable<Entry>;
	/**
	 * Body of the regular file reached by resolving the path. Kept bodies come at once, others are read from their layer
	 * again. Undefined when there is no regular file.
	 * @throws FootingError `limit` when larger than `limit` bytes (default: limits.sourceFile)
	 */
	read(path: string, options?: { readonly limit?: number }): Promise<Uint8Array | undefined>;
	/** Bodies of many files in as few passes as possible; missing files are left out of the map. Keys are the paths asked for. */
	readMany(paths: readonly string[], options?: { readonly limit?: number }): Promise<ReadonlyMap<string, Uint8Array>>;
	/** Facts of the ELF file reached by resolving the path; undefined when it is not one. */
	elf(path: string): ElfFacts | undefined;
	/** First line of a script (`#!` included, at most 256 bytes) reached by resolving the path. */
	shebang(path: string): string | undefined;
	/** What the Java archive reached by resolving the path says of itself; undefined when it was not looked into. */
	jar(path: string): JarFacts | undefined;
}

/** Which bodies to keep while the layers stream by. Serialisable: it travels to the worker thread. */
export interface Interest {
	/** Exact absolute paths. */
	readonly paths?: readonly string[];
	/** Everything below these directories (written with a trailing slash). */
	readonly prefixes?: readonly string[];
	/** Last components, wherever they lie. */
	readonly basenames?: readonly string[];
	/** Ends of names, for instance `.list`. */
	readonly suffixes?: readonly string[];
	/** Larger bodies are not kept (default: limits.textDatabase for `paths`, limits.sourceFile for the rest). */
	readonly maxBytes?: number;
	/** Keep executable scripts of at most this many bytes. */
	readonly scripts?: number;
	/** Texts to look for in the bytes of ELF files. */
	readonly marks?: readonly Mark[];
	/** Keep the dynamic symbol tables of ELF files too. */
	readonly symbols?: boolean;
	/** Keep what compilers wrote into ELF files about the parts they were built from. */
	readonly built?: boolean;
	/** Ends of names of Java archives of which the descriptions are kept. */
	readonly jars?: readonly string[];
}

/** A text in the bytes of an ELF file that tells what it is: `BusyBox v`, or `node.js/v` with the version behind it. */
export interface Mark {
	/** Of the fact: `ElfFacts.marks` holds it when the text was found. Several texts may share one. */
	readonly name: string;
	readonly text: string;
	/** Keep the characters `0-9 A-Z a-z . + - _ ~` that follow the text, at most this many, in `ElfFacts.captures`. */
	readonly capture?: number;
	/** Look only in files of at least (default 0) and at most (default 8 MiB) this many bytes. */
	readonly minBytes?: number;
	readonly maxBytes?: number;
	/** Look in libraries too, not only in what could be started. */
	readonly libraries?: boolean;
}

/** What stood behind the text of a mark. */
export interface Capture {
	readonly name: string;
	readonly text: string;
}

export interface ElfVersionNeed {
	/** The library that has to define them: `libc.so.6`. */
	readonly library: string;
	readonly versions: readonly { readonly name: string; readonly weak: boolean }[];
}

export interface ElfSymbol {
	readonly name: string;
	/** Symbol version, for instance `GLIBC_2.34`; absent when unversioned. */
	readonly version?: string;
	readonly binding: 'global' | 'weak';
	readonly type: 'function' | 'object' | 'tls' | 'other';
	/** For a definition: the version hidden behind `@` rather than `@@`. */
	readonly hidden?: boolean;
}

/**
 * The dynamic symbol tables of one ELF file as they lie in it: bytes rather than objects, because a large program has
 * 100,000 symbols, most of which nobody asks for. Byte order and word size are those of the file. Plain data: it travels
 * between threads; all arrays share one buffer of their own.
 */
export interface ElfSymbolTables {
	/** DT_SYMTAB */
	readonly symbols: Uint8Array;
	/** DT_STRTAB */
	readonly strings: Uint8Array;
	/** DT_VERSYM: a 16-bit index for each symbol. */
	readonly versions?: Uint8Array;
	/** Version by the index in `versions`. */
	readonly versionNames: ReadonlyMap<number, string>;
	/** DT_GNU_HASH */
	readonly gnuHash?: Uint8Array;
	/**
	 * For each symbol how relocations refer to it: 1 through the procedure linkage table, 2 through the global offset table,
	 * 4 otherwise; 0 is not at all. Absent when the relocations could not be read.
	 */
	readonly references?: Uint8Array;
}

/** What the dynamic linker would read of an ELF file (System V gABI, GNU symbol versioning). */
export interface ElfFacts {
	readonly bits: 32 | 64;
	readonly endian: 'little' | 'big';
	/** `x86-64`, `i386`, `aarch64`, `arm`, `riscv64`, `ppc64`, `s390x` … or `unknown`. */
	readonly machine: string;
	/** e_machine as a number */
	readonly machineNumber: number;
	readonly type: 'executable' | 'shared' | 'relocatable' | 'core' | 'other';
	/** PT_INTERP */
	readonly interpreter?: string;
	/** Has a PT_DYNAMIC segment. */
	readonly dynamic: boolean;
	/** DF_1_PIE: a position-independent executable although its type is `shared`. */
	readonly pie: boolean;
	readonly soname?: string;
	/** DT_NEEDED in order. */
	readonly needed: readonly string[];
	readonly rpath?: readonly string[];
	readonly runpath?: readonly string[];
	readonly versionNeeds: readonly ElfVersionNeed[];
	/** Versions that this file defines (DT_VERDEF), its own base version left out. */
	readonly versionDefinitions: readonly string[];
	/** DT_FLAGS BIND_NOW or DT_FLAGS_1 NOW: unresolved functions fail at the start, not at the call. */
	readonly bindNow: boolean;
	/** Names of the interest's marks found in the bytes. */
	readonly marks: readonly string[];
	/** What followed the marks that ask for it, in the order of the interest; at most four different ones of each. */
	readonly captures?: readonly Capture[];
	/** Only with `Interest.built`: what was written into the file about the parts it was built from. */
	readonly built?: BuildNotes;
	/** Only with `Interest.symbols`: the dynamic symbols, read with `formats/elf-lookup.ts`. */
	readonly symbols?: ElfSymbolTables;
	/** Why the file could not be read to the end; the other fields hold what was read before. */
	readonly broken?: string;
}

/** What compilers write into a program about what they built it from, as text. */
export interface BuildNotes {
	/** The Go linker's build information: the version of Go, and the lines of `go version -m`. */
	readonly go?: { readonly version: string; readonly modules: string };
	/** JSON of `cargo auditable`; empty when it is damaged. */
	readonly rust?: string;
	/** There is more, in a part of a large file that was not kept: read the file again. */
	readonly unread?: true;
}

/** What a Java archive and the archives in it say of themselves. Plain data: it travels between threads. */
export interface JarFacts {
	/** The archive itself first, then those in it, in the order of their directories. */
	readonly parts: readonly JarPart[];
	/** Why something in it was not looked at, or the whole is no archive. */
	readonly unread?: string;
}

export interface JarPart {
	/** Names of the archives on the way into the nested one; empty for the file itself. */
	readonly inside: readonly string[];
	/** Main section of the manifest; names in lower case, values cut to what a name or version may be. */
	readonly manifest: ReadonlyMap<string, string>;
	/** Every META-INF/maven/…/pom.properties: one of its own, and in a shaded archive one of each library. */
	readonly poms: readonly MavenCoordinates[];
}

export interface MavenCoordinates {
	readonly group: string;
	readonly artifact: string;
	readonly version: string;
	/** Name of the file in the archive. */
	readonly file: string;
}
