import type { Evidence } from './evidence.ts';

/** Package-URL types we have catalogers for; the one shared key between rooms. */
export type Ecosystem = 'deb' | 'apk' | 'rpm' | (string & {});

export interface Package {
	readonly name: string;
	readonly version: string;
	readonly ecosystem: Ecosystem;
	readonly architecture?: string;
	/** https://github.com/package-url/purl-spec */
	readonly purl: string;
	/** Source package, when it differs. */
	readonly source?: { readonly name: string; readonly version: string };
	readonly because: Evidence;
	/** Package URL of the system package that is the same software under another name; totals count the two once. */
	readonly sameAs?: string;
	/** Absolute paths the database says it owns; absent when the database does not say. */
	readonly files?: readonly string[];
}

/** Which operating system the root file system is, told by its files. */
export interface System {
	/** os-release ID: `debian`, `alpine`; `unknown` when nothing says. */
	readonly id: string;
	readonly versionId?: string;
	readonly versionCodename?: string;
	/** PRETTY_NAME, else NAME. */
	readonly name?: string;
	readonly idLike?: readonly string[];
	readonly libc: Libc;
	readonly because: readonly Evidence[];
}

export interface Libc {
	readonly family: 'glibc' | 'musl' | 'uclibc' | 'bionic' | 'none' | 'unknown';
	readonly version?: string;
	/** Path of the dynamic loader. */
	readonly loader?: string;
	readonly because: readonly Evidence[];
}

/** What the catalogers found. */
export interface Inventory {
	readonly system: System;
	readonly packages: readonly Package[];
	/** Which package owns a path (as the database writes it, usr-merge resolved); undefined: none. */
	owner(path: string): Package | undefined;
	/** Whether any database says which files it owns. */
	readonly ownershipKnown: boolean;
	readonly blindSpots: readonly BlindSpot[];
	readonly problems: readonly import('./problem.ts').Problem[];
}

/** Something that hides part of what is to be counted: the count prints as "at least N". */
export interface BlindSpot {
	readonly code: string;
	/** Which counts it makes uncertain: `packages`, `executables`, … */
	readonly hides: readonly string[];
	readonly message: string;
}
