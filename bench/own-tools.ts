import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FoundPackage, normal } from './found-package.ts';

/** A package as Footing reports it, as far as it is compared. */
export interface OurPackage {
	readonly name: string;
	readonly version: string;
	readonly ecosystem: string;
	readonly purl: string;
	readonly because: { readonly path: string };
}

/** What an ecosystem's own tool says, and which of Footing's packages it speaks of. */
export interface Said {
	readonly packages: readonly FoundPackage[];
	readonly speaksOf: (ours: OurPackage) => boolean;
}

/** One tool that knows what is installed; it runs in the image itself without a network, `go` outside on its files. */
export interface OwnTool {
	readonly name: string;
	/** Undefined: the tool is not in this image. */
	say(image: string, ours: readonly OurPackage[]): Said | undefined;
}

export const ownTools: readonly OwnTool[] = [
	{
		name: 'dpkg-query -W',
		say(image) {
			const text = inside(image, ['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package} ${Version}\\n']);
			return system('deb', text, /^installed (\S+) (\S+)$/);
		},
	},
	{ name: 'apk info -v', say: (image) => system('apk', inside(image, ['apk', 'info', '-v']), /^(.+)-([^-]+-r\d+)$/) },
	{
		name: 'rpm -qa',
		say(image) {
			const text = inside(image, ['rpm', '-qa', '--qf', '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n']);
			return system('rpm', text, /^(?!gpg-pubkey )(\S+) (\S+)$/);
		},
	},
	{ name: 'npm ls -g --all', say: npmGlobal },
	{ name: 'pip list', say: pip },
	{ name: 'gem list', say: gems },
	{ name: 'composer show', say: composer },
	{ name: 'go version -m', say: go },
];

function inside(image: string, command: readonly string[]): string | undefined {
	const [program = '', ...args] = command;
	// only standard output: the tools warn on the other
	const { status, stdout } = spawnSync(
		'docker',
		['run', '--rm', '--network', 'none', '--user', '0', '--entrypoint', program, image, ...args],
		{
			encoding: 'utf8',
			maxBuffer: 256 * 1024 * 1024,
		},
	);
	// npm says 1 when it dislikes a tree that it lists all the same
	return (status === 0 || status === 1) && stdout.trim() !== '' ? stdout : undefined;
}

function system(ecosystem: string, text: string | undefined, line: RegExp): Said | undefined {
	if (text === undefined) return undefined;
	const packages = text.split('\n').flatMap((one) => {
		const [, name = '', version = ''] = line.exec(one) ?? [];
		return name === '' ? [] : [normal(ecosystem, [name], version)];
	});
	return { packages, speaksOf: (ours) => ours.ecosystem === ecosystem };
}

interface NpmNode {
	readonly name?: string;
	readonly version?: string;
	readonly missing?: boolean;
	readonly dependencies?: Readonly<Record<string, NpmNode>>;
}

function npmGlobal(image: string): Said | undefined {
	const root = inside(image, ['npm', 'root', '-g'])?.trim();
	const text = root === undefined ? undefined : inside(image, ['npm', 'ls', '-g', '--all', '--json', '--long']);
	if (text === undefined) return undefined;
	const packages: FoundPackage[] = [];
	const walk = (node: NpmNode): void => {
		for (const [folder, one] of Object.entries(node.dependencies ?? {})) {
			if (one.missing !== true && one.version !== undefined) packages.push(normal('npm', (one.name ?? folder).split('/'), one.version));
			walk(one);
		}
	};
	walk(JSON.parse(text) as NpmNode);
	return { packages, speaksOf: (ours) => ours.ecosystem === 'npm' && ours.because.path.startsWith(`${root}/`) };
}

/** pip asks importlib.metadata; where there is Python and no pip, so do we. It sees what Python would import. */
const listDistributions = `import json, sys, importlib.metadata as m
print(json.dumps({"path": sys.path, "list": [{"name": d.metadata["Name"], "version": d.version} for d in m.distributions()]}))`;

