import { type PackageJson, readPackageJson } from '../../formats/package-json.ts';
import { formatPurl } from '../../formats/purl.ts';
import { limits } from '../../model/limits.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';
import { type InstalledAs, installedAs } from '../installed-as.ts';

const basename = 'package.json';

/**
 * Packages as npm, pnpm and yarn install them: `node_modules/NAME/package.json` at any depth, and the package that is its own
 * root (an application, a tool unpacked from its tarball). What lies deeper inside a package (its tests' fixtures, a
 * `{"type":"module"}`) was not installed by anyone, as `npm ls` sees it.
 */
export const npm: Cataloger = {
	name: 'npm',
	ecosystem: 'npm',
	reads: [`*/node_modules/*/${basename}`],
	async catalog(rootfs) {
		const places = manifests(rootfs);
		if (places.size === 0) return nothing;
		const bodies = await rootfs.readMany([...places.keys()], { limit: limits.textDatabase });
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const [path, body] of bodies) {
			const manifest = readPackageJson(body);
			const { name: folder } = places.get(path) as InstalledAs;
			// a folder that is no package may hold anything under that name
			if (typeof manifest === 'string')
				problems.push(...(folder === undefined ? [] : [{ code: 'broken-record', where: path, message: manifest }]));
			else packages.push(...packagesOf(path, manifest, folder));
		}
		return { packages, present: packages.length > 0, problems, blindSpots: brokenDatabase(problems) };
	},
};

function manifests(rootfs: Rootfs): ReadonlyMap<string, InstalledAs> {
	const found = new Map<string, InstalledAs>();
	for (const entry of rootfs.entries()) {
		if (entry.type !== 'file' || !entry.path.endsWith(`/${basename}`)) continue;
		const as = installedAs(entry.path.slice(0, -basename.length - 1));
		if (as !== undefined) found.set(entry.path, as);
	}
	return found;
}

/** A root has to say name and version; what was installed may lack one, and is then known by its folder. */
function packagesOf(path: string, manifest: PackageJson, folder: string | undefined): readonly Package[] {
	const { version } = manifest;
	const name = manifest.name ?? (version === undefined ? undefined : folder);
	return name === undefined || (folder === undefined && version === undefined) ? [] : [packageOf(path, name, version ?? '')];
}

function packageOf(path: string, name: string, version: string): Package {
	const slash = name.startsWith('@') ? name.indexOf('/') : -1;
	return {
		name,
		version,
		ecosystem: 'npm',
		purl: formatPurl({
			type: 'npm',
			namespace: slash === -1 ? undefined : name.slice(0, slash),
			name: name.slice(slash + 1),
			version,
		}),
		because: { path, shows: `"name": "${name}"${version === '' ? ', no version' : `, "version": "${version}"`}` },
	};
}
