import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirrors } from './apt-sources.ts';
import { run } from './run.ts';

/** One package as apt would install it: `libc6`, `2.36-9+deb12u13`, `amd64`. */
export interface Chosen {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
}

export interface Apt {
	/** What apt would install for these names (or patterns) on an empty system, dependencies before those who need them. */
	resolve(names: readonly string[]): readonly Chosen[];
	/** Downloads what is not there yet; apt checks signatures and hashes. Returns the paths in the same order. */
	download(packages: readonly Chosen[]): readonly string[];
}

/** Debian's own keys, where its keyring package lays them. */
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The machine's own apt for one release of Debian, with its sources, lists, cache and an empty package database in
 * `directory`: nothing of the system is touched and root is not needed.
 */
export function openApt(directory: string, codename: string, { archive, security }: Mirrors): Apt {
	const state = join(directory, 'apt', 'state');
	const cache = join(directory, 'apt', 'cache');
	const debs = join(directory, 'debs');
	for (const path of [join(state, 'lists', 'partial'), join(cache, 'archives', 'partial'), debs]) mkdirSync(path, { recursive: true });
	writeFileSync(join(state, 'status'), '');
	const sources = join(directory, 'apt', 'sources.list');
	const option = existsSync(keyring) ? ` [signed-by=${keyring}]` : '';
	writeFileSync(
		sources,
		`deb${option} ${archive} ${codename} main\ndeb${option} ${archive} ${codename}-updates main\ndeb${option} ${security} ${codename}-security main\n`,
	);
	const settings = {
		'Dir::Etc::SourceList': sources,
		'Dir::Etc::SourceParts': '-',
		'Dir::State': state,
		'Dir::State::status': join(state, 'status'),
		'Dir::Cache': cache,
		// container images switch these off: without them every call reads all lists again
		'Dir::Cache::pkgcache': 'pkgcache.bin',
		'Dir::Cache::srcpkgcache': 'srcpkgcache.bin',
		'Acquire::GzipIndexes': 'false',
		'Dir::Log': join(directory, 'apt'),
		'APT::Sandbox::User': '',
		'Acquire::Languages': 'none',
		'APT::Install-Recommends': 'false',
	};
	const options = ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
	run('apt-get', [...options, 'update'], { doing: 'fetch the package lists' });
	return {
		resolve(names) {
			const output = run('apt-get', [...options, '--simulate', 'install', ...names], { doing: 'resolve the packages' });
			return installations(output.toString());
		},
		download(packages) {
			const paths = packages.map((one) => join(debs, fileName(one)));
			const missing = packages.filter((_, index) => !existsSync(paths[index] as string));
			if (missing.length > 0) {
				const wanted = missing.map(({ name, version, architecture }) => `${name}:${architecture}=${version}`.replace(':all=', '='));
				run('apt-get', [...options, 'download', ...wanted], { cwd: debs, doing: 'download the packages' });
			}
			return paths;
		},
	};
}

/** As apt names a downloaded file: the colon of an epoch is escaped. */
function fileName({ name, version, architecture }: Chosen): string {
	return `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`;
}

/** Lines of `apt-get --simulate`: `Inst libc6 (2.36-9 Debian:12.15/oldstable [amd64]) [..]`. */
export function installations(output: string): readonly Chosen[] {
	return [...output.matchAll(/^Inst (\S+) \((\S+) [^[\n]*\[(\w+)\]\)/gm)].map(([, name = '', version = '', architecture = '']) => ({
		name: name.replace(/:.*/, ''),
		version,
		architecture,
	}));
}
