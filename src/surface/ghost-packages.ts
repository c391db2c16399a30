import type { Package } from '../model/package.ts';
import type { Rootfs } from '../model/rootfs.ts';
import type { Count, Item } from '../model/surface.ts';
import type { Scene } from './metric.ts';

/** Documentation is trimmed from images on purpose; dpkg's own notes stay whatever happens to the package. */
const besidesThePackage = /^\/(?:usr\/share\/(?:doc|doc-base|man|info|locale|lintian|bug|licenses)|var\/lib\/dpkg)\//;

/** Packages that the database calls installed while every file of theirs, documentation apart, is gone. */
export function ghostPackages(scene: Scene): Count {
	const items = scene.inventory.packages.flatMap((p) => ghost(scene.rootfs, p) ?? []);
	return { count: items.length, items };
}

function ghost(rootfs: Rootfs, found: Package): Item | undefined {
	let gone = 0;
	for (const path of found.files ?? []) {
		if (besidesThePackage.test(path)) continue;
		const entry = rootfs.get(path);
		// directories are shared: they say nothing about one package
		if (entry !== undefined && entry.type !== 'directory') return undefined;
		if (entry === undefined) gone += 1;
	}
	if (gone === 0) return undefined;
	return {
		name: `${found.name} ${found.version}`,
		package: found.name,
		because: [{ ...found.because, shows: `installed, but none of its ${gone} files is there` }],
	};
}
