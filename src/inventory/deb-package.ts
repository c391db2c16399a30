import type { DpkgRecord } from '../formats/dpkg.ts';
import { formatPurl } from '../formats/purl.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Package, System } from '../model/package.ts';
import { distroQualifier, vendor } from './distribution.ts';

/** A record of dpkg, from whichever form of its database, as a package. */
export function debPackage(record: DpkgRecord, system: System, because: Evidence, files: readonly string[] | undefined): Package {
	return {
		name: record.name,
		version: record.version,
		ecosystem: 'deb',
		...(record.architecture === '' ? {} : { architecture: record.architecture }),
		purl: formatPurl({
			type: 'deb',
			namespace: vendor(system),
			name: record.name,
			version: record.version,
			qualifiers: { arch: record.architecture, distro: distroQualifier(system) },
		}),
		...(record.source === undefined ? {} : { source: record.source }),
		because,
		...(files === undefined ? {} : { files }),
	};
}
