import type { Rootfs } from '../model/rootfs.ts';

const manifest = '/package.json';

/** Where projects keep packages that nobody installs. */
const testData = /\/(?:tests?|__tests__|specs?|fixtures?|__fixtures__|testdata|test-data)(?=\/)/;
/** Packages of other languages, of which each file is that package's. */
const otherPackages = /\/(?:site-packages|dist-packages|gems\/[^/]+|go\/pkg\/mod)(?=\/)/;

/**
 * Which directories outside of `node_modules` npm would take for a project of its own: one with a `node_modules` beside its
 * package.json, one that a `node_modules` links to (a workspace, `npm link`), and the topmost with a package.json, as an application without
 * dependencies or a tool unpacked from its tarball is. A package.json further down belongs to the package above it.
 */
export function npmRoots(rootfs: Rootfs): (directory: string) => boolean {
	const linked = linkedDirectories(rootfs);
	return (directory) => {
		if (rootfs.get(`${directory}/node_modules`) !== undefined || linked.has(directory)) return true;
		const inside = `${directory}/`;
		return !testData.test(inside) && !otherPackages.test(inside) && !hasPackageAbove(rootfs, directory);
	};
}

/** The root of the file system is nobody's project, even when something left a package.json there. */
function hasPackageAbove(rootfs: Rootfs, directory: string): boolean {
	for (let end = directory.lastIndexOf('/'); end > 0; end = directory.lastIndexOf('/', end - 1))
		if (rootfs.get(directory.slice(0, end) + manifest)?.type === 'file') return true;
	return false;
}

function linkedDirectories(rootfs: Rootfs): ReadonlySet<string> {
	const found = new Set<string>();
	for (const { type, path } of rootfs.entries()) {
		if (type !== 'symlink' || !/\/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path)) continue;
		const there = rootfs.resolve(path);
		if (there?.type === 'directory') found.add(there.path);
	}
	return found;
}
