import type { Rootfs } from '../../model/rootfs.ts';
import { plainName } from '../source/native/character-sets.ts';

const known = new WeakMap<Rootfs, Promise<ReadonlyMap<string, string>>>();

/** The module of glibc that converts a character set: a file of the directory `gconv`, found through its configuration. */
export async function moduleOf(rootfs: Rootfs, name: string): Promise<string | undefined> {
	const reading = known.get(rootfs) ?? readModules(rootfs);
	known.set(rootfs, reading);
	return (await reading).get(plainName(name));
}

/** By plain name of the character set. Without `gconv-modules` or its cache the modules are not found. */
async function readModules(rootfs: Rootfs): Promise<ReadonlyMap<string, string>> {
	const modules = new Map<string, string>();
	const directory = directories(rootfs).find((place) => rootfs.resolve(place)?.type === 'directory');
	if (directory === undefined) return modules;
	const listed = ['gconv-modules', 'gconv-modules.cache'].some((file) => rootfs.resolve(`${directory}/${file}`)?.type === 'file');
	if (!listed) return modules;
	const real = rootfs.resolve(directory)?.path ?? directory;
	for (const file of rootfs.list(real)) if (file.endsWith('.so')) modules.set(plainName(file.slice(0, -3)), `${directory}/${file}`);
	for (const [alias, name] of await aliases(rootfs, directory)) {
		const module = modules.get(name);
		if (module !== undefined && !modules.has(alias)) modules.set(alias, module);
	}
	return modules;
}

function directories(rootfs: Rootfs): readonly string[] {
	const multiarch = rootfs.list('/usr/lib').filter((name) => name.includes('-linux-'));
	return [...multiarch.map((name) => `/usr/lib/${name}/gconv`), '/usr/lib64/gconv', '/usr/lib/gconv', '/lib/gconv'];
}

/** `alias FROM// TO//` and `module FROM// TO// FILE COST` of gconv-modules and gconv-modules.d. */
async function aliases(rootfs: Rootfs, directory: string): Promise<ReadonlyMap<string, string>> {
	const parts = rootfs.list(rootfs.resolve(`${directory}/gconv-modules.d`)?.path ?? '').filter((name) => name.endsWith('.conf'));
	const paths = [`${directory}/gconv-modules`, ...parts.map((name) => `${directory}/gconv-modules.d/${name}`)];
	const found = new Map<string, string>();
	for (const body of (await rootfs.readMany(paths).catch(() => new Map<string, Uint8Array>())).values())
		for (const line of Buffer.from(body).toString('latin1').split('\n')) {
			const [kind, from = '', to = '', file = ''] = line.trim().split(/\s+/, 4);
			if (kind === 'alias') found.set(plainName(from), plainName(to));
			else if (kind === 'module' && to === 'INTERNAL') found.set(plainName(from), plainName(file));
		}
	return new Map([...found].map(([alias, name]) => [alias, found.get(name) ?? name]));
}

/** The version of the base's glibc: the newest that its libc defines. */
export function glibcVersion(rootfs: Rootfs): string | undefined {
	const multiarch = rootfs.list('/usr/lib').filter((name) => name.includes('-linux-'));
	const places = [...multiarch.flatMap((name) => [`/usr/lib/${name}`, `/lib/${name}`]), '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
	for (const place of places) {
		const minors = (rootfs.elf(`${place}/libc.so.6`)?.versionDefinitions ?? []).flatMap(
			(name) => /^GLIBC_2\.(\d{1,3})$/.exec(name)?.[1] ?? [],
		);
		if (minors.length > 0) return `2.${Math.max(...minors.map(Number))}`;
	}
	return undefined;
}
