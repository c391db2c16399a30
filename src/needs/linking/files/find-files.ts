import { definedSymbols, undefinedSymbols } from '../../../formats/elf-lookup.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Application } from '../../../model/need.ts';
import type { ElfFacts } from '../../../model/rootfs.ts';
import type { Certainty } from '../../../model/verdict.ts';
import { absolutePath } from '../../application/stage-tree.ts';
import { readSource, type Source } from '../../source/read-source.ts';

/** What the files of a group are, and so who loads them. */
export type FileRole =
	/** Extension modules of Python: the interpreter opens them with RTLD_NOW. */
	| 'python'
	/** Programs that are started by something else than the launch. */
	| 'program'
	/** Libraries that something may open by name. */
	| 'library';

/** Files of one kind in one place, judged together. */
export interface FileGroup {
	readonly role: FileRole;
	readonly name: string;
	readonly certainty: Certainty;
	readonly because: readonly Evidence[];
	/** Absolute paths, sorted. */
	readonly paths: readonly string[];
}

/** ELF files of one application that are looked at; a Python environment for machine learning has some 2,000. */
const maxFiles = 5000;

interface Brought {
	readonly path: string;
	readonly elf: ElfFacts;
}

/** ELF files that the application brings apart from what is started, addons of Node.js, and libraries that others need by name. */
export async function findFiles(application: Application): Promise<readonly FileGroup[]> {
	const brought = elfFiles(application);
	if (brought.length === 0) return [];
	const source = await readSource(application);
	const needed = new Set([...brought, ...addons(application)].flatMap(({ elf }) => elf.needed));
	const groups = new Map<string, { readonly role: FileRole; readonly paths: string[]; certainty: Certainty; because: Evidence }>();
	for (const file of brought) {
		const role = roleOf(file);
		if (role === 'program' && isLaunched(application, file.path)) continue;
		if (role === 'library' && (needed.has(baseName(file.path)) || needed.has(file.elf.soname ?? ''))) continue;
		const reached = reachOf(application, source, file, role);
		const key = `${role} ${placeOf(file.path, role)} ${reached.certainty}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { role, paths: [file.path], ...reached });
		else group.paths.push(file.path);
	}
	return [...groups.values()].map(({ role, paths, certainty, because }) => ({
		role,
		name: nameOf(paths, role),
		certainty,
		because: [because],
		paths,
	}));
}

function elfFiles({ files }: Application): readonly Brought[] {
	const found: Brought[] = [];
	for (const entry of files.entries()) {
		if (entry.content !== 'elf' || entry.path.endsWith('.node') || /\/obj\.target\/|\.o$/.test(entry.path)) continue;
		const elf = files.elf(entry.path);
		if (elf === undefined || (elf.type !== 'shared' && elf.type !== 'executable')) continue;
		found.push({ path: entry.path, elf });
		if (found.length >= maxFiles) break;
	}
	return found;
}

/** They are judged on their own; here they tell which libraries somebody needs. */
function addons({ files }: Application): readonly Brought[] {
	const found: Brought[] = [];
	for (const { content, path } of files.entries()) {
		const elf = content === 'elf' && path.endsWith('.node') ? files.elf(path) : undefined;
		if (elf !== undefined) found.push({ path, elf });
	}
	return found;
}

function roleOf({ path, elf }: Brought): FileRole {
	if (elf.type === 'executable' || elf.interpreter !== undefined || elf.pie) return 'program';
	const module = /^(\w+)(\.[\w-]+)*\.so$/.exec(baseName(path))?.[1];
	if (module === undefined) return 'library';
	const entry = `PyInit_${module}`;
	for (const { name } of definedSymbols(elf)) if (name === entry) return 'python';
	return undefinedSymbols(elf).some(({ name }) => /^_?Py[A-Z_]/.test(name)) ? 'python' : 'library';
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Python: the package at the top of site-packages; a program stands for itself; libraries by directory. */
function placeOf(path: string, role: FileRole): string {
	if (role === 'program') return path;
	const inside = /^(.*\/(?:site|dist)-packages\/[^/]+)/.exec(path)?.[1];
	if (role === 'python') return inside ?? path;
	return path.slice(0, path.lastIndexOf('/')) || '/';
}

function nameOf(paths: readonly string[], role: FileRole): string {
	const first = paths[0] as string;
	return paths.length === 1 ? first : `${placeOf(first, role)} (${paths.length} files)`;
}

function reachOf(
	application: Application,
	source: Source,
	{ path }: Brought,
	role: FileRole,
): { readonly certainty: Certainty; readonly because: Evidence } {
	if (role === 'program') {
		const fact = source.facts.find(({ action }) => action.kind === 'program' && namesFile(application, action.program, path));
		if (fact !== undefined) return { certainty: fact.certainty, because: fact.because };
	}
	if (role === 'python') {
		const imported = source.python.graph.extensions.get(path);
		if (imported !== undefined) return { certainty: imported.certainty, because: { path, shows: `import ${imported.module}` } };
		const unclear = source.python.starts.length === 0 || source.python.graph.truncated;
		return {
			certainty: unclear ? 'likely' : 'possible',
			because: { path, shows: 'an extension module that nothing which was read imports' },
		};
	}
	return { certainty: 'possible', because: { path, shows: 'the application brings it; nothing that was read uses it' } };
}

/** What the launch names is judged with the launch. */
function isLaunched(application: Application, path: string): boolean {
	const { command, entrypoint } = application.launch;
	return [...(entrypoint?.value.argv ?? []), ...(command?.value.argv ?? [])].some((word) => namesFile(application, word, path));
}

function namesFile({ launch }: Application, program: string, path: string): boolean {
	if (!program.includes('/')) return false;
	const directory = launch.workingDir?.value ?? '/';
	return absolutePath(program, directory.includes('${') ? '/' : directory) === path;
}
