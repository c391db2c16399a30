import { definitionsOf } from '../../formats/elf-lookup.ts';
import { reference } from '../../formats/elf-relocations.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import type { MuslSettings } from './musl-settings.ts';
import type { Finding, Linker, LoadedObject, Start } from './process.ts';
import { fileAt, join, sameMachine } from './search-path.ts';

/** `libc.`, `libpthread.` …: names that the loader answers with itself, whatever follows. */
const itself = /^lib(c|pthread|rt|m|dl|util|xnet)\./;

/** musl's dynamic linker (ldso/dynlink.c): it is the libc, it knows no versions, and it binds everything at the start. */
export function muslLinker(rootfs: Rootfs, settings: MuslSettings, program: LoadedObject, interpreter: LoadedObject, start: Start): Linker {
	const variable = (name: string): string => start.env.findLast((item) => item.name === name)?.value ?? '';
	const secure = (program.entry.mode & 0o6000) !== 0;
	const libraryPath = secure
		? []
		: variable('LD_LIBRARY_PATH')
				.split(/[:\n]+/)
				.filter((directory) => directory !== '');
	return {
		libc: 'musl',
		preload: secure
			? []
			: variable('LD_PRELOAD')
					.split(/[\s:]+/)
					.filter((name) => name !== ''),
		find: (name, by, loaded) => find({ rootfs, settings, program, interpreter, libraryPath }, name, by, loaded),
		missing: (name, by, why) =>
			`Error loading shared library ${name}: ${why === 'missing' ? 'No such file or directory' : 'Exec format error'} (needed by ${by.name})`,
		versions: () => [],
		provides: (scope, symbol) => provides(scope, symbol.name) || largeFile(settings, interpreter, symbol.name),
		undefinedSymbol: (by, symbol, when) =>
			when === 'call'
				? `Segmentation fault (exit code 139) when ${symbol.name} is called: ${by.name} was opened without it`
				: `Error relocating ${by.name}: ${symbol.name}: symbol not found`,
		bindsAt(object, references, when, lazy) {
			if (when === 'start' || !lazy || object.elf.bindNow) return 'load';
			return references === undefined || (references & reference.other) === 0 ? 'call' : 'load';
		},
	};
}

interface Search {
	readonly rootfs: Rootfs;
	readonly settings: MuslSettings;
	readonly program: LoadedObject;
	readonly interpreter: LoadedObject;
	readonly libraryPath: readonly string[];
}

function find(search: Search, name: string, by: LoadedObject, loaded: readonly LoadedObject[]): Finding {
	if (itself.test(name) || name === search.interpreter.name) return { kind: 'loaded', object: search.interpreter };
	if (name.includes('/')) return judged(search, name) ?? { kind: 'missing' };
	// a library is known again by the name it was found by, not by its soname
	const there = loaded.find((object) => object.neededBy !== undefined && object.name.endsWith(`/${name}`));
	if (there !== undefined) return { kind: 'loaded', object: there };
	for (const directory of directories(search, by)) {
		const found = judged(search, join(directory, name));
		if (found !== undefined) return twoLibcs(found) ? find(search, 'libc.so', by, loaded) : found;
	}
	return { kind: 'missing' };
}

/** A file that defines both is a libc: the loader takes itself instead. */
function twoLibcs(found: Finding): boolean {
	return found.kind === 'file' && definitionsOf(found.elf, '__libc_start_main').length > 0 && definitionsOf(found.elf, 'stdin').length > 0;
}

/** LD_LIBRARY_PATH, then DT_RUNPATH or DT_RPATH of the object and of all that led to it, then the path file or the default. */
function* directories(search: Search, by: LoadedObject): Generator<string> {
	yield* search.libraryPath;
	for (let object: LoadedObject | undefined = by; object !== undefined; object = object.neededBy)
		yield* runpath(search, object, object.elf.runpath ?? object.elf.rpath);
	yield* search.settings.path;
}

/** Only `$ORIGIN` is known; a path with another token is left out as a whole. */
function runpath(search: Search, object: LoadedObject, paths: readonly string[] | undefined): readonly string[] {
	if (paths === undefined) return [];
	if (paths.some((path) => /\$(?!ORIGIN|\{ORIGIN\})/.test(path))) return [];
	const from = object === search.program ? object.entry.path : object.name;
	const origin = from.slice(0, Math.max(0, from.lastIndexOf('/')));
	return paths.filter((path) => path !== '').map((path) => path.replaceAll(/\$(?:ORIGIN|\{ORIGIN\})/g, () => origin));
}

/** The first file that can be opened is taken; when it cannot be mapped, that is the end. */
function judged(search: Search, path: string): Finding | undefined {
	const file = fileAt(search.rootfs, path);
	if (file === undefined) return undefined;
	if (file.unread) return { kind: 'unread', path };
	const { elf, entry } = file;
	if (elf === undefined || !elf.dynamic || !sameMachine(elf, search.program.elf)) return { kind: 'unusable', path };
	return { kind: 'file', path, entry, elf };
}

/** Versions are not compared, but a definition hidden behind `@` is not seen. */
function provides(scope: readonly LoadedObject[], name: string): boolean {
	return scope.some((object) => definitionsOf(object.elf, name).some((definition) => definition.hidden !== true));
}

function largeFile(settings: MuslSettings, interpreter: LoadedObject, name: string): boolean {
	if (settings.largeFileNames.size === 0) return false;
	if (name === 'readdir64_r') return provides([interpreter], 'readdir_r');
	const base = name.endsWith('64') ? name.slice(0, -2) : undefined;
	return base !== undefined && settings.largeFileNames.has(base) && provides([interpreter], base);
}
