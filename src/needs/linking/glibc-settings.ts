import { type CachedLibrary, parseLdSoCache } from '../../formats/ld-so-cache.ts';
import { limits } from '../../model/limits.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { rebuiltCache } from './ldconfig.ts';

/** What glibc's loader has compiled in or reads before it looks for the first library. */
export interface GlibcSettings {
	/** The trusted directories, in order, with a trailing slash as compiled in. */
	readonly systemDirectories: readonly string[];
	/** `$LIB` */
	readonly lib: string;
	readonly cache: ReadonlyMap<string, readonly CachedLibrary[]>;
	/** `2.36`, when the loader says so. */
	readonly version: string | undefined;
}

/** A loader is some 200 KB. */
const loaderLimit = 16 * 1024 * 1024;

const known = new WeakMap<Rootfs, Map<string, Promise<GlibcSettings>>>();

export function glibcSettings(rootfs: Rootfs, loader: string, cacheRebuilt: boolean): Promise<GlibcSettings> {
	const of = known.get(rootfs) ?? new Map<string, Promise<GlibcSettings>>();
	known.set(rootfs, of);
	const key = `${cacheRebuilt} ${loader}`;
	const settings = of.get(key) ?? readSettings(rootfs, loader, cacheRebuilt);
	of.set(key, settings);
	return settings;
}

async function readSettings(rootfs: Rootfs, loader: string, cacheRebuilt: boolean): Promise<GlibcSettings> {
	const bodies = await rootfs.readMany([loader], { limit: loaderLimit });
	const text = Buffer.from(bodies.get(loader) ?? []).toString('latin1');
	const systemDirectories = compiledDirectories(text) ?? ['/lib64/', '/usr/lib64/', '/lib/', '/usr/lib/'];
	const cache = cacheRebuilt ? await rebuiltCache(rootfs, systemDirectories) : await readCache(rootfs);
	return {
		systemDirectories,
		lib: (systemDirectories[0] ?? '/lib/').replace(/^\/|\/$/g, ''),
		cache: byName(cache ?? []),
		version: /stable release version (\d+\.\d+)/.exec(text)?.[1] ?? newestVersion(rootfs, loader),
	};
}

/**
 * `system_dirs` (elf/dl-load.c): directories with a trailing slash, each ended by NUL, one behind the other; Debian's begin with
 * its multiarch ones. The longest such run that has a `lib` directory.
 */
function compiledDirectories(loader: string): readonly string[] | undefined {
	const runs = loader.match(/(?:\/(?:[\w.+-]{1,64}\/){1,8}\0){2,16}/g) ?? [];
	return runs
		.map((run) => run.split('\0').filter((directory) => directory !== ''))
		.filter((run) => run.some((directory) => /\/lib\w*\//.test(directory)))
		.sort((a, b) => b.length - a.length)[0];
}

function newestVersion(rootfs: Rootfs, loader: string): string | undefined {
	const numbers = (rootfs.elf(loader)?.versionDefinitions ?? []).flatMap((name) => /^GLIBC_2\.(\d{1,4})$/.exec(name)?.[1] ?? []);
	return numbers.length === 0 ? undefined : `2.${Math.max(...numbers.map(Number))}`;
}

async function readCache(rootfs: Rootfs): Promise<readonly CachedLibrary[] | undefined> {
	const path = '/etc/ld.so.cache';
	const entry = rootfs.resolve(path);
	if (entry?.type !== 'file' || entry.size > limits.sourceFile) return undefined;
	const bytes = await rootfs.read(path);
	return bytes === undefined ? undefined : parseLdSoCache(bytes);
}

function byName(libraries: readonly CachedLibrary[]): ReadonlyMap<string, readonly CachedLibrary[]> {
	const map = new Map<string, CachedLibrary[]>();
	for (const library of libraries) {
		const list = map.get(library.name);
		if (list === undefined) map.set(library.name, [library]);
		else list.push(library);
	}
	return map;
}
