/**
 * A slow, obvious merge of layers to compare with: one flat map from path to what is there, every question answered by
 * looking at all of it. It shares no code with `src/rootfs/`.
 */
export interface Member {
	readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'whiteout' | 'opaque';
	/** Components joined by `/`, no slash in front. */
	readonly path: string;
	/** Link target, or the content of a file. */
	readonly text: string;
}

type Thing = { readonly kind: 'file' | 'directory' | 'symlink'; readonly text: string };
type World = Map<string, Thing>;

function parentOf(path: string): string {
	return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

function join(directory: string, name: string): string {
	return directory === '' ? name : `${directory}/${name}`;
}

/** The path without links that a path leads to; undefined when it leads nowhere. */
function follow(world: World, path: string, last: boolean, hops = { left: 40 }): string | undefined {
	let here = '';
	const parts = path.split('/').filter((p) => p !== '' && p !== '.');
	for (let i = 0; i < parts.length; i += 1) {
		const part = parts[i] as string;
		if (here !== '' && world.get(here)?.kind !== 'directory') return undefined;
		if (part === '..') {
			here = parentOf(here);
			continue;
		}
		const next = join(here, part);
		const thing = world.get(next);
		if (thing === undefined) return undefined;
		if (thing.kind === 'symlink' && (last || i < parts.length - 1)) {
			hops.left -= 1;
			if (hops.left < 0 || thing.text === '') return undefined;
			const rest = parts.slice(i + 1).join('/');
			const start = thing.text.startsWith('/') ? '' : here;
			return follow(world, `${start}/${thing.text}/${rest}`, last, hops);
		}
		here = next;
	}
	return here;
}

function isDirectory(world: World, path: string | undefined): path is string {
	return path !== undefined && (path === '' || world.get(path)?.kind === 'directory');
}

function remove(world: World, path: string, itself: boolean): void {
	for (const key of [...world.keys()]) {
		if ((itself && key === path) || key.startsWith(path === '' ? '' : `${path}/`)) world.delete(key);
	}
}

/** The directory that an entry is put into: what exists is followed, what is missing is made; undefined when blocked. */
function place(world: World, directory: string): string | undefined {
	if (directory === '') return '';
	const there = follow(world, directory, true);
	if (there !== undefined) return isDirectory(world, there) ? there : undefined;
	const above = place(world, parentOf(directory));
	if (above === undefined) return undefined;
	const path = join(above, nameOf(directory));
	const thing = world.get(path);
	if (thing === undefined) {
		world.set(path, { kind: 'directory', text: '' });
		return path;
	}
	if (thing.kind !== 'symlink') return thing.kind === 'directory' ? path : undefined;
	// a link that leads nowhere: the directory it names is made, unless it climbs
	if (thing.text === '' || thing.text.split('/').includes('..')) return undefined;
	let made = thing.text.startsWith('/') ? '' : above;
	for (const part of thing.text.split('/').filter((p) => p !== '' && p !== '.')) {
		made = join(made, part);
		const existing = world.get(made);
		if (existing !== undefined && existing.kind !== 'directory') return undefined;
		world.set(made, existing ?? { kind: 'directory', text: '' });
	}
	return made;
}

export function referenceMerge(layers: readonly (readonly Member[])[]): ReadonlyMap<string, string> {
	const world: World = new Map();
	for (const layer of layers) {
		for (const member of layer) {
			if (member.kind === 'opaque') {
				const directory = follow(world, member.path, true);
				if (isDirectory(world, directory)) remove(world, directory, false);
			} else if (member.kind === 'whiteout') {
				const directory = follow(world, parentOf(member.path), true);
				if (isDirectory(world, directory)) remove(world, join(directory, nameOf(member.path)), true);
			}
		}
		for (const member of layer) if (member.kind !== 'opaque' && member.kind !== 'whiteout') put(world, member);
	}
	return new Map([...world].map(([path, thing]) => [`/${path}`, `${thing.kind} ${thing.text}`]));
}

function put(world: World, member: Member): void {
	let thing: Thing;
	if (member.kind === 'hardlink') {
		const source = follow(world, member.text, false);
		const found = source === undefined ? undefined : world.get(source);
		const directory = place(world, parentOf(member.path));
		if (directory === undefined || found === undefined || found.kind === 'directory') return;
		if (join(directory, nameOf(member.path)) === source) return;
		thing = found;
	} else thing = { kind: member.kind as Thing['kind'], text: member.kind === 'directory' ? '' : member.text };
	const directory = place(world, parentOf(member.path));
	if (directory === undefined) return;
	const path = join(directory, nameOf(member.path));
	if (thing.kind === 'directory' && world.get(path)?.kind === 'directory') return;
	remove(world, path, true);
	world.set(path, thing);
}
