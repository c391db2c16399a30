import { type PnpPackage, readPnp, versionInReference } from '../../formats/javascript/plug-n-play.ts';
import { readPackageJson } from '../../formats/package-json.ts';
import type { Package } from '../../model/package.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';
import { npmPackage } from '../npm-package.ts';

/** The table of a large monorepo. */
const limit = 32 * 1024 * 1024;
const loader = /\/\.pnp\.c?js$/;
const data = '/.pnp.data.json';

/**
 * Packages of Yarn's Plug'n'Play, which has no `node_modules`: by the table that the loader reads, as far as the archive in `.yarn/cache` or the
 * directory that it names is there. Archives that no table names are a download cache. Workspaces are known by their own package.json.
 */
export const yarnPnp: Cataloger = {
	name: 'yarn-pnp',
	ecosystem: 'npm',
	reads: ['*/.pnp.cjs', '*/.pnp.js', `*${data}`],
	async catalog(rootfs) {
		const workspaces = new Set<string>();
		const catalog = await catalogDescriptions(rootfs, {
			limit,
			at: (path) => path.endsWith(data) || (loader.test(path) && rootfs.resolve(path.replace(loader, data))?.type !== 'file'),
			read: (path, body) => packagesOf(rootfs, path, body, workspaces),
		});
		if (workspaces.size === 0) return catalog.packages.length + catalog.problems.length === 0 ? nothing : catalog;
		const packages = [...catalog.packages, ...(await workspacePackages(rootfs, workspaces))];
		return { ...catalog, packages, present: packages.length > 0 };
	},
};

function packagesOf(rootfs: Rootfs, path: string, body: Uint8Array, workspaces: Set<string>): readonly Package[] | string {
	const table = readPnp(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
	if (typeof table === 'string') return table;
	const directory = path.slice(0, path.lastIndexOf('/'));
	return table.flatMap((one) => {
		const place = `${directory}/${one.location}`;
		if (one.reference.startsWith('workspace:')) workspaces.add(`${place}/package.json`);
		return one.reference.startsWith('workspace:') || !isThere(rootfs, place) ? [] : [packageOf(path, one)];
	});
}

/** What lies in an archive is there when the archive is. */
function isThere(rootfs: Rootfs, place: string): boolean {
	const end = place.indexOf('.zip/');
	return end === -1 ? rootfs.resolve(place)?.type === 'directory' : rootfs.resolve(place.slice(0, end + '.zip'.length))?.type === 'file';
}

function packageOf(path: string, { name, reference }: PnpPackage): Package {
	return npmPackage(name, versionInReference(reference), { path, shows: `"${name}", "${reference}"` });
}

async function workspacePackages(rootfs: Rootfs, paths: ReadonlySet<string>): Promise<readonly Package[]> {
	const found: Package[] = [];
	const readable = [...paths].flatMap((path) => {
		const entry = rootfs.resolve(path);
		return entry?.type === 'file' && entry.size <= limit ? [entry.path] : [];
	});
	for (const [path, body] of await rootfs.readMany(readable, { limit })) {
		const manifest = readPackageJson(body);
		if (typeof manifest === 'string' || manifest.name === undefined || manifest.version === undefined) continue;
		const { name, version } = manifest;
		found.push(npmPackage(name, version, { path, shows: `"name": "${name}", "version": "${version}"` }));
	}
	return found;
}
