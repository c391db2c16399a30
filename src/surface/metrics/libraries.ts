import type { Item } from '../../model/surface.ts';
import { elfRole } from '../find-programs.ts';
import type { Metric } from '../metric.ts';
import { baseName } from '../program.ts';

/** ELF files that are loaded rather than started: shared libraries, loaders, plug-ins. Each file once. */
export const libraries: Metric<'libraries'> = {
	title: 'libraries',
	unit: 'items',
	begin({ rootfs, inventory }) {
		const found = new Map<number, Item>();
		return {
			see(entry) {
				if (entry.content !== 'elf' || found.has(entry.inode)) return;
				const facts = rootfs.elf(entry.path);
				if (facts === undefined || elfRole(facts) !== 'library') return;
				const owner = inventory.owner(entry.path);
				found.set(entry.inode, {
					name: baseName(entry.path),
					path: entry.path,
					because: [
						{ path: entry.path, layer: entry.layer, shows: facts.soname === undefined ? 'shared object' : `library ${facts.soname}` },
					],
					...(owner === undefined ? {} : { package: owner.name }),
				});
			},
			finish: () => ({ count: found.size, items: [...found.values()] }),
		};
	},
};
