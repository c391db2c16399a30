import { formatPurl } from '../../formats/purl.ts';
import { normalizedName, readDistributionMetadata } from '../../formats/python/metadata.ts';
import { limits } from '../../model/limits.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';

/** The ways in which an installed distribution is described beside its modules. */
const descriptions = [/\/([^/]+)\.dist-info\/METADATA$/, /\/([^/]+)\.egg-info\/PKG-INFO$/, /\/([^/]+)\.egg-info$/, /\/EGG-INFO\/PKG-INFO$/];

/**
 * Python distributions as `pip list` finds them in any directory: `NAME-VERSION.dist-info` (wheels), `NAME.egg-info` as a directory or one
 * file (setuptools, distutils), and unpacked eggs. Modules that a distribution brings along under its own name (`pip/_vendor`) are its own.
 */
export const pypi: Cataloger = {
	name: 'pypi',
	ecosystem: 'pypi',
	reads: ['*/x.dist-info/METADATA', '*/x.egg-info/PKG-INFO', '*/x.egg-info'],
	async catalog(rootfs) {
		const places = described(rootfs);
		if (places.length === 0) return nothing;
		const bodies = await rootfs.readMany(places, { limit: limits.textDatabase });
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const [path, body] of bodies) {
			const metadata = readDistributionMetadata(body);
			if (metadata === undefined) problems.push({ code: 'broken-record', where: path, message: 'it has no Name and Version' });
			else packages.push(packageOf(path, metadata.name, metadata.version));
		}
		return { packages, present: packages.length > 0, problems, blindSpots: brokenDatabase(problems) };
	},
};

function described(rootfs: Rootfs): readonly string[] {
	const found: string[] = [];
	for (const { type, path } of rootfs.entries())
		if (type === 'file' && /(METADATA|PKG-INFO|\.egg-info)$/.test(path) && descriptions.some((form) => form.test(path))) found.push(path);
	return found;
}

function packageOf(path: string, name: string, version: string): Package {
	return {
		name,
		version,
		ecosystem: 'pypi',
		purl: formatPurl({ type: 'pypi', name: normalizedName(name), version }),
		because: { path, shows: `Name: ${name}, Version: ${version}` },
	};
}
