import { parseDockerfile } from '../../formats/dockerfile/parse.ts';
import type { Application, Change, Standing } from '../../model/need.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { glibcLinker } from './glibc.ts';
import { glibcSettings } from './glibc-settings.ts';
import { muslLinker } from './musl.ts';
import { muslSettings } from './musl-settings.ts';
import type { LoadedObject, Mapping, Process, Start } from './process.ts';
import { directoryOf, fileAt, join } from './search-path.ts';

/** Libraries that are copied at most: an application that lacks more of its base should stay on it. */
const maxCopies = 40;

/** A file of the current base by the path where it would lie on the candidate. */
interface Copy {
	readonly source: string;
	readonly target: string;
}

/**
 * When nothing but libraries is missing and the base of today has them for the same loader: a COPY for each directory, and
 * the proof that with them nothing is missing any more. `attempt` does again on another file tree what failed.
 */
export async function copyLibraries(
	application: Application,
	standing: Standing,
	process: Process,
	failed: Mapping,
	attempt: (rootfs: Rootfs) => Promise<Mapping>,
): Promise<readonly Change[]> {
	const { current, combined } = standing;
	const find = current === undefined ? undefined : await finderOn(current.base, process);
	if (find === undefined || current === undefined || current.reference === standing.reference) return [];
	const target = await targetDirectory(combined, process);
	const copies = new Map<string, Copy>();
	let mapping = failed;
	while (mapping.defects.length > 0) {
		if (mapping.defects.some(({ kind }) => kind !== 'missing-library') || copies.size >= maxCopies) return [];
		const before = copies.size;
		for (const { missing } of mapping.defects) {
			const source = find(missing);
			if (source === undefined) return [];
			copies.set(missing, { source, target: join(target, missing) });
		}
		if (copies.size === before) return [];
		mapping = await attempt(overlay(combined, current.base, [...copies.values()]));
	}
	return mapping.doubts.length > 0 ? [] : changeOf(application, current.reference, target, copies);
}

/** Looks a library up on the base of today as the same loader would there. */
async function finderOn(base: Rootfs, process: Process): Promise<((name: string) => string | undefined) | undefined> {
	const loader = process.interpreter?.name;
	const program = process.objects[0];
	const entry = loader === undefined ? undefined : base.resolve(loader);
	const elf = loader === undefined ? undefined : base.elf(loader);
	if (loader === undefined || entry === undefined || elf === undefined || program === undefined) return undefined;
	const interpreter: LoadedObject = { name: loader, entry, elf };
	const bare: LoadedObject = { name: '/', entry: program.entry, elf: { ...program.elf, needed: [] } };
	const start: Start = { path: '/', name: '/', env: [], machine: undefined, cacheRebuilt: false };
	const linker =
		process.libc === 'musl'
			? muslLinker(base, await muslSettings(base, loader), bare, interpreter, start)
			: glibcLinker(base, await glibcSettings(base, loader, false), bare, interpreter, start);
	return (name) => {
		const found = linker.find(name, { ...bare, elf: { ...bare.elf } }, []);
		return found.kind === 'file' ? found.path : undefined;
	};
}

/** A directory that the candidate's loader searches without a cache; below /usr, where both layouts of Debian agree. */
async function targetDirectory(rootfs: Rootfs, process: Process): Promise<string> {
	const loader = process.interpreter?.name ?? '';
	const directories =
		process.libc === 'musl'
			? (await muslSettings(rootfs, loader)).path
			: (await glibcSettings(rootfs, loader, false)).systemDirectories.map((directory) => directory.replace(/(.)\/$/, '$1'));
	return directories.find((directory) => directory.startsWith('/usr/lib')) ?? directories[0] ?? '/usr/lib';
}

/** The candidate with some files of the base of today put in. */
function overlay(rootfs: Rootfs, from: Rootfs, copies: readonly Copy[]): Rootfs {
	const files = new Map(copies.map(({ source, target }) => [target, source]));
	const added = [...files.keys()];
	return {
		...rootfs,
		size: rootfs.size,
		resolve(path, options) {
			const source = files.get(path);
			const entry = source === undefined ? undefined : fileAt(from, source)?.entry;
			// inodes of two trees may be equal: these are told apart by their place among the copies
			return entry === undefined ? rootfs.resolve(path, options) : { ...entry, path, inode: -1 - added.indexOf(path) };
		},
		elf(path) {
			const source = files.get(path);
			return source === undefined ? rootfs.elf(path) : from.elf(source);
		},
	};
}

function changeOf(application: Application, reference: string, target: string, copies: ReadonlyMap<string, Copy>): readonly Change[] {
	const from = application.dockerfile === undefined ? undefined : parseDockerfile(application.dockerfile.text).stages.at(-1)?.from;
	if (from === undefined) return [];
	const byDirectory = new Map<string, string[]>();
	for (const { source } of copies.values()) byDirectory.set(directoryOf(source), [...(byDirectory.get(directoryOf(source)) ?? []), source]);
	const lines = [...byDirectory.values()].map((sources) => `COPY --from=${reference} ${sources.sort().join(' ')} ${target}/`);
	const names = [...copies.keys()].sort().join(', ');
	return [
		{
			what: `copy ${names} from ${reference}`,
			because: `only ${copies.size === 1 ? 'this library is' : 'these libraries are'} missing, and those of ${reference} are for the same loader and complete`,
			edits: [{ kind: 'insert-after', line: from.endLine, text: lines.join('\n') }],
		},
	];
}
