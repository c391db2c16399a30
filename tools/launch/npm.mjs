import { spawnSync } from 'node:child_process';
import { LaunchError } from './say.mjs';

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/;
const missing = /\b(ETARGET|E404)\b/;

// Two retries within seconds: npm's own pauses make a machine without a network wait for more than a minute.
const settings = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** The registry answered, and has no such package or version. */
export class NotInRegistryError extends LaunchError {}

/**
 * Runs npm quietly; its output is shown only when it fails.
 * @param {readonly string[]} args
 * @param {{ readonly doing: string, readonly cwd: string, readonly path?: string | undefined }} options `path`: a directory to put first in PATH
 */
export function npm(args, { doing, cwd, path }) {
	const env = { ...process.env };
	if (path !== undefined) env.PATH = `${path}:${env.PATH ?? ''}`;
	// An npm that runs this script tells its own settings to its children; a nested install must not inherit them all.
	delete env.npm_config_global;
	const result = spawnSync('npm', [...args, ...settings], { cwd, env, encoding: 'utf8' });
	if (result.error !== undefined) throw new LaunchError(`cannot ${doing}: npm did not start (${result.error.message})`);
	if (result.status === 0) return;
	const output = `${result.stderr}${result.stdout}`.trim();
	const lines = output.split('\n').filter((line) => !/^npm error\s+at |^npm error\s*$/.test(line));
	const tail = lines.slice(-8).join('\n');
	if (unreachable.test(output)) {
		throw new LaunchError(
			`cannot ${doing}: the npm package registry cannot be reached\nhint: this is needed once; go online, or set "npm config set registry" and the proxy\n${tail}`,
		);
	}
	if (missing.test(output)) throw new NotInRegistryError(`cannot ${doing}: the npm package registry does not have it\n${tail}`);
	throw new LaunchError(`cannot ${doing}: npm ended with exit code ${result.status ?? result.signal}\n${tail}`);
}
