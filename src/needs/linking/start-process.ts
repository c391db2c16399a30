import { defines } from '../../formats/elf-lookup.ts';
import type { ElfFacts, Rootfs } from '../../model/rootfs.ts';
import { glibcLinker } from './glibc.ts';
import { glibcSettings } from './glibc-settings.ts';
import { runsOn } from './machine.ts';
import { mapObjects } from './map-objects.ts';
import { muslLinker } from './musl.ts';
import { muslSettings } from './musl-settings.ts';
import type { Defect, Finding, Linker, LoadedObject, Mapping, Process, Start } from './process.ts';
import { sameMachine } from './search-path.ts';

/** What execve and the loader would do with a program on this file tree. Undefined when there is no ELF file at the path. */
export async function startProcess(rootfs: Rootfs, start: Start): Promise<Process | undefined> {
	const entry = rootfs.resolve(start.path);
	const elf = rootfs.elf(start.path);
	if (entry === undefined || elf === undefined) return undefined;
	const program: LoadedObject = { name: start.path, entry, elf };
	const refused = refusal(program, start.machine);
	if (refused !== undefined) return ended(program, [refused]);
	if (elf.broken !== undefined) return ended(program, [], [`${start.path} is damaged: ${elf.broken}`]);
	if (elf.interpreter === undefined) return staticProcess(program);
	const interpreter = interpreterOf(rootfs, program, elf.interpreter);
	if ('kind' in interpreter) return ended(program, [interpreter]);
	const linker = await linkerOf(rootfs, program, interpreter, start);
	if (linker === undefined) return ended(program, [], [`the loader ${interpreter.name} is neither that of glibc nor that of musl`]);
	return running(rootfs, linker, program, interpreter);
}

function ended(program: LoadedObject, defects: readonly Defect[], doubts: readonly string[] = []): Process {
	const mapping = { objects: [program], defects, doubts };
	return { ...mapping, libc: 'none', open: () => ({ objects: [], defects, doubts: ['the program itself cannot be started'] }) };
}

function staticProcess(program: LoadedObject): Process {
	const strange = program.elf.needed.length > 0 && program.elf.type === 'executable';
	const doubts = strange ? [`${program.name} needs libraries but names no loader`] : [];
	const open = (): { objects: readonly []; defects: readonly []; doubts: readonly string[] } => ({
		objects: [],
		defects: [],
		doubts: [`${program.name} is static: what it would load cannot be told`],
	});
	return { objects: [program], defects: [], doubts, libc: 'none', open };
}

const gcompat = '/lib/libgcompat.so.0';

/** execve(2): ENOEXEC. */
function refusal(program: LoadedObject, machine: string | undefined): Defect | undefined {
	const { elf } = program;
	const message = `exec ${program.name}: exec format error`;
	const bad = (missing: string): Defect => ({ kind: 'bad-format', message, when: 'load', by: program, missing });
	if (elf.type !== 'executable' && elf.type !== 'shared') return elf.broken === undefined ? bad('a program') : undefined;
	return runsOn(machine, elf) ? undefined : bad(`a program for another processor than ${elf.machine}`);
}

/** The kernel opens PT_INTERP; whoever started the program reads "no such file" of a file that is there. */
function interpreterOf(rootfs: Rootfs, program: LoadedObject, path: string): LoadedObject | Defect {
	const entry = rootfs.resolve(path);
	const missing: Defect = {
		kind: 'no-loader',
		message: `exec ${program.name}: no such file or directory`,
		when: 'load',
		by: program,
		missing: path,
	};
	if (entry?.type !== 'file') return missing;
	if ((entry.mode & 0o111) === 0) return { ...missing, message: `exec ${program.name}: permission denied` };
	const elf = rootfs.elf(path);
	if (elf === undefined || !sameMachine(elf, program.elf))
		return { ...missing, kind: 'unusable-library', message: `exec ${program.name}: accessing a corrupted shared library` };
	return { name: path, entry, elf };
}

async function linkerOf(rootfs: Rootfs, program: LoadedObject, interpreter: LoadedObject, start: Start): Promise<Linker | undefined> {
	if (isMusl(interpreter.elf)) return muslLinker(rootfs, await muslSettings(rootfs, interpreter.name), program, interpreter, start);
	if (!isGlibc(interpreter.elf)) return gcompatLinker(rootfs, program, start);
	return glibcLinker(rootfs, await glibcSettings(rootfs, interpreter.name, start.cacheRebuilt), program, interpreter, start);
}

