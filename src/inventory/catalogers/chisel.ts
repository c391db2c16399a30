import { type ChiselPackage, readChiselManifest } from '../../formats/chisel-manifest.ts';
import { unpackWhole } from '../../formats/unpack-whole.ts';
import { FootingError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { Package, System } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import { brokenDatabase, type Cataloger, nothing } from '../cataloger.ts';
import { debPackage } from '../deb-package.ts';
import { realPaths } from '../real-path.ts';

const basename = '/manifest.wall';
/** Unpacked; 300,000 paths with their digests. */
const maxUnpacked = 64 * 1024 * 1024;

/** Packages of Ubuntu of which Chisel cut slices, by the manifest that it writes (the directory is its user's choice), with the files that it took. */
export const chisel: Cataloger = {
	name: 'chisel',
	ecosystem: 'deb',
	reads: [`/var/lib/chisel${basename}`],
	async catalog(rootfs, system) {
		const paths = [...rootfs.entries()].filter(({ type, path }) => type === 'file' && path.endsWith(basename)).map(({ path }) => path);
		if (paths.length === 0) return nothing;
		const real = realPaths(rootfs);
		const packages: Package[] = [];
		const problems: Problem[] = [];
		for (const [path, body] of await rootfs.readMany(paths, { limit: limits.textDatabase })) {
			const manifest = await readManifest(body);
			packages.push(...manifest.packages.map((found) => packageOf(found, system, path, found.files.map(real))));
			if (manifest.broken !== undefined) problems.push({ code: 'broken-record', where: path, message: manifest.broken });
		}
		return { packages, present: packages.length > 0, problems, blindSpots: brokenDatabase(problems) };
	},
};

async function readManifest(body: Uint8Array): Promise<{ readonly packages: readonly ChiselPackage[]; readonly broken?: string }> {
	try {
		const text = Buffer.from(await unpackWhole(body, maxUnpacked)).toString('utf8');
		return readChiselManifest(text) ?? { packages: [], broken: 'it is no manifest of Chisel' };
	} catch (error) {
		if (error instanceof FootingError && error.code !== 'internal') return { packages: [], broken: error.message };
		throw error;
	}
}

function packageOf(found: ChiselPackage, system: System, path: string, files: readonly string[]): Package {
	const { name, version, architecture, slices } = found;
	const shows = `package ${name} ${version}, slices ${slices.join(', ')}`;
	return debPackage({ name, version, architecture, state: 'unstated', line: 1 }, system, { path, shows }, files);
}
