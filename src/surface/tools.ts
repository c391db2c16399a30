import type { Identity } from '../formats/access.ts';
import { type Powers, powersOf } from '../model/capability.ts';
import type { Item, Surface, Way } from '../model/surface.ts';
import { mayStart } from './actor.ts';
import type { Scene } from './metric.ts';
import { ownRuntime } from './own-runtime.ts';

/** A program of the image that serves for something, as the actor can start it. */
export interface Tool {
	readonly name: string;
	readonly path: string;
	/** As it is called: `busybox nc`, `python3`. */
	readonly through: string;
	readonly inherent: boolean;
	/** What the table of utilities says of its name. */
	readonly uses: readonly string[];
	readonly powers?: Powers;
}

export interface Tools {
	readonly shells: readonly Tool[];
	readonly languages: readonly Tool[];
	/** Neither shells nor languages. */
	readonly utilities: readonly Tool[];
	readonly compilers: readonly Tool[];
	readonly managers: readonly Tool[];
	/** There is a /bin/sh that can be started, as system(3) asks for. */
	readonly sh: boolean;
	readonly actor: Identity | undefined;
	/** Files with further rights, whoever may start them. */
	readonly privileged: Readonly<Record<'setuid' | 'setgid' | 'fileCapabilities', readonly Item[]>>;
	/** The item as a tool; undefined when the actor may not start it. */
	take(item: Item): Tool | undefined;
}

/** What was counted, as far as the actor can start it. */
export function gatherTools(scene: Scene, surface: Surface, actor: Identity | undefined): Tools {
	const inherent = ownRuntime(scene, surface.interpreters.items ?? []);
	const many = new Map(
		scene.programs.flatMap((p) => p.is.filter((i) => i.kind === 'many-in-one').map((i): [number, string] => [p.entry.inode, i.name])),
	);
	const take = (item: Item): Tool | undefined => toolOf(scene, item, actor, { inherent, many });
	const takeAll = (items: readonly Item[] = []): readonly Tool[] => items.flatMap((item) => take(item) ?? []);
	const withPowers = (tools: readonly Tool[]): readonly Tool[] => tools.map((tool) => ({ ...tool, powers: powersOf(tool.name) }));
	const shells = withPowers(takeAll(surface.shells.items).map(asShell));
	const languages = withPowers(takeAll(surface.interpreters.items));
	const known = new Set([...shells, ...languages].map(({ path }) => inodeOf(scene, path)));
	const utilities = takeAll(surface.utilities.items).filter((tool) => tool.through.includes(' ') || !known.has(inodeOf(scene, tool.path)));
	const sh = scene.rootfs.resolve('/bin/sh');
	return {
		shells,
		languages,
		utilities: utilities.filter(({ through }) => !/ (?:sh|ash|hush|msh|lash|bash)$/.test(through)),
		compilers: takeAll(surface.compilers.items),
		managers: takeAll(surface.packageManagers.items),
		sh: sh !== undefined && shells.some(({ path }) => inodeOf(scene, path) === sh.inode),
		actor,
		privileged: {
			setuid: surface.setuid.items ?? [],
			setgid: surface.setgid.items ?? [],
			fileCapabilities: surface.fileCapabilities.items ?? [],
		},
		take,
	};
}

/** Of a program that plays many the shell is one. */
function asShell(tool: Tool): Tool {
	return tool.name === 'busybox' || tool.name === 'toybox' ? { ...tool, through: `${tool.name} sh` } : tool;
}

function inodeOf(scene: Scene, path: string): number | undefined {
	return scene.rootfs.resolve(path)?.inode;
}

interface Known {
	readonly inherent: ReadonlySet<number>;
	/** Programs that play many. */
	readonly many: ReadonlyMap<number, string>;
}

function toolOf(scene: Scene, item: Item, actor: Identity | undefined, known: Known): Tool | undefined {
	const { name, path, capabilities: uses = [] } = item;
	const entry = path === undefined ? undefined : scene.rootfs.resolve(path);
	if (path === undefined || entry === undefined || !mayStart(scene.rootfs, path, actor)) return undefined;
	const many = known.many.get(entry.inode);
	const through = many === undefined || many === name ? name : `${many} ${name}`;
	return { name, path, through, inherent: known.inherent.has(entry.inode), uses };
}

/** `means` is what of the tool does it: `socket` of python. */
export function wayOf({ path, inherent, through }: Tool, because: string, means?: string): Way {
	return { path, through: means === undefined ? through : `${through} ${means}`, inherent, because };
}
