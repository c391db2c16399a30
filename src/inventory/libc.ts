import type { Evidence } from '../model/evidence.ts';
import type { Libc } from '../model/package.ts';
import type { ElfFacts, Entry, Rootfs } from '../model/rootfs.ts';

/** Text in every glibc since 2.1: `GNU C Library (VENDOR) stable release version 2.36.` */
export const glibcMark = { name: 'glibc', text: ' release version ', capture: 16 } as const;
/** musl's loader is its libc; kept whole to find its version. */
export const muslLoaders: readonly string[] = [
	'x86_64',
	'i386',
	'aarch64',
	'aarch64_be',
	'arm',
	'armhf',
	'armeb',
	'loongarch64',
	'mips',
	'mipsel',
	'mips64',
	'mips64el',
	'powerpc',
	'powerpc64',
	'powerpc64le',
	'riscv32',
	'riscv64',
	's390x',
].map((arch) => `ld-musl-${arch}.so.1`);

type Family = Libc['family'];

interface Loader {
	readonly family: Family;
	readonly entry: Entry;
	/** Programs that ask for it. */
	users: number;
}

/**
 * The C library of the dynamic loader that most programs ask for. `none`: no loader is there, so only static programs can
 * start, whatever libc they were built with.
 */
export async function findLibc(rootfs: Rootfs): Promise<Libc> {
	const asked = interpreters(rootfs);
	const loaders = loadersOf(rootfs, asked);
	const best = [...loaders.values()].sort((a, b) => b.users - a.users || (a.entry.path < b.entry.path ? -1 : 1))[0];
	if (best === undefined) return noLoader(asked);
	const because: Evidence[] = [{ path: best.entry.path, shows: `the loader of ${best.users} programs` }];
	const version = await versionOf(rootfs, best, because);
	return { family: best.family, ...(version === undefined ? {} : { version }), loader: best.entry.path, because };
}

function noLoader(asked: ReadonlyMap<string, number>): Libc {
	const because = [...asked].slice(0, 3).map(([path, count]) => ({ path, shows: `asked for by ${count} programs, but not there` }));
	return { family: 'none', because };
}

/** PT_INTERP of the programs, with how many ask for it. */
function interpreters(rootfs: Rootfs): ReadonlyMap<string, number> {
	const asked = new Map<string, number>();
	for (const entry of rootfs.entries()) {
		if (entry.content !== 'elf') continue;
		const interpreter = rootfs.elf(entry.path)?.interpreter;
		if (interpreter !== undefined) asked.set(interpreter, (asked.get(interpreter) ?? 0) + 1);
	}
	return asked;
}

const loaderDirectories = ['/lib64', '/lib', '/lib32', '/usr/lib64', '/usr/lib', '/usr/glibc-compat/lib'];

function loadersOf(rootfs: Rootfs, asked: ReadonlyMap<string, number>): ReadonlyMap<string, Loader> {
	const loaders = new Map<string, Loader>();
	const add = (path: string, users: number): void => {
		const entry = rootfs.resolve(path);
		const facts = entry?.type === 'file' ? rootfs.elf(path) : undefined;
		const family = facts === undefined ? undefined : familyOf(facts, path);
		if (entry === undefined || family === undefined) return;
		const known = loaders.get(entry.path);
		if (known === undefined) loaders.set(entry.path, { family, entry, users });
		else known.users += users;
	};
	for (const [path, users] of asked) add(path, users);
	if (loaders.size > 0) return loaders;
	// distroless/base has a loader and no program yet
	for (const directory of loaderDirectories) {
		const real = rootfs.resolve(directory)?.path;
		if (real === undefined) continue;
		for (const name of rootfs.list(real)) if (loaderName.test(name)) add(`${real}/${name}`, 0);
	}
	return loaders;
}

const loaderName = /^ld(-linux.*|64|-musl-.*|64-uClibc|-uClibc)?\.so\.\d+$/;

/** By what the file says of itself, then by its name. */
function familyOf(facts: ElfFacts, path: string): Family | undefined {
	const soname = facts.soname ?? '';
	if (/^libc\.musl-/.test(soname) || /\/ld-musl-[^/]*$/.test(path)) return 'musl';
	if (/uClibc/i.test(soname) || /uClibc/i.test(path)) return 'uclibc';
	if (/^(ld-linux.*|ld64|ld)\.so\.\d+$/.test(soname)) return 'glibc';
	if (/\/linker(64)?$/.test(path)) return 'bionic';
	return /\/ld(-linux[^/]*|64)\.so\.\d+$/.test(path) ? 'glibc' : undefined;
}

async function versionOf(rootfs: Rootfs, loader: Loader, because: Evidence[]): Promise<string | undefined> {
	if (loader.family === 'musl') return muslVersion(rootfs, loader.entry, because);
	if (loader.family === 'glibc') return glibcVersion(rootfs, loader.entry, because);
	return undefined;
}

/** `__libc_version`, a string of its own. */
async function muslVersion(rootfs: Rootfs, entry: Entry, because: Evidence[]): Promise<string | undefined> {
	if (entry.size > 4 * 1024 * 1024) return undefined;
	const body = await rootfs.read(entry.path);
	if (body === undefined) return undefined;
	const version = /\0(\d+\.\d+\.\d+)(?:-[\w-]+)?\0/.exec(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'))?.[1];
	if (version !== undefined) because.push({ path: entry.path, shows: `version ${version} in its bytes` });
	return version;
}

function glibcVersion(rootfs: Rootfs, loader: Entry, because: Evidence[]): string | undefined {
	const beside = loader.path.slice(0, loader.path.lastIndexOf('/'));
	for (const path of [`${beside}/libc.so.6`, '/lib64/libc.so.6', '/lib/libc.so.6', loader.path]) {
		const facts = rootfs.elf(path);
		if (facts === undefined) continue;
		const banner = facts.captures?.find((c) => c.name === glibcMark.name && /^\d+\.\d+/.test(c.text))?.text.replace(/\.$/, '');
		const version = banner ?? highestDefinition(facts);
		if (version === undefined) continue;
		const where = rootfs.resolve(path)?.path ?? path;
		because.push({
			path: where,
			shows: banner === undefined ? `defines symbols up to GLIBC_${version}` : `release version ${version} in its bytes`,
		});
		return version;
	}
	return undefined;
}

/** A lower bound: not every release adds symbols. */
function highestDefinition(facts: ElfFacts): string | undefined {
	const minors = facts.versionDefinitions.flatMap((d) => /^GLIBC_2\.(\d+)/.exec(d)?.[1] ?? []).map(Number);
	return minors.length === 0 ? undefined : `2.${Math.max(...minors)}`;
}
