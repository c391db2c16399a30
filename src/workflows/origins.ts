import type { Package } from '../model/package.ts';
import type { ImageReport, ReportedPackage } from '../model/report.ts';
import type { Rootfs } from '../model/rootfs.ts';
import type { Count, Item, Origin, Surface } from '../model/surface.ts';

/** Says of paths and packages whether they come from the lowest layers, which are the base's, or were added above. */
export interface Origins {
	ofPath(path: string | undefined): Origin | undefined;
	ofPackage(found: Pick<Package, 'files' | 'because'>): Origin | undefined;
}

export function originsIn(rootfs: Rootfs, layers: number): Origins {
	const ofPath = (path: string | undefined): Origin | undefined => {
		const entry = path === undefined ? undefined : (rootfs.resolve(path) ?? rootfs.get(path));
		return entry === undefined ? undefined : entry.layer < layers ? 'base' : 'added';
	};
	return { ofPath, ofPackage: (found) => packageOrigin(rootfs, found, layers, ofPath) };
}

/**
 * Most of its files decide: an upgrade writes all of them anew but for settings that did not change. A package without files
 * has a record of its own, or says nothing: a database of all is written whenever one changes.
 */
function packageOrigin(
	rootfs: Rootfs,
	{ files, because }: Pick<Package, 'files' | 'because'>,
	layers: number,
	ofPath: (path: string) => Origin | undefined,
): Origin | undefined {
	if (files === undefined) return /\/status\.d\/|\/package\.json$|-info\/METADATA$/.test(because.path) ? ofPath(because.path) : undefined;
	let [base, added] = [0, 0];
	for (const path of files) {
		const entry = rootfs.get(path);
		if (entry === undefined || entry.type === 'directory') continue;
		if (entry.layer < layers) base += 1;
		else added += 1;
	}
	if (base + added === 0) return undefined;
	return base >= added ? 'base' : 'added';
}

type Marked = Pick<ImageReport, 'surface' | 'coverage' | 'capabilities' | 'software'>;

/** The report with the origin of every item, way and program. */
export function withOrigins(report: Marked, packages: readonly ReportedPackage[], { ofPath }: Origins): Marked {
	const byPackage = new Map(packages.map(({ name, version, origin }) => [`${name} ${version}`, origin]));
	const mark = <T extends { readonly path?: string }>(one: T, origin = ofPath(one.path)): T & { readonly origin?: Origin } =>
		origin === undefined ? one : { ...one, origin };
	const count = <C extends Count>(one: C): C => (one.items === undefined ? one : { ...one, items: one.items.map((item) => mark(item)) });
	const surface = Object.fromEntries(
		Object.entries(report.surface).map(([name, one]) => [name, count(one as Count)]),
	) as unknown as Surface;
	const { executables } = report.coverage;
	const unownedItems = executables.unownedItems?.map((item) => mark(item));
	return {
		surface: { ...surface, packages: { ...report.surface.packages, ...packagesWith(report.surface.packages.items, byPackage) } },
		coverage: { ...report.coverage, executables: { ...executables, ...(unownedItems === undefined ? {} : { unownedItems }) } },
		capabilities: (report.capabilities ?? []).map((one) => ({ ...one, ways: one.ways.map((way) => mark(way)) })),
		software: (report.software ?? []).map((one) => mark(one)),
	};
}

function packagesWith(items: readonly Item[] | undefined, origins: ReadonlyMap<string, Origin | undefined>): Pick<Count, 'items'> {
	if (items === undefined) return {};
	return {
		items: items.map((item) => {
			const origin = origins.get(item.name);
			return origin === undefined ? item : { ...item, origin };
		}),
	};
}
