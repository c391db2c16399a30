import type { Inventory } from '../model/package.ts';
import type { Space } from '../model/report.ts';
import type { Rootfs } from '../model/rootfs.ts';

/** Parts that are told one by one; the rest is one. A picture shows no more. */
const told = 80;
/** How deep the directories are that files without a package are summed up in. */
const depth = 3;

interface Part {
	readonly name: string;
	readonly kind: 'package' | 'directory';
	bytes: number;
	files: number;
}

/** What takes the space, largest first: every regular file once, however many names it has. */
export function takeSpace(rootfs: Rootfs, inventory: Inventory): readonly Space[] {
	const seen = new Set<number>();
	const parts: Record<Part['kind'], Map<string, Part>> = { package: new Map(), directory: new Map() };
	for (const entry of rootfs.entries()) {
		if (entry.type !== 'file' || seen.has(entry.inode)) continue;
		seen.add(entry.inode);
		const owner = inventory.owner(entry.path);
		const [kind, name] = owner === undefined ? (['directory', directoryOf(entry.path)] as const) : (['package', owner.name] as const);
		let part = parts[kind].get(name);
		if (part === undefined) {
			part = { name, kind, bytes: 0, files: 0 };
			parts[kind].set(name, part);
		}
		part.bytes += entry.size;
		part.files += 1;
	}
	const sorted = [...parts.package.values(), ...parts.directory.values()].sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
	return sorted.length <= told + 1 ? sorted : [...sorted.slice(0, told), together(sorted.slice(told))];
}

function together(parts: readonly Space[]): Space {
	const sum = (of: (part: Space) => number): number => parts.reduce((total, part) => total + of(part), 0);
	return { name: `${parts.length} smaller ones`, kind: 'rest', bytes: sum(({ bytes }) => bytes), files: sum(({ files }) => files) };
}

/** `/usr/local/lib` of `/usr/local/lib/node_modules/npm/package.json`. */
function directoryOf(path: string): string {
	const last = path.lastIndexOf('/');
	let end = 0;
	for (let i = 0; i < depth && end < last; i += 1) end = path.indexOf('/', end + 1);
	return end === 0 ? '/' : path.slice(0, Math.min(end, last));
}
