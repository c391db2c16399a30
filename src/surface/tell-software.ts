import { formatPurl } from '../formats/purl.ts';
import type { Software } from '../model/surface.ts';
import type { Scene } from './metric.ts';
import { ownerOf } from './program-item.ts';

/** Programs told by their own bytes, with the package that owns each; one that none owns gets a package URL of its own. */
export function tellSoftware(scene: Scene): readonly Software[] {
	return scene.programs.flatMap((program) => {
		const identity = program.is.find(({ kind }) => kind !== 'packed');
		if (identity === undefined) return [];
		const { path, layer, inode } = program.entry;
		const owner = ownerOf(scene, program);
		const version = identity.version ?? scene.versions.get(inode);
		return [
			{
				name: identity.name,
				...(version === undefined ? {} : { version }),
				path,
				because: [{ path, layer, shows: identity.shows }],
				...(owner === undefined ? { purl: formatPurl({ type: 'generic', name: identity.name, version }) } : { package: owner }),
			},
		];
	});
}
