import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApt } from './apt.ts';
import { debianLayer } from './debian.ts';
import { distrolessCommon, distrolessLayers, distrolessNode, type Release } from './distroless.ts';
import { type BaseConfig, createLayout } from './layout.ts';
import { fetchNode, nodeLayer } from './node.ts';
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

/** The packages of the distroless images, by release of Debian. */
const distrolessPackages = new Map([
	['bookworm', { static: 'base-files netbase tzdata media-types', base: 'libc6 libssl3', cc: 'libgomp1 libstdc++6 libgcc-s1 gcc-12-base' }],
	[
		'trixie',
		{
			static: 'base-files netbase tzdata tzdata-legacy media-types',
			base: 'libc6 libssl3t64 libzstd1 zlib1g',
			cc: 'libgomp1 libstdc++6 libgcc-s1 gcc-14-base',
		},
	],
]);

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Composes base images like the published ones from the packages of Debian and npm, in `directory`; what was composed before
 * by the same recipe is used again. Needs no root, no engine and no container registry.
 */
export async function composeBases(directory: string, say: (line: string) => void): Promise<Composed> {
	const release = debianRelease();
	const layout = join(directory, 'bases');
	const recipe = recipeHash();
	const composed = { layout, bases: basesOn(release) };
	if (composedBy(layout) === recipe) return composed;
	const fresh = `${layout}.new-${process.pid}`;
	try {
		await compose(directory, fresh, release, say, recipe);
		rmSync(layout, { recursive: true, force: true });
		renameSync(fresh, layout);
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
	return composed;
}

function basesOn({ version }: Release): readonly ComposedBase[] {
	const distroless = (name: string): ComposedBase => ({ like: `gcr.io/distroless/${name}-debian${version}`, tag: name });
	return [
		{ like: `node:${nodeMajor}`, tag: 'node' },
		{ like: `node:${nodeMajor}-slim`, tag: 'node-slim' },
		distroless(`nodejs${nodeMajor}`),
		distroless('cc'),
		distroless('static'),
	];
}

async function compose(directory: string, target: string, release: Release, say: (line: string) => void, recipe: string): Promise<void> {
	mkdirSync(directory, { recursive: true });
	const architecture = run('dpkg', ['--print-architecture'], { doing: 'ask dpkg for the architecture' }).toString().trim();
	say('fetching the package lists of Debian (own folder, the system is not touched)');
	const apt = openApt(directory);
	const names = distrolessPackages.get(release.codename);
	if (names === undefined) throw new DemoError(`cannot compose bases for Debian ${release.version}: package lists are known for 12 and 13`);
	const base = apt.resolve(minimal);
	const all = apt.resolve([...minimal, ...buildPackages]);
	const small = apt.resolve([...names.static.split(' '), ...names.base.split(' '), ...names.cc.split(' '), 'ca-certificates']);
	say(`downloading ${all.length} packages of Debian`);
	const extra = all.filter(({ name }) => !base.some((one) => one.name === name));
	const debs = {
		base: apt.download(base),
		extra: apt.download(extra),
		static: apt.download(pick(small, names.static)),
		cc: apt.download(pick(small, `${names.base} ${names.cc}`)),
	};
	const [certificates = ''] = apt.download(pick(small, 'ca-certificates'));
	say(`downloading Node ${nodeMajor} and npm`);
	const node = fetchNode(directory, architecture, nodeMajor);

	const layout = createLayout(target);
	const { blobs } = layout;
	const common: BaseConfig = { architecture, env: [path] };
	const nodeConfig: BaseConfig = {
		...common,
		env: [path, `NODE_VERSION=${node.version}`, `YARN_VERSION=${node.yarnVersion}`],
		entrypoint: ['docker-entrypoint.sh'],
		command: ['node'],
	};
	say(`composing node:${nodeMajor}: Debian ${release.version} with build tools, git, curl, Python, Node`);
	const debian = await debianLayer({ blobs, debs: debs.base, createdBy: `Debian ${release.codename}, minimal` });
	const tools = await debianLayer({ blobs, debs: debs.extra, createdBy: 'build tools', below: debian });
	layout.addImage('node', nodeConfig, [debian.blob, tools.blob, await nodeLayer(blobs, node, tools)]);
	say(`composing node:${nodeMajor}-slim: minimal Debian and Node`);
	const slim = await debianLayer({ blobs, debs: debs.base, createdBy: `Debian ${release.codename}, slim`, slim: true });
	layout.addImage('node-slim', nodeConfig, [slim.blob, await nodeLayer(blobs, node, slim)]);
	say('composing the distroless bases: nodejs, cc, static');
	const distroless: BaseConfig = { ...common, env: [path, 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'], user: '0', workingDir: '/' };
	const bottom = [...(await distrolessLayers(blobs, debs.static)), await distrolessCommon(blobs, release, certificates)];
	const middle = [...bottom, ...(await distrolessLayers(blobs, debs.cc))];
	layout.addImage('static', distroless, bottom);
	layout.addImage('cc', distroless, middle);
	layout.addImage(`nodejs${nodeMajor}`, { ...distroless, entrypoint: ['/nodejs/bin/node'] }, [
		...middle,
		await distrolessNode(blobs, node),
	]);
	layout.finish({ 'footing.demo.recipe': recipe });
}

/** Only the packages named, at the versions that were resolved: distroless images leave most dependencies out. */
function pick<T extends { readonly name: string }>(resolved: readonly T[], names: string): readonly T[] {
	return names.split(' ').map((name) => {
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
