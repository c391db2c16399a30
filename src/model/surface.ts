import type { Evidence } from './evidence.ts';
import type { BlindSpot } from './package.ts';

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
}

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
	readonly executables: { readonly owned: number; readonly unowned: number };
	readonly ghostPackages: Count;
	readonly blindSpots: readonly BlindSpot[];
}

export interface Measurement {
	readonly surface: Surface;
	readonly coverage: Coverage;
	readonly tier: Tier;
	readonly tierBecause: readonly string[];
}
