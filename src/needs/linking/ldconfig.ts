import { matchesPath } from '../../formats/glob.ts';
import type { CachedLibrary } from '../../formats/ld-so-cache.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { join } from './search-path.ts';

const maxDepth = 8;
const maxDirectories = 1000;

/** What ldconfig would write: the libraries in the directories of /etc/ld.so.conf and in the trusted ones, by soname. */
export async function rebuiltCache(rootfs: Rootfs, systemDirectories: readonly string[]): Promise<readonly CachedLibrary[]> {
	const directories = [...(await configured(rootfs, '/etc/ld.so.conf', 0)), ...systemDirectories].slice(0, maxDirectories);
	const found: CachedLibrary[] = [];
	for (const directory of new Set(directories)) {
		const real = rootfs.resolve(directory);
		if (real?.type !== 'directory') continue;
		for (const file of rootfs.list(real.path)) {
			if (!/^(lib|ld-).*\.so(\.|$)/.test(file)) continue;
			const path = join(directory.replace(/(.)\/+$/, '$1'), file);
			const elf = rootfs.elf(path);
			if (elf === undefined || elf.type !== 'shared') continue;
			found.push({ name: elf.soname ?? file, path: elf.soname === undefined ? path : linked(rootfs, path, elf.soname), special: false });
		}
	}
	return found;
}

/** ldconfig makes a link named as the soname; the cache names that link. */
function linked(rootfs: Rootfs, path: string, soname: string): string {
	const link = join(path.slice(0, path.lastIndexOf('/')), soname);
	return rootfs.resolve(link) === undefined ? path : link;
}

/** ldconfig(8): one directory per line, `#` begins a comment, `include` takes patterns relative to the file. */
async function configured(rootfs: Rootfs, path: string, depth: number): Promise<readonly string[]> {
	const body = depth > maxDepth ? undefined : await rootfs.read(path).catch(() => undefined);
	const directories: string[] = [];
	for (const raw of Buffer.from(body ?? [])
		.toString('latin1')
		.split('\n')) {
		const line = raw.replace(/#.*/, '').trim();
		const include = /^include\s+(.*)$/.exec(line)?.[1];
		if (include !== undefined)
			for (const pattern of include.split(/\s+/))
				for (const file of expand(rootfs, pattern.startsWith('/') ? pattern : join(path.slice(0, path.lastIndexOf('/')), pattern)))
					directories.push(...(await configured(rootfs, file, depth + 1)));
		else if (line.startsWith('/')) directories.push(line.replace(/=.*$/, '').replace(/(.)\/+$/, '$1'));
		if (directories.length > maxDirectories) break;
	}
	return directories;
}

/** Files that a pattern names; only its last component may have wildcards. */
function expand(rootfs: Rootfs, pattern: string): readonly string[] {
	const directory = pattern.slice(0, pattern.lastIndexOf('/')) || '/';
	const name = pattern.slice(pattern.lastIndexOf('/') + 1);
	const real = rootfs.resolve(directory);
	if (real?.type !== 'directory') return [];
	return rootfs
		.list(real.path)
		.filter((file) => matchesPath([name], [file]))
		.map((file) => join(real.path, file));
}
