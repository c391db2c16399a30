import { undefinedSymbols } from '../../formats/elf-lookup.ts';
import type { Defect, Linker, LoadedObject, Mapping } from './process.ts';

/** More libraries than any program has; a cycle of names cannot make more, as each file is mapped once. */
const maxObjects = 4096;

export interface MapRequest {
	/** What is there already, in the order of the loader; `roots` are appended unless they are there. */
	readonly loaded: readonly LoadedObject[];
	readonly roots: readonly LoadedObject[];
	readonly when: 'start' | 'open';
	readonly lazy: boolean;
}

/** Maps the roots and what they need, breadth first as both loaders do, then checks versions and symbols of what is new. */
export function mapObjects(linker: Linker, request: MapRequest): Mapping {
	const loaded: LoadedObject[] = [...request.loaded];
	const added: LoadedObject[] = [];
	const defects: Defect[] = [];
	const doubts: string[] = [];
	const add = (object: LoadedObject): void => {
		if (loaded.some((other) => other.entry.inode === object.entry.inode)) return;
		loaded.push(object);
		added.push(object);
	};
	for (const root of request.roots) add(root);
	for (let next = 0; next < added.length && loaded.length < maxObjects; next += 1) {
		const by = added[next] as LoadedObject;
		for (const name of by.elf.needed) {
			const found = linker.find(name, by, loaded);
			if (found.kind === 'file') {
				if (found.doubt !== undefined) doubts.push(found.doubt);
				add({ name: found.path, entry: found.entry, elf: found.elf, neededBy: by });
			} else if (found.kind === 'loaded') add(found.object);
			else if (found.kind === 'unread') doubts.push(`${found.path} was not looked at`);
			else defects.push(lack(linker, name, by, found));
		}
	}
	for (const object of added) if (object.elf.broken !== undefined) doubts.push(`${object.name} is damaged: ${object.elf.broken}`);
	defects.push(...linker.versions(added, loaded));
	if (defects.length === 0) defects.push(...symbolDefects(linker, added, [...loaded], request));
	return { objects: loaded, defects, doubts };
}

function lack(
	linker: Linker,
	name: string,
	by: LoadedObject,
	found: { readonly kind: 'missing' } | { readonly kind: 'unusable'; readonly path: string },
): Defect {
	const path = found.kind === 'unusable' ? found.path : undefined;
	const kind = found.kind === 'unusable' ? 'unusable-library' : 'missing-library';
	return { kind, message: linker.missing(name, by, found.kind, path), when: 'load', by, missing: name };
}

/** Strong undefined symbols that relocations refer to and that nothing in scope defines. */
function symbolDefects(
	linker: Linker,
	objects: readonly LoadedObject[],
	scope: readonly LoadedObject[],
	request: Pick<MapRequest, 'when' | 'lazy'>,
): readonly Defect[] {
	const defects: Defect[] = [];
	for (const by of objects)
		for (const symbol of undefinedSymbols(by.elf)) {
			if (symbol.binding === 'weak' || symbol.references === 0 || linker.provides(scope, symbol)) continue;
			const when = linker.bindsAt(by, symbol.references, request.when, request.lazy);
			const message = linker.undefinedSymbol(by, symbol, when === 'call' ? 'call' : request.when);
			defects.push({ kind: 'missing-symbol', message, when, by, missing: symbol.name });
		}
	return [...defects.filter((d) => d.when === 'load'), ...defects.filter((d) => d.when === 'call')];
}
