import { ownedPaths } from '../../formats/owned-paths.ts';
import { formatPurl } from '../../formats/purl.ts';
import { readBerkeleyHash } from '../../formats/rpm/berkeley-db.ts';
import { type RpmRecord, readRpmHeader } from '../../formats/rpm/header.ts';
import { readNdb } from '../../formats/rpm/ndb.ts';
import { readSqliteTable } from '../../formats/rpm/sqlite.ts';
import { FootingError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import type { Package, System } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { brokenDatabase, type Catalog, type Cataloger, nothing } from '../cataloger.ts';
import { distroQualifier, vendor } from '../distribution.ts';
import { realPaths } from '../real-path.ts';

type Headers = (file: Uint8Array, wal: Uint8Array | undefined) => readonly Uint8Array[];

/** The three forms that rpm has had, newest first, in the two directories that distributions use. */
const forms: readonly { readonly file: string; readonly headers: Headers }[] = [
	{ file: 'rpmdb.sqlite', headers: (file, wal) => readSqliteTable(file, wal, 'Packages').flatMap((row) => blobs(row[1])) },
	{ file: 'Packages.db', headers: readNdb },
	{ file: 'Packages', headers: readBerkeleyHash },
];
const directories = ['/var/lib/rpm', '/usr/lib/sysimage/rpm', '/usr/share/rpm'];
const maxProblems = 100;

/** rpm's database: SQLite, NDB or Berkeley DB. */
export const rpm: Cataloger = {
	name: 'rpm',
	ecosystem: 'rpm',
	reads: directories.flatMap((d) => forms.map((f) => `${d}/${f.file}`)),
	async catalog(rootfs, system) {
		for (const directory of realDirectories(rootfs)) {
			for (const form of forms) {
				const catalog = await readForm(rootfs, system, `${directory}/${form.file}`, form.headers);
				if (catalog !== undefined) return catalog;
			}
		}
		return nothing;
	},
};

/** One may be a link to the other. */
function realDirectories(rootfs: Rootfs): readonly string[] {
	return [...new Set(directories.flatMap((d) => rootfs.resolve(d)?.path ?? []))];
}

function blobs(value: unknown): readonly Uint8Array[] {
	return value instanceof Uint8Array ? [value] : [];
}

async function readForm(rootfs: Rootfs, system: System, path: string, headers: Headers): Promise<Catalog | undefined> {
	const bodies = await rootfs.readMany([path, `${path}-wal`], { limit: limits.textDatabase });
	const file = bodies.get(path);
	if (file === undefined) return undefined;
	const problems: Problem[] = [];
	const packages: Package[] = [];
	const real = realPaths(rootfs);
	const join = ownedPaths();
	for (const header of attempt(() => headers(file, bodies.get(`${path}-wal`)), path, problems) ?? []) {
		const record = attempt(() => readRpmHeader(header, join), path, problems);
		if (record === undefined) continue;
		if (record.broken) note(problems, path, `the header of ${record.name} has tables outside of itself`);
		// gpg-pubkey is a key that was trusted, not software
		if (record.name !== 'gpg-pubkey') packages.push(packageOf(record, path, system, real));
	}
	return { packages, present: true, problems, blindSpots: brokenDatabase(problems) };
}

function attempt<T>(read: () => T, path: string, problems: Problem[]): T | undefined {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof FootingError) || error.code !== 'bad-rpmdb') throw error;
		note(problems, path, error.message);
		return undefined;
	}
}

function note(problems: Problem[], where: string, message: string): void {
	if (problems.length < maxProblems) problems.push({ code: 'bad-rpmdb', where, message });
}

function packageOf(record: RpmRecord, path: string, system: System, real: (path: string) => string): Package {
	const { name, epoch, architecture, sourceRpm } = record;
	const release = record.release === '' ? record.version : `${record.version}-${record.release}`;
	const version = epoch === undefined || epoch === 0 ? release : `${epoch}:${release}`;
	const source = sourceOf(sourceRpm, name, release);
	return {
		name,
		version,
		ecosystem: 'rpm',
		...(architecture === '' ? {} : { architecture }),
		purl: formatPurl({
			type: 'rpm',
			namespace: vendor(system),
			name,
			version: release,
			qualifiers: {
				arch: architecture,
				distro: distroQualifier(system),
				epoch: version === release ? '' : String(epoch),
				upstream: sourceRpm ?? '',
			},
		}),
		...(source === undefined ? {} : { source }),
		because: { path, shows: `installed: ${name} ${version}` },
		files: record.files.map(real),
	};
}

/** `bash-5.1.8-6.el9.src.rpm`: name, version and release, parted by the last two hyphens. */
function sourceOf(file: string | undefined, name: string, release: string): Package['source'] | undefined {
	const parts = file === undefined ? null : /^(.+)-([^-]+)-([^-]+)\.(?:no)?src\.rpm$/.exec(file);
	if (parts === null) return undefined;
	const source = { name: parts[1] as string, version: `${parts[2]}-${parts[3]}` };
	return source.name === name && source.version === release ? undefined : source;
}
