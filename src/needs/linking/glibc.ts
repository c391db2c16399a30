import { definitionsOf } from '../../formats/elf-lookup.ts';
import { reference } from '../../formats/elf-relocations.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import type { GlibcSettings } from './glibc-settings.ts';
import type { Defect, Finding, Linker, LoadedObject, Start } from './process.ts';
import { type Candidate, directoryOf, fileAt, join, judge } from './search-path.ts';

/** Sub-directories for processors with more instructions (glibc 2.33 and later), x86-64 and POWER; the best one first. */
const hardwareDirectories = ['x86-64-v4', 'x86-64-v3', 'x86-64-v2', 'power10', 'power9', 'z16', 'z15', 'z14', 'z13'];

/** The dynamic linker of the GNU C library (elf/dl-load.c, dl-version.c, dl-lookup.c). */
export function glibcLinker(
	rootfs: Rootfs,
	settings: GlibcSettings,
	program: LoadedObject,
	interpreter: LoadedObject,
	start: Start,
): Linker {
	const variable = (name: string): string => start.env.findLast((item) => item.name === name)?.value ?? '';
	const bindNow = variable('LD_BIND_NOW') !== '';
	const setuid = (program.entry.mode & 0o6000) !== 0;
	const libraryPath = setuid || variable('LD_LIBRARY_PATH') === '' ? [] : variable('LD_LIBRARY_PATH').split(/[:;]/);
	const tokens = { lib: settings.lib, platform: platforms.get(program.elf.machine) ?? program.elf.machine };
	return {
		libc: 'glibc',
		preload: setuid
			? []
			: variable('LD_PRELOAD')
					.split(/[ :]+/)
					.filter((name) => name !== ''),
		find: (name, by, loaded) => find({ rootfs, settings, program, libraryPath, tokens }, name, by, [...loaded, interpreter]),
		missing(name, by, why, path) {
			const text =
				why === 'missing' ? `${name}: cannot open shared object file: No such file or directory` : `${path ?? name}: invalid ELF header`;
			return loaderPrefix(by, program) ? `${start.name}: error while loading shared libraries: ${text}` : text;
		},
		versions: (objects, loaded) => versionDefects(objects, loaded, program, start.name),
		provides,
		undefinedSymbol(by, symbol, when) {
			const text = `${by === program ? start.name : by.name}: undefined symbol: ${symbol.name}${symbol.version === undefined ? '' : `, version ${symbol.version}`}`;
			return when === 'open' ? text : `${start.name}: symbol lookup error: ${text}`;
		},
		bindsAt(object, references, _when, lazy) {
			if (bindNow || !lazy || object.elf.bindNow) return 'load';
			return references === undefined || references === reference.plt ? 'call' : 'load';
		},
	};
}

/** At the start the loader says who it is; dlopen hands the bare text to the caller. */
function loaderPrefix(by: LoadedObject, program: LoadedObject): boolean {
	let root: LoadedObject = by;
	while (root.neededBy !== undefined) root = root.neededBy;
	return root === program;
}

/** `$PLATFORM` (AT_PLATFORM of the kernel). */
const platforms = new Map([
	['x86-64', 'x86_64'],
	['i386', 'i686'],
	['aarch64', 'aarch64'],
	['arm', 'v7l'],
]);

interface Search {
	readonly rootfs: Rootfs;
	readonly settings: GlibcSettings;
	readonly program: LoadedObject;
	readonly libraryPath: readonly string[];
	readonly tokens: { readonly lib: string; readonly platform: string };
}

function find(search: Search, name: string, by: LoadedObject, loaded: readonly LoadedObject[]): Finding {
	if (name.includes('/')) {
		const file = fileAt(search.rootfs, expandTokens(search, name, by));
		const found = file === undefined ? 'pass' : judge(file, search.program.elf);
		return found === 'pass' ? { kind: 'missing' } : found;
	}
	const there = loaded.find((object) => object !== search.program && (object.elf.soname === name || object.name.endsWith(`/${name}`)));
	if (there !== undefined) return { kind: 'loaded', object: there };
	for (const directory of directories(search, by)) {
		const found = inDirectory(search, directory, name);
		if (found !== 'pass') return found;
	}
	const cached = fromCache(search, name);
	if (cached !== undefined) return cached;
	for (const directory of search.settings.systemDirectories) {
		const found = inDirectory(search, directory, name);
		if (found !== 'pass') return found;
	}
	return { kind: 'missing' };
}

