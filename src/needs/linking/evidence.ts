import type { Evidence } from '../../model/evidence.ts';
import type { Defect, LoadedObject, Mapping } from './process.ts';

/** Libraries that are listed one by one; the rest is a number. */
const shown = 12;

/** Which file met which name. */
export function mappedFiles(mapping: Mapping): readonly Evidence[] {
	const libraries = mapping.objects.filter((object) => object.neededBy !== undefined);
	const listed = libraries.slice(0, shown).map(
		(object): Evidence => ({
			path: object.entry.path,
			layer: object.entry.layer,
			shows: `${lastName(object.name)}, needed by ${object.neededBy?.name ?? ''}${newest(object)}`,
		}),
	);
	const rest = libraries.length - listed.length;
	return rest > 0 ? [...listed, { path: (libraries.at(-1) as LoadedObject).entry.path, shows: `and ${rest} more libraries` }] : listed;
}

function newest(object: LoadedObject): string {
	const versions = object.elf.versionDefinitions.filter((name) => /^GLIBC_2\.\d+$/.test(name)).map((name) => Number(name.slice(8)));
	return versions.length === 0 ? '' : `; defines versions up to GLIBC_2.${Math.max(...versions)}`;
}

/** What the loader says, at most eight lines of it. */
export function complaints(defects: readonly Defect[]): readonly Evidence[] {
	return defects
		.slice(0, 8)
		.map(({ message, by }) => ({ path: by?.entry.path ?? '/', ...(by === undefined ? {} : { layer: by.entry.layer }), shows: message }));
}

function lastName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
