import type { FleetEntry } from '../../model/fleet.ts';
import { csvLine } from '../csv-cell.ts';
import type { FleetReporter } from '../fleet-reporter.ts';
import { metricTitles } from '../text/metrics.ts';

const metrics = Object.keys(metricTitles);

/** One line for each image; `at_least` names the metrics of which more may be hidden. RFC 4180, with a header. */
export const fleetCsv: FleetReporter = {
	format: 'csv',
	whole: false,
	head: () => csvLine(['image', 'digest', 'platform', 'system', 'version', 'tier', ...metrics, 'at_least', 'error']),
	entry: (entry) => csvLine(values(entry)),
};

function values(entry: FleetEntry): Parameters<typeof csvLine>[0] {
	if ('failed' in entry) return [entry.reference, ...Array<null>(metrics.length + 6).fill(null), entry.failed.message];
	const { digest, platform, system, counts } = entry.brief;
	const byMetric = new Map<string, number>(counts.map(({ metric, count }) => [metric, count]));
	const hidden = counts.filter(({ atLeast }) => atLeast).map(({ metric }) => metric);
	return [
		entry.reference,
		digest ?? null,
		platform,
		system.id,
		system.versionId ?? null,
		system.tier,
		...metrics.map((metric) => byMetric.get(metric) ?? null),
		hidden.join(' '),
		null,
	];
}
