import { lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Logs } from '../model/host.ts';

/** Files that are kept; beyond that the oldest go. */
const most = 200;

/**
 * Where logs are kept: `FOOTING_LOGS` (`off`: nowhere), else `footing/logs` in the user's directory for state (XDG Base
 * Directory Specification). Anybody may delete it at any time.
 */
export function logDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
	const own = env['FOOTING_LOGS'];
	if (own === 'off') return undefined;
	if (own !== undefined && own !== '') return resolve(own);
	const xdg = env['XDG_STATE_HOME'];
	return join(xdg?.startsWith('/') ? xdg : join(env['HOME'] ?? homedir(), '.local', 'state'), 'footing', 'logs');
}

/** One file for each call, private: what applications write may be secret. */
export function createLogs(directory: string | undefined): Logs {
	return {
		async keep(name, text) {
			if (directory === undefined) return undefined;
			const path = join(directory, `${name.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')}.log`);
			try {
				await mkdir(directory, { recursive: true, mode: 0o700 });
				if (!(await lstat(directory)).isDirectory()) return undefined;
				await writeFile(path, text, { mode: 0o600, flag: 'wx' });
				await removeOldest(directory);
				return path;
			} catch {
				return undefined;
			}
		},
	};
}

async function removeOldest(directory: string): Promise<void> {
	const names = (await readdir(directory)).filter((name) => name.endsWith('.log'));
	if (names.length <= most) return;
	const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(directory, name))).mtimeMs })));
	const old = dated.sort((a, b) => a.at - b.at).slice(0, names.length - most);
	for (const { name } of old) await rm(join(directory, name), { force: true });
}
