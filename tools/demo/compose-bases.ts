import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApt } from './apt.ts';
import { machineMirrors } from './apt-sources.ts';
import { debianLayer } from './debian.ts';
import { distrolessCommon, distrolessLayers, distrolessNode, type Release } from './distroless.ts';
import { type BaseConfig, createLayout, type LayoutWriter } from './layout.ts';
import { fetchNode, type NodeRelease, nodeLayer } from './node.ts';
import { DemoError, run } from './run.ts';

/** A base of the demo: the published image that it is made like, and the tag in the layout. */
export interface ComposedBase {
	readonly like: string;
	readonly tag: string;
}

export interface Composed {
	/** The OCI layout that holds them all. */
	readonly layout: string;
	readonly bases: readonly ComposedBase[];
}

export const nodeMajor = 24;
const minimal = ['?priority(required)', 'apt', 'usr-is-merged'];

/** What the full images carry for people who build: the package list of buildpack-deps. */
const buildPackages =
	'ca-certificates curl gnupg netbase sq wget git mercurial openssh-client subversion procps autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc imagemagick libbz2-dev libc6-dev libcurl4-openssl-dev libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses-dev libpng-dev libpq-dev libreadline-dev libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt1-dev libyaml-dev make patch unzip xz-utils zlib1g-dev'.split(
		' ',
	);

/** The packages of the distroless images on Debian 13: what `static` has, and what `cc` has beyond it. */
const distrolessPackages = {
	static: ['base-files', 'netbase', 'tzdata', 'tzdata-legacy', 'media-types'],
	cc: ['libc6', 'libssl3t64', 'libzstd1', 'zlib1g', 'libgomp1', 'libstdc++6', 'libgcc-s1', 'gcc-14-base'],
};

/** The release that the bases are made of; apt of another release fetches it as well. */
const release: Release = { version: '13', codename: 'trixie' };

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Composes base images like the published ones from the packages of Debian and npm, in `directory`; what was composed before
 * by the same recipe is used again. Needs no root, no engine and no container registry.
 */
