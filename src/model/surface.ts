import type { CapabilityName } from './capability.ts';
import type { Evidence } from './evidence.ts';
import type { BlindSpot } from './package.ts';
import type { Verdict } from './verdict.ts';

export const tiers = ['full', 'slim', 'alpine', 'distroless', 'scratch', 'custom'] as const;
export type Tier = (typeof tiers)[number];

/** Something an attacker could use, with how it was found. */
export interface Item {
	/** Name a user would say: `bash`, `curl`. */
	readonly name: string;
	/** Where it lies; further names of it (links) in `because`. */
	readonly path?: string;
	/** Of a program, told by its bytes, the library it is linked with or a name such as `python3.11`. */
	readonly version?: string;
	readonly because: readonly Evidence[];
	/** For utilities: what it is good for. */
	readonly capabilities?: readonly string[];
	readonly package?: string;
	/** Whether its file lies in a layer of the base or was added above; absent where the base is not known. */
	readonly origin?: Origin;
}

export type Origin = 'base' | 'added';

/** A number that can be opened: `atLeast` when a blind spot may hide more. */
export interface Count {
	readonly count: number;
	readonly atLeast?: boolean;
	readonly items?: readonly Item[];
}

/** The metrics' fixed names; each is one member of `surface/metrics/`. */
export interface Surface {
	readonly packages: Count & { readonly byEcosystem: Readonly<Record<string, number>> };
	readonly shells: Count;
	readonly packageManagers: Count;
	readonly utilities: Count & { readonly byCapability: Readonly<Record<string, number>> };
	readonly interpreters: Count;
	readonly compilers: Count;
	readonly setuid: Count;
	readonly setgid: Count;
	readonly fileCapabilities: Count;
	readonly worldWritable: Count;
	readonly executables: Count;
	readonly libraries: Count;
	readonly files: Count;
	/** Regular files' bytes, each file once however many names it has. */
	readonly bytes: Count;
}

export interface Coverage {
	readonly executables: {
		readonly owned: number;
		readonly unowned: number;
		/** Those that no package owns, by path. */
		readonly unownedItems?: readonly Item[];
	};
	readonly ghostPackages: Count;
	readonly blindSpots: readonly BlindSpot[];
}

/** A program, or a program that plays others, with which something can be done. */
export interface Way {
	/** Of the file. */
	readonly path: string;
	/** How: `busybox nc`, `python3 socket`, or the program itself. */
	readonly through: string;
	/** Part of the runtime that the application is started with: it cannot be taken away. */
	readonly inherent: boolean;
	readonly because: string;
	readonly origin?: Origin;
}

/**
 * Can somebody who may start programs here do this? `holds` with the ways, most telling first; `unknown` where a blind spot
 * could hide a way. What the application's own code does is not asked.
 */
export interface CapabilityAnswer {
	readonly name: CapabilityName;
	/** For people: `fetch a file`. */
	readonly title: string;
	readonly answer: Verdict;
	readonly ways: readonly Way[];
	readonly because: string;
}

/** Software told by its own bytes, whatever the databases say. */
export interface Software {
	/** Product: `node`, `openssl`. */
	readonly name: string;
	readonly version?: string;
	readonly path: string;
	readonly because: readonly Evidence[];
	/** The package that owns the file; software without one is listed here only, not among the packages. */
	readonly package?: string;
	/** `pkg:generic/node@20.11.1`, for software that no package owns. */
	readonly purl?: string;
	readonly origin?: Origin;
}

export interface Measurement {
	readonly surface: Surface;
	readonly coverage: Coverage;
	/** In the order of `capabilityTitles`. */
	readonly capabilities: readonly CapabilityAnswer[];
	readonly software: readonly Software[];
	readonly tier: Tier;
	readonly tierBecause: readonly string[];
}
