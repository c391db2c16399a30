import type { ImageBrief } from '../model/fleet.ts';
import type { ImageReport } from '../model/report.ts';
import { metricNames } from './metric-names.ts';

/** A report without its lists. */
export function briefOf({ image, system, surface }: ImageReport): ImageBrief {
	return {
		...(image.digest === undefined ? {} : { digest: image.digest }),
		platform: image.platform,
		system: {
			id: system.id,
			...(system.versionId === undefined ? {} : { versionId: system.versionId }),
			tier: system.tier,
		},
		counts: metricNames.map((metric) => ({ metric, count: surface[metric].count, atLeast: surface[metric].atLeast === true })),
	};
}