function pip(image: string): Said | undefined {
	const text = inside(image, ['python3', '-c', listDistributions]);
	if (text === undefined) return undefined;
	const { path, list } = JSON.parse(text) as { readonly path: readonly string[]; readonly list: readonly FoundPackage[] };
	const listed = inside(image, ['python3', '-m', 'pip', 'list', '--format', 'json', '--disable-pip-version-check']);
	const said = listed === undefined ? list : (JSON.parse(listed) as readonly FoundPackage[]);
	return {
		packages: said.map(({ name, version }) => normal('pypi', [name], version)),
		speaksOf: (ours) =>
			ours.ecosystem === 'pypi' && path.some((directory) => directory !== '' && ours.because.path.startsWith(`${directory}/`)),
	};
}

/** `json (2.6.3, default: 2.6.1)`, `nokogiri (1.16.0 x86_64-linux)` */
function gems(image: string): Said | undefined {
	const text = inside(image, ['gem', 'list', '--local', '--quiet']);
	if (text === undefined) return undefined;
	const packages = text.split('\n').flatMap((line) => {
		const [, name = '', versions = ''] = /^(\S+) \((.+)\)$/.exec(line) ?? [];
		return versions === ''
			? []
			: versions.split(', ').map((one) => normal('gem', [name], one.replace('default: ', '').split(' ')[0] as string));
	});
	return { packages, speaksOf: (ours) => ours.ecosystem === 'gem' };
}

function composer(image: string, ours: readonly OurPackage[]): Said | undefined {
	const vendors = new Set(ours.filter(({ ecosystem }) => ecosystem === 'composer').map(({ because }) => because.path));
	const packages: FoundPackage[] = [];
	for (const path of vendors) {
		const directory = path.slice(0, path.lastIndexOf('/vendor/'));
		const text = inside(image, ['composer', 'show', '--working-dir', directory, '--format', 'json', '--no-interaction']);
		if (text === undefined) return undefined;
		const { installed } = JSON.parse(text) as { readonly installed: readonly FoundPackage[] };
		packages.push(...installed.map(({ name, version }) => normal('composer', name.split('/'), version)));
	}
	return vendors.size === 0 ? undefined : { packages, speaksOf: ({ ecosystem }) => ecosystem === 'composer' };
}

/** Go looks through all files of the image, so that it also finds what Footing might not. */
function go(image: string): Said | undefined {
	if (spawnSync('go', ['version']).status !== 0) return undefined;
	const directory = mkdtempSync(join(tmpdir(), 'footing-agreement-'));
	try {
		const id = spawnSync('docker', ['create', image, 'none'], { encoding: 'utf8' }).stdout.trim();
		spawnSync('sh', ['-c', 'docker export "$1" | tar -x -C "$2" --no-same-owner --exclude=dev', 'sh', id, directory]);
		spawnSync('docker', ['rm', id]);
		const { stdout } = spawnSync('go', ['version', '-m', directory], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
		return stdout === '' ? undefined : { packages: modules(stdout), speaksOf: ({ ecosystem }) => ecosystem === 'golang' };
	} finally {
		spawnSync('chmod', ['-R', 'u+rwX', directory]);
		rmSync(directory, { recursive: true, force: true });
	}
}

/** A module that was replaced is what took its place; the toolchain's version is that of its standard library. */
function modules(text: string): readonly FoundPackage[] {
	const found: FoundPackage[] = [];
	for (const line of text.split('\n')) {
		const toolchain = /^\S.*: go(\d\S*)/.exec(line)?.[1];
		if (toolchain !== undefined) found.push(normal('golang', ['stdlib'], toolchain));
		const [, kind = '', path = '', version = ''] = line.split('\t');
		if (kind === '=>') found.pop();
		if (['mod', 'dep', '=>'].includes(kind)) found.push(normal('golang', path.split('/'), version));
	}
	return found;
}
