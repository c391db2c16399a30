import type { Metric } from '../metric.ts';

/** Packages that are installed; what is the same software under two names counts by that of the system. */
export const packages: Metric<'packages'> = {
	title: 'packages',
	unit: 'items',
	begin: ({ inventory }) => ({
		finish() {
			const byEcosystem = new Map<string, number>();
			const counted = inventory.packages.filter(({ sameAs }) => sameAs === undefined);
			for (const p of counted) byEcosystem.set(p.ecosystem, (byEcosystem.get(p.ecosystem) ?? 0) + 1);
			return {
				count: counted.length,
				byEcosystem: Object.fromEntries(byEcosystem),
				items: counted.map((p) => ({ name: `${p.name} ${p.version}`, package: p.name, because: [p.because] })),
			};
		},
	}),
};
