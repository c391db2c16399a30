import { undefinedSymbols } from '../../../formats/elf-lookup.ts';
import type { Defect, Mapping, Process } from '../process.ts';
import { bunMark } from './bun-mark.ts';

export interface OpenedAddon extends Mapping {
	readonly path: string;
	/** Functions that it calls through its linkage table, those of the runtime's own interface left out. */
	readonly imported: number;
}

/** process.dlopen: RTLD_LAZY. Bun on musl refuses what names libraries of glibc before it opens it. */
export function openAddon(runtime: Process, path: string): OpenedAddon {
	const mapping = runtime.open(path, { lazy: true });
	const root = mapping.objects.find((object) => object.name === path);
	const imported =
		root === undefined
			? 0
			: undefinedSymbols(root.elf).filter(({ name, binding }) => binding === 'global' && !name.startsWith('napi_')).length;
	const refusal = root === undefined ? undefined : bunRefusal(runtime, root.name, root.elf.needed);
	return { ...mapping, path, imported, defects: refusal === undefined ? mapping.defects : [refusal, ...mapping.defects] };
}

const glibcNames = new Set(['libc.so.6', 'libpthread.so.0', 'libm.so.6', 'libdl.so.2', 'librt.so.1', 'libresolv.so.2', 'libutil.so.1']);

function bunRefusal(runtime: Process, path: string, needed: readonly string[]): Defect | undefined {
	if (runtime.libc !== 'musl' || runtime.objects[0]?.elf.marks.includes(bunMark.name) !== true) return undefined;
	const name = needed.find((library) => glibcNames.has(library) || library.startsWith('ld-linux'));
	if (name === undefined) return undefined;
	const message = `${path} is linked against glibc (DT_NEEDED ${name}), but this Bun build uses musl.`;
	return { kind: 'unusable-library', message, when: 'load', by: runtime.objects[0], missing: name };
}
