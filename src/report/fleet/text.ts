import type { FleetEntry, ImageBrief } from '../../model/fleet.ts';
import { quote } from '../../model/quote.ts';
import type { FleetReporter } from '../fleet-reporter.ts';
import { countText } from '../text/metrics.ts';
import { type Page, pageOf } from '../text/page.ts';

const shown = [
	['packages', 'PACKAGES', 9],
	['shells', 'SHELLS', 7],
	['executables', 'PROGRAMS', 9],
	['setuid', 'SETUID', 7],
	['bytes', 'SIZE', 9],
] as const;
const tierWidth = 11;

/** One line for each image; its name comes last, so that no line waits for a longer one. */
export const fleetText: FleetReporter = {
	format: 'text',
	whole: false,
	head(options) {
		const titles = shown.map(([, title, width]) => title.padStart(width));
		return `${pageOf(options).paint('dim', `${'TIER'.padEnd(tierWidth)}${titles.join('')}  IMAGE`)}\n`;
	},
	entry: (entry, options) => `${line(entry, pageOf(options))}\n`,
};

function line(entry: FleetEntry, page: Page): string {
	const name = quote(entry.reference, 300);
	if ('failed' in entry) return `${page.paint('red', 'not read'.padEnd(tierWidth))}${name}: ${quote(entry.failed.message, 600)}`;
	const { system } = entry.brief;
	return `${system.tier.padEnd(tierWidth)}${shown.map(([metric, , width]) => figure(entry.brief, metric).padStart(width)).join('')}  ${name}`;
}

function figure({ counts }: ImageBrief, metric: (typeof shown)[number][0]): string {
	const found = counts.find((one) => one.metric === metric);
	return found === undefined ? '' : countText(metric, { count: found.count, ...(found.atLeast ? { atLeast: true } : {}) });
}
