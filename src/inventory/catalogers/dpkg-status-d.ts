import { type DpkgRecord, readDpkgStatus, readMd5sums } from '../../formats/dpkg.ts';
import { limits } from '../../model/limits.ts';
import type { Package, System } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';
import { debPackage } from '../deb-package.ts';
import { realPaths } from '../real-path.ts';

const directory = '/var/lib/dpkg/status.d';
const sums = '.md5sums';

/**
 * The control files that distroless images keep, one per package; being there means installed. `NAME.md5sums` beside them
 * lists the regular files that are no configuration.
 */
export const dpkgStatusD: Cataloger = {
	name: 'dpkg-status-d',
	ecosystem: 'deb',
	reads: [`${directory}/*`],
	async catalog(rootfs, system) {
		if (rootfs.get(directory)?.type !== 'directory') return nothing;
		const paths = rootfs.list(directory).map((n) => `${directory}/${n}`);
		const bodies = await rootfs.readMany(paths, { limit: limits.textDatabase });
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const [path, body] of bodies) {
			if (path.endsWith(sums)) continue;
			const read = readDpkgStatus(body, path);
			problems.push(...read.problems);
			const files = filesOf(rootfs, bodies.get(path + sums));
			packages.push(...read.records.filter(isInstalled).map((r) => packageOf(r, path, system, files)));
		}
		return { packages, present: true, problems, blindSpots: brokenDatabase(problems) };
	},
};

function isInstalled(record: DpkgRecord): boolean {
	return record.state === 'unstated' || record.state === 'installed';
}

function packageOf(record: DpkgRecord, path: string, system: System, files: readonly string[] | undefined): Package {
	return debPackage(record, system, { path, line: record.line, shows: `record of ${record.name} ${record.version}` }, files);
}

/** Paths as the .deb had them; images of Debian 13 move `/lib` below `/usr` while unpacking. */
function filesOf(rootfs: Rootfs, body: Uint8Array | undefined): readonly string[] | undefined {
	if (body === undefined) return undefined;
	const real = realPaths(rootfs);
	return readMd5sums(body).map((path) => {
		const there = real(path);
		return rootfs.get(there) === undefined && rootfs.get(`/usr${path}`) !== undefined ? `/usr${path}` : there;
	});
}