/** gcompat's loader for programs of glibc: it starts that of musl with its library preloaded. */
async function gcompatLinker(rootfs: Rootfs, program: LoadedObject, start: Start): Promise<Linker | undefined> {
	const loader = rootfs.list('/lib').find((name) => name.startsWith('ld-musl-'));
	const entry = loader === undefined ? undefined : rootfs.resolve(`/lib/${loader}`);
	const elf = entry === undefined ? undefined : rootfs.elf(entry.path);
	if (entry === undefined || elf === undefined || rootfs.resolve(gcompat) === undefined) return undefined;
	const interpreter: LoadedObject = { name: `/lib/${loader}`, entry, elf };
	const linker = muslLinker(rootfs, await muslSettings(rootfs, interpreter.name), program, interpreter, start);
	return { ...linker, preload: [gcompat, ...linker.preload] };
}

/** The loader is the libc: it has both the entry of a program and the streams. */
function isMusl(loader: ElfFacts): boolean {
	return defines(loader, '__libc_start_main') && defines(loader, 'stdin') && loader.versionDefinitions.length === 0;
}

function isGlibc(loader: ElfFacts): boolean {
	return loader.versionDefinitions.some((name) => name.startsWith('GLIBC_')) && defines(loader, '_rtld_global');
}

function running(rootfs: Rootfs, linker: Linker, program: LoadedObject, interpreter: LoadedObject): Process {
	const preloaded = linker.preload.flatMap((name) => {
		const found = linker.find(name, program, [program]);
		return found.kind === 'file' ? [{ name: found.path, entry: found.entry, elf: found.elf }] : [];
	});
	const mapping = withDoubt(mapObjects(linker, { loaded: [], roots: [program, ...preloaded], when: 'start', lazy: true }));
	return {
		...mapping,
		libc: linker.libc,
		interpreter,
		open(name, { lazy }) {
			const found = name.includes('/') ? undefined : linker.find(name, program, mapping.objects);
			if (found !== undefined && found.kind !== 'file') return named(found, name, mapping, linker.libc);
			const path = found?.path ?? name;
			const entry = rootfs.resolve(path);
			const elf = rootfs.elf(path);
			if (entry === undefined || elf === undefined) return { objects: [], defects: [], doubts: [`${path} is not an ELF file`] };
			const root: LoadedObject = { name: path, entry, elf };
			if (!sameMachine(elf, program.elf)) return wrongMachine(linker, root, mapping.objects);
			return withDoubt(mapObjects(linker, { loaded: mapping.objects, roots: [root], when: 'open', lazy }));
		},
	};
}

/** Where gcompat stands in for glibc the functions are there; whether they do the same no table tells. */
function withDoubt(mapping: Mapping): Mapping {
	const standIn = mapping.objects.find(({ name }) => name.endsWith('/libgcompat.so.0'));
	if (standIn === undefined) return mapping;
	return {
		...mapping,
		doubts: [...mapping.doubts, 'gcompat stands in for glibc: its functions are there, whether they behave alike is not proved'],
	};
}

/** A library by its name that is mapped already, or not found. */
function named(found: Exclude<Finding, { readonly kind: 'file' }>, name: string, { objects }: Mapping, libc: 'glibc' | 'musl'): Mapping {
	if (found.kind === 'loaded') return { objects, defects: [], doubts: [] };
	if (found.kind === 'unread') return { objects, defects: [], doubts: [`${found.path} was not looked at`] };
	const message =
		libc === 'musl'
			? `Error loading shared library ${name}: No such file or directory`
			: `${name}: cannot open shared object file: No such file or directory`;
	return { objects, defects: [{ kind: 'missing-library', message, when: 'load', by: undefined, missing: name }], doubts: [] };
}

function wrongMachine(linker: Linker, root: LoadedObject, objects: readonly LoadedObject[]): ReturnType<Process['open']> {
	const message =
		linker.libc === 'musl'
			? `Error loading shared library ${root.name}: Exec format error`
			: `${root.name}: cannot open shared object file: No such file or directory`;
	const defect: Defect = { kind: 'bad-format', message, when: 'load', by: root, missing: 'a library for this processor' };
	return { objects, defects: [defect], doubts: [] };
}
