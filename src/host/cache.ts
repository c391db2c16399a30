import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Cache } from '../model/host.ts';

/** Bytes that all files together may take; beyond that the ones not used for longest go. */
const bound = 2 * 1024 ** 3;
/** SHA-256 of the content, in front of it. */
const headerSize = 32;

/**
 * Where computed results are kept between runs: `FOOTING_CACHE` (`off`: nowhere), else `footing` in the user's cache
 * directory (XDG Base Directory Specification). Anybody may delete it at any time.
 */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
	const own = env['FOOTING_CACHE'];
	if (own === 'off') return undefined;
	if (own !== undefined && own !== '') return own;
	const xdg = env['XDG_CACHE_HOME'];
	return join(xdg?.startsWith('/') ? xdg : join(env['HOME'] ?? homedir(), '.cache'), 'footing');
}

/**
 * Files named by their key, each with the digest of its content in front, written beside and renamed: several processes
 * may use it at once, and what is cut or changed is not used. A cache that cannot be used is no error; it is just empty.
 */
export function createCache(directory: string): Cache {
	const usable = once(async () => {
		await mkdir(directory, { recursive: true, mode: 0o700 });
		const facts = await lstat(directory);
		// somebody else's directory, or one that others may write to, could hold anything
		return facts.isDirectory() && facts.uid === (process.getuid?.() ?? facts.uid) && (facts.mode & 0o022) === 0;
	});
	const sweep = once(() => removeOldest(directory).then(() => true));
	return {
		async get(key) {
			if (!(await usable())) return undefined;
			const path = pathOf(directory, key);
			try {
				const bytes = await readFile(path);
				const content = bytes.subarray(headerSize);
				if (!createHash('sha256').update(content).digest().equals(bytes.subarray(0, headerSize))) {
					await rm(path, { force: true });
					return undefined;
				}
				const now = new Date();
				await utimes(path, now, now);
				return content;
			} catch {
				return undefined;
			}
		},
		async put(key, bytes) {
			if (!(await usable())) return;
			const path = pathOf(directory, key);
			const beside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
			try {
				await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
				const digest = createHash('sha256').update(bytes).digest();
				await writeFile(beside, [digest, bytes], { mode: 0o600, flag: 'wx' });
				await rename(beside, path);
				await sweep();
			} catch {
				await rm(beside, { force: true }).catch(() => {});
			}
		},
	};
}

function once(run: () => Promise<boolean>): () => Promise<boolean> {
	let result: Promise<boolean> | undefined;
	return () => {
		result ??= run().catch(() => false);
		return result;
	};
}

function pathOf(directory: string, key: string): string {
	const name = createHash('sha256').update(key).digest('hex');
	return join(directory, 'v1', name.slice(0, 2), name.slice(2));
}

/** Keeps the total below the bound; files that a kill left half written are old after a day. */
async function removeOldest(directory: string): Promise<void> {
	const files: { readonly path: string; readonly size: number; readonly used: number }[] = [];
	for (const folder of await readdir(join(directory, 'v1')))
		for (const name of await readdir(join(directory, 'v1', folder))) {
			const path = join(directory, 'v1', folder, name);
			const { size, mtimeMs } = await stat(path);
			if (name.includes('.') && Date.now() - mtimeMs > 86_400_000) await rm(path, { force: true });
			else files.push({ path, size, used: mtimeMs });
		}
	let total = files.reduce((sum, { size }) => sum + size, 0);
	for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
		if (total <= bound) return;
		await rm(path, { force: true });
		total -= size;
	}
}
