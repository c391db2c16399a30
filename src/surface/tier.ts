import type { Item, Surface, Tier } from '../model/surface.ts';
import type { Scene } from './metric.ts';
import { managers } from './package-managers.ts';

export interface ToldTier {
	readonly tier: Tier;
	readonly tierBecause: readonly string[];
}

interface Signs {
	readonly shells: readonly Item[];
	/** Package managers of the operating system, BusyBox's small ones apart. */
	readonly managers: readonly Item[];
	/** Compilers and version control that are programs of their own. */
	readonly development: readonly Item[];
	/** Downloaders that are programs of their own. */
	readonly downloaders: readonly Item[];
	readonly busybox: boolean;
	/** apk and BusyBox on musl. */
	readonly alpine: boolean;
	readonly libc: string;
}

const versionControl: ReadonlySet<string> = new Set(['git', 'hg', 'svn']);
const downloaders: ReadonlySet<string> = new Set(['aria2c', 'curl', 'wget']);

/** The point of the spectrum, by what is in the image and never by its name (docs/methods/counting.md, "Tier"). */
export function tellTier(scene: Scene, surface: Surface): ToldTier {
	const signs = signsOf(scene, surface);
	const tier = tierOf(signs, hasRuntime(scene, surface));
	return { tier, tierBecause: [...reasons(signs, surface), ...contradictions(scene, signs, tier)] };
}

function signsOf(scene: Scene, surface: Surface): Signs {
	const system = new Set(managers.filter((m) => m.of === 'system').map((m) => m.name));
	const own = (item: Item): boolean => !item.because.every((e) => /\bapplet\b/.test(e.shows));
	const ownUtilities = (of: ReadonlySet<string>): readonly Item[] =>
		(surface.utilities.items ?? []).filter((i) => of.has(i.name) && own(i));
	const ownManagers = (surface.packageManagers.items ?? []).filter((i) => system.has(i.name) && own(i));
	const busybox = scene.programs.some((p) => p.is.some((i) => i.name === 'busybox'));
	const libc = scene.inventory.system.libc.family;
	return {
		shells: surface.shells.items ?? [],
		managers: ownManagers,
		development: [...(surface.compilers.items ?? []).filter(own), ...ownUtilities(versionControl)],
		downloaders: ownUtilities(downloaders),
		busybox,
		alpine: busybox && libc === 'musl' && ownManagers.some((m) => m.name === 'apk'),
		libc,
	};
}

function tierOf(signs: Signs, runtime: boolean): Tier {
	const managed = signs.managers.length > 0;
	const shell = signs.shells.length > 0;
	if (managed && shell) {
		// BusyBox downloads too, so that a downloader makes no other image of Alpine
		if (signs.development.length > 0 || (signs.downloaders.length > 0 && !signs.alpine)) return 'full';
		if (signs.alpine) return 'alpine';
		return signs.libc === 'glibc' ? 'slim' : 'custom';
	}
	if (managed || shell) return 'custom';
	return runtime ? 'distroless' : 'scratch';
}

/** Anything of a distribution or a runtime, rather than an application's own files alone. */
function hasRuntime(scene: Scene, surface: Surface): boolean {
	const loader = scene.inventory.system.libc.loader !== undefined;
	return loader || surface.packages.count > 0 || surface.interpreters.count > 0 || surface.libraries.count > 0;
}

function reasons(signs: Signs, surface: Surface): readonly string[] {
	return [
		signs.managers.length === 0 ? 'no package manager of an operating system' : `package managers: ${names(signs.managers)}`,
		signs.shells.length === 0 ? 'no shell' : `shells: ${names(signs.shells)}`,
		...(signs.development.length === 0 ? [] : [`development tools: ${names(signs.development)}`]),
		...(signs.downloaders.length === 0 ? [] : [`downloaders: ${names(signs.downloaders)}`]),
		...(signs.busybox ? ['BusyBox'] : []),
		signs.libc === 'none' ? 'no dynamic loader' : `C library: ${signs.libc}`,
		`${surface.packages.count} packages, ${surface.interpreters.count} interpreters, ${surface.libraries.count} libraries`,
	];
}

function names(items: readonly Item[]): string {
	const all = [...new Set(items.map((i) => i.name))];
	return all.length > 6 ? `${all.slice(0, 6).join(', ')} and ${all.length - 6} more` : all.join(', ');
}

/** What the image says of itself that its content does not bear out. */
function contradictions(scene: Scene, signs: Signs, tier: Tier): readonly string[] {
	const { name, id } = scene.inventory.system;
	if (name !== undefined && /distroless/i.test(name) && tier !== 'distroless') return [`it calls itself ${name}, but is not`];
	if (id === 'alpine' && !signs.alpine) return [`it calls itself ${name ?? id}, but has not what makes one`];
	return [];
}
