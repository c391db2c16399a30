import type { BlindSpot, Inventory, Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { Rootfs } from '../model/rootfs.ts';
import { catalogers } from './catalogers/index.ts';
import { markSameSoftware } from './same-software.ts';
import { describeSystem } from './system.ts';
import { unreadableDatabases } from './unreadable-databases.ts';
import { unseenSoftware } from './unseen-software.ts';

/** Ecosystems whose database names what a distribution installed. */
const systemEcosystems: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm', 'nix']);

/**
 * Which operating system and which packages are in a file tree, and which files belong to which.
 * @throws FootingError `limit` when a package database is larger than `limits.textDatabase`
 */
export async function takeInventory(rootfs: Rootfs): Promise<Inventory> {
	const description = await describeSystem(rootfs);
	const { system } = description;
	const packages = new Map<string, Package>();
	const problems: Problem[] = [...description.problems];
	const blindSpots: BlindSpot[] = [...description.blindSpots];
	const present: string[] = [];
	for (const cataloger of catalogers) {
		const catalog = await cataloger.catalog(rootfs, system);
		// packages of a language say nothing of the system's own database
		if (catalog.present && systemEcosystems.has(cataloger.ecosystem)) present.push(cataloger.name);
		problems.push(...catalog.problems);
		blindSpots.push(...catalog.blindSpots);
		for (const p of catalog.packages) addOnce(packages, p);
	}
	const unreadable = unreadableDatabases(rootfs, catalogers);
	problems.push(...unreadable.problems);
	blindSpots.push(...unreadable.blindSpots);
	blindSpots.push(...unseenSoftware(rootfs, system, present, blindSpots));
	const list = [...packages.values()].sort(byNameThenVersion);
	const { owner, ownershipKnown } = ownership(list);
	return { system, packages: markSameSoftware(list, systemEcosystems, owner), owner, ownershipKnown, blindSpots, problems };
}

/** Two databases may name one package; which is the same by ecosystem, name, version and architecture. */
function addOnce(packages: Map<string, Package>, found: Package): void {
	const key = [found.ecosystem, found.name, found.version, found.architecture ?? ''].join('\0');
	const known = packages.get(key);
	if (known === undefined) packages.set(key, found);
	else if (known.files === undefined && found.files !== undefined) packages.set(key, { ...known, files: found.files });
}

function byNameThenVersion(a: Package, b: Package): number {
	return compare(a.ecosystem, b.ecosystem) || compare(a.name, b.name) || compare(a.version, b.version) || compare(a.purl, b.purl);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function ownership(packages: readonly Package[]): Pick<Inventory, 'owner' | 'ownershipKnown'> {
	let owners: Map<string, Package> | undefined;
	return {
		ownershipKnown: packages.some((p) => p.files !== undefined),
		owner(path) {
			if (owners === undefined) {
				owners = new Map();
				for (const p of packages) for (const file of p.files ?? []) owners.set(file, p);
			}
			return owners.get(path);
		},
	};
}
