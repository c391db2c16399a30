import type { ImageConfig } from '../model/image.ts';
import type { BlindSpot, Inventory } from '../model/package.ts';
import type { Rootfs } from '../model/rootfs.ts';
import type { Coverage, Measurement, Surface } from '../model/surface.ts';
import { busyboxApplets } from './applets.ts';
import { findBlindSpots } from './blind-spots.ts';
import { findPrograms } from './find-programs.ts';
import { ghostPackages } from './ghost-packages.ts';
import type { MetricName, Scene, Tally } from './metric.ts';
import { whatItIs } from './metrics/executables.ts';
import { metrics } from './metrics/index.ts';
import { ownerOf, programItem } from './program-item.ts';
import { programVersions } from './program-versions.ts';
import { tellCapabilities } from './tell-capabilities.ts';
import { tellSoftware } from './tell-software.ts';
import { tellTier } from './tier.ts';

/** Counts everything that serves an attacker in one image, and says what the counts could not see. */
export async function measure(rootfs: Rootfs, inventory: Inventory, config: ImageConfig): Promise<Measurement> {
	const scene = await lookAround(rootfs, inventory, config);
	const blindSpots = [...inventory.blindSpots, ...findBlindSpots(scene)];
	const surface = markUncertain(count(scene), blindSpots);
	return {
		surface,
		coverage: coverageOf(scene, blindSpots),
		capabilities: await tellCapabilities(scene, surface, blindSpots),
		software: tellSoftware(scene),
		...tellTier(scene, surface),
	};
}

async function lookAround(rootfs: Rootfs, inventory: Inventory, config: ImageConfig): Promise<Scene> {
	const path = programPath(config);
	const programs = findPrograms(rootfs, path);
	const applets = new Map<number, readonly string[]>();
	for (const program of programs) {
		if (!program.is.some((i) => i.name === 'busybox')) continue;
		const list = await busyboxApplets(rootfs, program);
		if (list !== undefined) applets.set(program.entry.inode, list);
	}
	return { rootfs, inventory, config, path, programs, applets, versions: await programVersions(rootfs, programs) };
}

/** PATH of the image, else what engines set. */
function programPath(config: ImageConfig): readonly string[] {
	const set = config.env.findLast((e) => e.name === 'PATH')?.value;
	return (set ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':').filter((d) => d.startsWith('/'));
}

/** One pass over the tree for all metrics that want to see it. */
function count(scene: Scene): Surface {
	const names = Object.keys(metrics) as MetricName[];
	const tallies = names.map((name): [MetricName, Tally<Surface[MetricName]>] => [name, metrics[name].begin(scene)]);
	const watching = tallies.flatMap(([, tally]) => (tally.see === undefined ? [] : [tally.see.bind(tally)]));
	for (const entry of scene.rootfs.entries()) for (const see of watching) see(entry);
	return Object.fromEntries(tallies.map(([name, tally]) => [name, tally.finish()])) as unknown as Surface;
}

function markUncertain(surface: Surface, blindSpots: readonly BlindSpot[]): Surface {
	const hidden = new Set(blindSpots.flatMap((s) => s.hides));
	const marked = Object.entries(surface).map(([name, value]) => [name, hidden.has(name) ? { ...value, atLeast: true } : value]);
	return Object.fromEntries(marked) as Surface;
}

function coverageOf(scene: Scene, blindSpots: readonly BlindSpot[]): Coverage {
	const started = scene.programs.filter((p) => p.kind !== 'loader');
	const unowned = started.filter((p) => ownerOf(scene, p) === undefined);
	return {
		executables: {
			owned: started.length - unowned.length,
			unowned: unowned.length,
			unownedItems: unowned.map((p) => programItem(scene, p, whatItIs(p))),
		},
		ghostPackages: ghostPackages(scene),
		blindSpots,
	};
}
