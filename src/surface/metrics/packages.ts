import type { Metric } from '../metric.ts';

/** Packages that the databases name as installed. */
export const packages: Metric<'packages'> = {
	title: 'packages',
	unit: 'items',
	begin: ({ inventory }) => ({
		finish() {
			const byEcosystem = new Map<string, number>();
			for (const p of inventory.packages) byEcosystem.set(p.ecosystem, (byEcosystem.get(p.ecosystem) ?? 0) + 1);
			return {
				count: inventory.packages.length,
				byEcosystem: Object.fromEntries(byEcosystem),
				items: inventory.packages.map((p) => ({ name: `${p.name} ${p.version}`, package: p.name, because: [p.because] })),
			};
		},
	}),
};
