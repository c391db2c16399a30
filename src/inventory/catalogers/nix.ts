import { nixName } from '../../formats/nix-name.ts';
import { formatPurl } from '../../formats/purl.ts';
import type { Package } from '../../model/package.ts';
import type { Rootfs } from '../../model/rootfs.ts';
import { type Cataloger, nothing } from '../cataloger.ts';

const store = '/nix/store';

/** The directories of one package: its outputs, and other builds of the same version. */
interface Found {
	readonly name: string;
	readonly version: string;
	readonly path: string;
	readonly files: string[];
}

/**
 * Packages of Nix by the directories of its store. Outputs of one (`-bin`, `-dev`, `-lib`) are one package, and documentation alone is
 * none. Recipes, sources, patches and scripts, which are single files, are no installed software, nor is what has no version.
 */
export const nix: Cataloger = {
	name: 'nix',
	ecosystem: 'nix',
	reads: [`${store}/*/`],
	async catalog(rootfs) {
		const packages = new Map<string, Found>();
		const byDirectory = new Map<string, Found>();
		for (const entry of rootfs.list(store)) {
			const path = `${store}/${entry}`;
			const told = rootfs.get(path)?.type === 'directory' ? nixName(entry) : undefined;
			if (told === undefined || told.documentation) continue;
			const key = `${told.name}\0${told.version}`;
			const found = packages.get(key) ?? { ...told, path, files: [] };
			packages.set(key, found);
			byDirectory.set(entry, found);
		}
		if (packages.size === 0) return nothing;
		collectFiles(rootfs, byDirectory);
		return { packages: [...packages.values()].map(packageOf), present: true, problems: [], blindSpots: [] };
	},
};

function collectFiles(rootfs: Rootfs, byDirectory: ReadonlyMap<string, Found>): void {
	for (const { type, path } of rootfs.entries()) {
		if (type === 'directory' || !path.startsWith(`${store}/`)) continue;
		const end = path.indexOf('/', store.length + 1);
		byDirectory.get(path.slice(store.length + 1, end === -1 ? undefined : end))?.files.push(path);
	}
}

function packageOf({ name, version, path, files }: Found): Package {
	return {
		name,
		version,
		ecosystem: 'nix',
		purl: formatPurl({ type: 'nix', name, version }),
		because: { path, shows: `a directory of the store, named ${name} ${version}` },
		files,
	};
}
