import type { CompareReport } from '../../model/report.ts';
import { type CsvValue, csvLine } from '../csv-cell.ts';
import type { Reporter } from '../reporter.ts';

const columns = ['metric', 'unit', 'image', 'digest', 'platform', 'tier', 'value', 'at_least', 'ratio_to_first'] as const;

/** One line for each metric of each image, for spreadsheets and databases: RFC 4180, with a header. */
export const csv: Reporter = {
	format: 'csv',
	kinds: ['compare'],
	render(report) {
		if (report.kind !== 'compare') throw new Error(`csv does not print ${report.kind}`);
		return [columns, ...lines(report)].map(csvLine).join('');
	},
};

function lines({ images, rows }: CompareReport): readonly (readonly CsvValue[])[] {
	return rows.flatMap(({ metric, unit, values, atLeast }) =>
		images.map(({ image, system }, i): readonly CsvValue[] => [
			metric,
			unit,
			image.reference,
			image.digest ?? null,
			image.platform,
			system.tier,
			values[i] ?? null,
			atLeast[i] === true,
			ratio(values[i], values[0]),
		]),
	);
}

function ratio(value: number | null | undefined, first: number | null | undefined): number | null {
	if (value === null || value === undefined || first === null || first === undefined || first === 0) return null;
	return Number((value / first).toFixed(4));
}