export async function composeBases(directory: string, say: (line: string) => void): Promise<Composed> {
	const layout = join(directory, 'bases');
	const recipe = recipeHash();
	const composed = { layout, bases: bases() };
	if (composedBy(layout) === recipe) return composed;
	const work = join(directory, 'work');
	const fresh = `${layout}.new-${process.pid}`;
	try {
		await compose(fresh, fetchIngredients(work, say), say, recipe);
		rmSync(layout, { recursive: true, force: true });
		renameSync(fresh, layout);
		rmSync(work, { recursive: true, force: true });
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
	return composed;
}

function bases(): readonly ComposedBase[] {
	const distroless = (name: string, tag: string): ComposedBase => ({
		like: `gcr.io/distroless/${name}-debian${release.version}:${tag}`,
		tag: `${name}-${tag}`,
	});
	return [
		{ like: `node:${nodeMajor}`, tag: 'node' },
		{ like: `node:${nodeMajor}-slim`, tag: 'node-slim' },
		distroless(`nodejs${nodeMajor}`, 'nonroot'),
		distroless('cc', 'nonroot'),
		distroless('static', 'nonroot'),
	];
}

interface Ingredients {
	readonly architecture: string;
	/** Paths of packages: a minimal Debian, the build tools on top, the two lower parts of distroless. */
	readonly debs: Readonly<Record<'base' | 'extra' | 'static' | 'cc', readonly string[]>>;
	readonly certificates: string;
	readonly node: NodeRelease;
}

function fetchIngredients(directory: string, say: (line: string) => void): Ingredients {
	const machine = debianRelease();
	mkdirSync(directory, { recursive: true });
	const architecture = run('dpkg', ['--print-architecture'], { doing: 'ask dpkg for the architecture' }).toString().trim();
	say('fetching the package lists of Debian (own folder, the system is not touched)');
	const apt = openApt(directory, release.codename, machineMirrors(machine.codename));
	const base = apt.resolve(minimal);
	const all = apt.resolve([...minimal, ...buildPackages]);
	const small = apt.resolve([...distrolessPackages.static, ...distrolessPackages.cc, 'ca-certificates']);
	say(`downloading ${all.length} packages of Debian`);
	const debs = {
		base: apt.download(base),
		extra: apt.download(all.filter(({ name }) => !base.some((one) => one.name === name))),
		static: apt.download(pick(small, distrolessPackages.static)),
		cc: apt.download(pick(small, distrolessPackages.cc)),
	};
	const [certificates = ''] = apt.download(pick(small, ['ca-certificates']));
	say(`downloading Node ${nodeMajor} and npm`);
	return { architecture, debs, certificates, node: fetchNode(directory, architecture, nodeMajor) };
}

async function compose(target: string, ingredients: Ingredients, say: (line: string) => void, recipe: string): Promise<void> {
	const layout = createLayout(target);
	say(`composing node:${nodeMajor}: Debian ${release.version} with build tools, git, curl, Python, Node`);
	await addFull(layout, ingredients);
	say(`composing node:${nodeMajor}-slim: minimal Debian and Node`);
	await addSlim(layout, ingredients);
	say('composing the distroless bases: nodejs, cc, static');
	await addDistroless(layout, ingredients);
	layout.finish({ 'footing.demo.recipe': recipe });
}

function nodeConfig({ architecture, node }: Ingredients): BaseConfig {
	const env = [path, `NODE_VERSION=${node.version}`, `YARN_VERSION=${node.yarnVersion}`];
	return { architecture, env, entrypoint: ['docker-entrypoint.sh'], command: ['node'] };
}

async function addFull(layout: LayoutWriter, ingredients: Ingredients): Promise<void> {
	const { debs, node } = ingredients;
	const { blobs } = layout;
	const debian = await debianLayer({ blobs, debs: debs.base, createdBy: `Debian ${release.codename}, minimal` });
	const tools = await debianLayer({ blobs, debs: debs.extra, createdBy: 'build tools', below: debian });
	layout.addImage('node', nodeConfig(ingredients), [debian.blob, tools.blob, await nodeLayer(blobs, node, tools)]);
}

async function addSlim(layout: LayoutWriter, ingredients: Ingredients): Promise<void> {
	const { debs, node } = ingredients;
	const { blobs } = layout;
	const slim = await debianLayer({ blobs, debs: debs.base, createdBy: `Debian ${release.codename}, slim`, slim: true });
	layout.addImage('node-slim', nodeConfig(ingredients), [slim.blob, await nodeLayer(blobs, node, slim)]);
}

async function addDistroless(layout: LayoutWriter, { architecture, debs, certificates, node }: Ingredients): Promise<void> {
	const { blobs } = layout;
	const env = [path, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'];
	const config: BaseConfig = { architecture, env, user: '65532', workingDir: '/home/nonroot' };
	const bottom = [...(await distrolessLayers(blobs, debs.static)), await distrolessCommon(blobs, release, certificates)];
	const middle = [...bottom, ...(await distrolessLayers(blobs, debs.cc))];
	layout.addImage('static-nonroot', config, bottom);
	layout.addImage('cc-nonroot', config, middle);
	const top = [...middle, await distrolessNode(blobs, node)];
	layout.addImage(`nodejs${nodeMajor}-nonroot`, { ...config, entrypoint: ['/nodejs/bin/node'] }, top);
}

/** Only the packages named, at the versions that were resolved: distroless images leave most dependencies out. */
function pick<T extends { readonly name: string }>(resolved: readonly T[], names: readonly string[]): readonly T[] {
	return names.map((name) => {
		const found = resolved.find((one) => one.name === name);
		if (found === undefined) throw new DemoError(`cannot compose a base: this machine's apt sources have no package ${name}`);
		return found;
	});
}

function debianRelease(): Release {
	const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
	const value = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
	if (value('ID') !== 'debian') {
		throw new DemoError(
			`cannot compose base images here: that takes Debian's own apt and packages, and this is ${value('PRETTY_NAME') || process.platform}\n` +
				'hint: run the demo on Debian 12 or 13 (a container of debian:12 with nodejs and npm will do),\n' +
				'      or try published images: npm run -s footing -- choose examples/node-api',
		);
	}
	return { version: value('VERSION_ID'), codename: value('VERSION_CODENAME') };
}

/** Changes when this folder changes: then the bases are composed anew. */
function recipeHash(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	const hash = createHash('sha256');
	for (const name of readdirSync(here)
		.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
		.sort())
		hash.update(readFileSync(join(here, name)));
	return hash.digest('hex');
}

function composedBy(layout: string): string | undefined {
	const index = join(layout, 'index.json');
	return existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')).annotations?.['footing.demo.recipe'] : undefined;
}
