import { readPackageJson } from '../../formats/package-json.ts';
import type { Package } from '../../model/package.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';
import { type InstalledAs, installedAs } from '../installed-as.ts';
import { npmPackage } from '../npm-package.ts';
import { npmRoots } from '../npm-roots.ts';

const basename = 'package.json';

/**
 * Packages as npm, pnpm and yarn install them: `node_modules/NAME/package.json` at any depth, and projects that are their own root (an
 * application, a tool unpacked from its tarball; see npmRoots). What lies deeper inside a package (its tests' fixtures, a
 * `{"type":"module"}`) was not installed by anyone, as `npm ls` sees it.
 */
export const npm: Cataloger = {
	name: 'npm',
	ecosystem: 'npm',
	reads: [`*/node_modules/*/${basename}`],
	catalog(rootfs) {
		const isRoot = npmRoots(rootfs);
		const isPackage = (path: string): boolean => {
			const place = placeOf(path);
			return place !== undefined && (place.name !== undefined || isRoot(directoryOf(path)));
		};
		return catalogDescriptions(rootfs, { at: (path) => path.endsWith(`/${basename}`) && isPackage(path), read: packagesOf });
	},
};

function directoryOf(path: string): string {
	return path.slice(0, -basename.length - 1);
}

function placeOf(path: string): InstalledAs | undefined {
	return installedAs(directoryOf(path));
}

/** A root has to say name and version; what was installed may lack one, and is then known by its folder. */
function packagesOf(path: string, body: Uint8Array): readonly Package[] | string {
	const manifest = readPackageJson(body);
	const folder = placeOf(path)?.name;
	// a folder that is no package may hold anything under that name
	if (typeof manifest === 'string') return folder === undefined ? [] : manifest;
	const { version } = manifest;
	const name = manifest.name ?? (version === undefined ? undefined : folder);
	return name === undefined || (folder === undefined && version === undefined) ? [] : [packageOf(path, name, version ?? '')];
}

function packageOf(path: string, name: string, version: string): Package {
	return npmPackage(name, version, { path, shows: `"name": "${name}"${version === '' ? ', no version' : `, "version": "${version}"`}` });
}
