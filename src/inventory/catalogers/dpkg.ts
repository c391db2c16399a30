import { type Diversion, type DpkgRecord, type DpkgState, readDiversions, readDpkgList, readDpkgStatus } from '../../formats/dpkg.ts';
import { limits } from '../../model/limits.ts';
import type { BlindSpot, Package, System } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Catalog, type Cataloger, nothing } from '../cataloger.ts';
import { debPackage } from '../deb-package.ts';
import { realPaths } from '../real-path.ts';

const statusPath = '/var/lib/dpkg/status';
const infoPath = '/var/lib/dpkg/info';
const diversionsPath = '/var/lib/dpkg/diversions';

/**
 * The states in which a package's files are on the disk, whatever dpkg still has to do (dpkg(1)): a package that waits for
 * its configuration or for a trigger serves an attacker as well as a configured one. `hold` is a wish, not a state.
 */
const unpackedStates: ReadonlySet<DpkgState> = new Set([
	'installed',
	'unpacked',
	'half-configured',
	'triggers-awaited',
	'triggers-pending',
]);

/** dpkg's own database as apt and dpkg leave it. */
export const dpkg: Cataloger = {
	name: 'dpkg',
	ecosystem: 'deb',
	reads: [statusPath, `${infoPath}/*.list`, diversionsPath],
	async catalog(rootfs, system) {
		const status = await rootfs.read(statusPath, { limit: limits.textDatabase });
		if (status === undefined) return withoutStatus(rootfs);
		const { records, problems } = readDpkgStatus(status, statusPath);
		const here = records.filter((r) => r.state !== 'unstated' && unpackedStates.has(r.state));
		const found = [...problems, ...records.filter((r) => r.state === 'half-installed').map(halfInstalled)];
		return {
			packages: await withFiles(rootfs, system, here),
			present: true,
			problems: found,
			blindSpots: [...brokenDatabase(found), ...(records.length === 0 ? lostRecords(rootfs, 'has no record') : [])],
		};
	},
};

function halfInstalled(record: DpkgRecord): Problem {
	return {
		code: 'half-installed-package',
		where: statusPath,
		message: `the package at line ${record.line} was left half installed; it is not counted`,
	};
}

function withoutStatus(rootfs: Rootfs): Catalog {
	return { ...nothing, blindSpots: lostRecords(rootfs, 'is missing') };
}

/** Lists of files without any record: the records were taken away. */
function lostRecords(rootfs: Rootfs, what: string): readonly BlindSpot[] {
	if (!rootfs.list(infoPath).some((n) => n.endsWith('.list'))) return [];
	return [{ code: 'missing-database', hides: ['packages'], message: `${statusPath} ${what}, but ${infoPath} lists files of packages` }];
}

async function withFiles(rootfs: Rootfs, system: System, records: readonly DpkgRecord[]): Promise<readonly Package[]> {
	const infos = rootfs.list(infoPath);
	const names = new Set(infos);
	const scripts = maintainerScripts(infos);
	const listOf = (r: DpkgRecord): string | undefined =>
		[`${r.name}:${r.architecture}.list`, `${r.name}.list`].filter((n) => names.has(n)).map((n) => `${infoPath}/${n}`)[0];
	const bodies = await rootfs.readMany([diversionsPath, ...records.flatMap((r) => listOf(r) ?? [])], { limit: limits.textDatabase });
	const real = realPaths(rootfs);
	const diverted = divertedPaths(readDiversions(bodies.get(diversionsPath) ?? new Uint8Array(0)));
	return records.map((record) => {
		const list = listOf(record);
		const body = list === undefined ? undefined : bodies.get(list);
		const own = scripts.get(list?.slice(infoPath.length + 1, -'.list'.length) ?? '') ?? [];
		const files = body === undefined ? undefined : [...readDpkgList(body).map((p) => real(diverted(p, record.name))), ...own];
		return debPackage(record, system, { path: statusPath, line: record.line, shows: `installed: ${record.name} ${record.version}` }, files);
	});
}

/** Programs that dpkg runs for a package are the package's too: `info/apt.postinst`; by the name before the last dot. */
function maintainerScripts(infos: readonly string[]): ReadonlyMap<string, readonly string[]> {
	const scripts = new Map<string, string[]>();
	for (const name of infos) {
		const dot = name.lastIndexOf('.');
		if (!/^\.(?:preinst|postinst|prerm|postrm|config)$/.test(name.slice(dot))) continue;
		const of = name.slice(0, dot);
		scripts.set(of, [...(scripts.get(of) ?? []), `${infoPath}/${name}`]);
	}
	return scripts;
}

function divertedPaths(diversions: readonly Diversion[]): (path: string, owner: string) => string {
	const byPath = new Map(diversions.map((d) => [d.from, d]));
	return (path, owner) => {
		const diversion = byPath.get(path);
		return diversion === undefined || diversion.by === owner ? path : diversion.to;
	};
}
