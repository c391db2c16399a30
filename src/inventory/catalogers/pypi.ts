import { formatPurl } from '../../formats/purl.ts';
import { normalizedName, readDistributionMetadata } from '../../formats/python/metadata.ts';
import type { Package } from '../../model/package.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogDescriptions } from '../descriptions.ts';

/** The ways in which an installed distribution is described beside its modules. */
const description = /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$|\.egg-info$|\/EGG-INFO\/PKG-INFO$/;

/**
 * Python distributions as `pip list` finds them in any directory: `NAME-VERSION.dist-info` (wheels), `NAME.egg-info` as a directory or one
 * file (setuptools, distutils), and unpacked eggs. Modules that a distribution brings along under its own name (`pip/_vendor`) are its own.
 */
export const pypi: Cataloger = {
	name: 'pypi',
	ecosystem: 'pypi',
	reads: ['*/x.dist-info/METADATA', '*/x.egg-info/PKG-INFO', '*/x.egg-info'],
	catalog: (rootfs) => catalogDescriptions(rootfs, { at: (path) => description.test(path), read: packagesOf }),
};

function packagesOf(path: string, body: Uint8Array): readonly Package[] | string {
	const metadata = readDistributionMetadata(body);
	return metadata === undefined ? 'it has no Name and Version' : [packageOf(path, metadata.name, metadata.version)];
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
