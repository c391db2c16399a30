import type { Rootfs } from '../../../model/rootfs.ts';
import { absolutePath } from '../../application/stage-tree.ts';

/** What an import by its full name finds. */
export interface FoundModule {
	/** Files that are run, the packages around it first: `a/__init__.py`, `a/b.py`. */
	readonly sources: readonly string[];
	/** Extension modules of that name, for whatever interpreter. */
	readonly extensions: readonly string[];
	/** The directory of the search path that it lies in. */
	readonly root: string;
	/** It is a package: names taken out of it may be modules. */
	readonly directory?: string;
}

const compiled = /\.(so|pyd)$/;

/** Looks a dotted name up in the directories of a search path (Python reference, "The import system"). */
export function findModule(files: Rootfs, roots: readonly string[], dotted: string): FoundModule | undefined {
	const parts = dotted.split('.');
	if (parts.length > 32 || parts.includes('')) return undefined;
	for (const root of roots) {
		const found = inRoot(files, root, parts);
		if (found !== undefined) return found;
	}
	return undefined;
}

function inRoot(files: Rootfs, root: string, parts: readonly string[]): FoundModule | undefined {
	const sources: string[] = [];
	let directory = root;
	for (const [index, part] of parts.entries()) {
		const last = index === parts.length - 1;
		const inner = absolutePath(part, directory);
		const packageFile = files.resolve(`${inner}/__init__.py`) ?? files.resolve(`${inner}/__init__.pyc`);
		if (packageFile?.type === 'file') {
			sources.push(packageFile.path);
			if (last) return { sources, extensions: [], root, directory: inner };
			directory = inner;
			continue;
		}
		const file = files.resolve(`${inner}.py`) ?? files.resolve(`${inner}.pyc`);
		const extensions = file === undefined ? extensionsOf(files, directory, part) : [];
		// `a.b` where a is a file is an attribute of it
		if (file?.type === 'file') return { sources: [...sources, file.path], extensions: [], root };
		if (extensions.length > 0) return { sources, extensions, root };
		if (files.resolve(inner)?.type !== 'directory') return undefined;
		// a namespace package is found only when nothing else is; an empty directory is none
		if (last)
			return files.list(files.resolve(inner)?.path ?? inner).length > 0 ? { sources, extensions: [], root, directory: inner } : undefined;
		directory = inner;
	}
	return undefined;
}

function extensionsOf(files: Rootfs, directory: string, name: string): readonly string[] {
	const real = files.resolve(directory)?.path ?? directory;
	return files
		.list(real)
		.filter((entry) => entry.startsWith(`${name}.`) && compiled.test(entry))
		.map((entry) => absolutePath(entry, real));
}
