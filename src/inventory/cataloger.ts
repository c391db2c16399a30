import type { BlindSpot, Ecosystem, Package, System } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** What one cataloger found. */
export interface Catalog {
	readonly packages: readonly Package[];
	/** Whether there is a database at all, be it empty. */
	readonly present: boolean;
	readonly problems: readonly Problem[];
	readonly blindSpots: readonly BlindSpot[];
}

/**
 * Reads one kind of package database or one kind of traces that packages leave. `Package.files` are the paths as they
 * lie in the image (links in their directories resolved). A database that is broken in part gives the packages that can
 * be read, a problem and a blind spot; only `limit` errors of the file itself are thrown.
 */
export interface Cataloger {
	/** For people and for docs: `dpkg`. */
	readonly name: string;
	readonly ecosystem: Ecosystem;
	/** Where it looks, for docs. */
	readonly reads: readonly string[];
	catalog(rootfs: Rootfs, system: System): Promise<Catalog>;
}

export const nothing: Catalog = { packages: [], present: false, problems: [], blindSpots: [] };

/** The blind spot of a database that has broken records. */
export function brokenDatabase(problems: readonly Problem[]): readonly BlindSpot[] {
	const first = problems[0];
	if (first === undefined) return [];
	return [{ code: 'broken-database', hides: ['packages'], message: `${first.where} cannot be read in part: ${first.message}` }];
}