/**
 * Directories before the cache: DT_RPATH of the object and of all that led to it, LD_LIBRARY_PATH, DT_RUNPATH of the object. An
 * object with DT_RUNPATH has no DT_RPATH, and then no other's counts.
 */
function* directories(search: Search, by: LoadedObject): Generator<string> {
	if (by.elf.runpath === undefined) {
		let main = false;
		for (let object: LoadedObject | undefined = by; object !== undefined; object = object.neededBy) {
			main ||= object === search.program;
			yield* own(search, object, object.elf.runpath === undefined ? object.elf.rpath : undefined);
		}
		if (!main && search.program.elf.runpath === undefined) yield* own(search, search.program, search.program.elf.rpath);
	}
	for (const directory of search.libraryPath) yield directory === '' ? '.' : expandTokens(search, directory, search.program);
	yield* own(search, by, by.elf.runpath);
}

function* own(search: Search, object: LoadedObject, paths: readonly string[] | undefined): Generator<string> {
	for (const path of paths ?? []) yield path === '' ? '.' : expandTokens(search, path, object);
}

/** ld.so(8), "Dynamic string tokens". The origin of the program is where it really lies (/proc/self/exe). */
function expandTokens(search: Search, text: string, object: LoadedObject): string {
	if (!text.includes('$')) return text;
	const origin = directoryOf(object === search.program ? object.entry.path : object.name);
	return text.replace(/\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g, (_, braced?: string, bare?: string) => {
		const token = braced ?? bare;
		return token === 'ORIGIN' ? origin : token === 'LIB' ? search.tokens.lib : search.tokens.platform;
	});
}

function inDirectory(search: Search, directory: string, name: string): Finding | 'pass' {
	const file = fileAt(search.rootfs, join(directory, name));
	if (file !== undefined) return judge(file, search.program.elf);
	for (const hardware of hardwareDirectories) {
		const special = fileAt(search.rootfs, join(directory, `glibc-hwcaps/${hardware}/${name}`));
		if (special !== undefined) return doubtful(special, search, `${special.path} is only loaded on processors of level ${hardware}`);
	}
	return 'pass';
}

function doubtful(file: Candidate, search: Search, doubt: string): Finding | 'pass' {
	const found = judge(file, search.program.elf);
	return found !== 'pass' && found.kind === 'file' ? { ...found, doubt } : found;
}

/** The cache may be older than the files: what is not there is passed over. */
function fromCache(search: Search, name: string): Finding | undefined {
	const entries = search.settings.cache.get(name) ?? [];
	for (const special of [false, true])
		for (const entry of entries) {
			if (entry.special !== special) continue;
			const file = fileAt(search.rootfs, entry.path);
			if (file === undefined) continue;
			const found = special ? doubtful(file, search, `${file.path} is only loaded on some processors`) : judge(file, search.program.elf);
			if (found !== 'pass') return found;
		}
	return undefined;
}

/** elf/dl-version.c: each needed version must be defined by the very file that was mapped for its library. */
function versionDefects(
	objects: readonly LoadedObject[],
	loaded: readonly LoadedObject[],
	program: LoadedObject,
	name: string,
): readonly Defect[] {
	const defects: Defect[] = [];
	for (const by of objects)
		for (const need of by.elf.versionNeeds) {
			const library = loaded.find((object) => object.elf.soname === need.library || object.name.endsWith(`/${need.library}`));
			// a library without versions only earns a warning
			if (library === undefined || library.elf.versionDefinitions.length === 0) continue;
			for (const version of need.versions) {
				if (version.weak || library.elf.versionDefinitions.includes(version.name)) continue;
				const text = `${library.name}: version \`${version.name}' not found (required by ${by === program ? name : by.name})`;
				const message = loaderPrefix(by, program) ? `${name}: ${text}` : text;
				defects.push({ kind: 'missing-version', message, when: 'load', by, missing: version.name });
			}
		}
	return defects;
}

/** elf/dl-lookup.c, check_match: a versioned reference takes its version, or any definition of a file without versions. */
function provides(scope: readonly LoadedObject[], symbol: { readonly name: string; readonly version?: string }): boolean {
	return scope.some((object) =>
		definitionsOf(object.elf, symbol.name).some((definition) => {
			if (symbol.version === undefined) return definition.hidden !== true;
			return definition.version === symbol.version || (definition.version === undefined && definition.hidden !== true);
		}),
	);
}
