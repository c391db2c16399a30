import { type ApkRecord, readApkInstalled } from '../../formats/apk.ts';
import { formatPurl } from '../../formats/purl.ts';
import { limits } from '../../model/limits.ts';
import type { Package, System } from '../../model/package.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';
import { distroQualifier, vendor } from '../distribution.ts';
import { realPaths } from '../real-path.ts';

/** apk 2, and the move below `/usr` that apk 3 and Wolfi made; an image may have both. */
const databases = ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'];

/** Alpine's and Wolfi's package database. */
export const apk: Cataloger = {
	name: 'apk',
	ecosystem: 'apk',
	reads: databases,
	async catalog(rootfs, system) {
		const bodies = await rootfs.readMany(databases, { limit: limits.textDatabase });
		if (bodies.size === 0) return nothing;
		const real = realPaths(rootfs);
		const read = [...bodies].map(([path, body]) => ({ path, ...readApkInstalled(body, path) }));
		const problems = read.flatMap((r) => r.problems);
		return {
			packages: read.flatMap(({ path, records }) => records.map((record) => packageOf(record, path, system, real))),
			present: true,
			problems,
			blindSpots: brokenDatabase(problems),
		};
	},
};

function packageOf(record: ApkRecord, path: string, system: System, real: (path: string) => string): Package {
	const { name, version, architecture, origin } = record;
	return {
		name,
		version,
		ecosystem: 'apk',
		...(architecture === '' ? {} : { architecture }),
		purl: formatPurl({
			type: 'apk',
			namespace: vendor(system),
			name: name.toLowerCase(),
			version,
			qualifiers: { arch: architecture, distro: distroQualifier(system) },
		}),
		// subpackages share the version of what they were built from
		...(origin === undefined || origin === name ? {} : { source: { name: origin, version } }),
		because: { path, line: record.line, shows: `installed: ${name} ${version}` },
		files: record.files.map(real),
	};
}
