import type { FailedReport } from '../../model/fleet.ts';
import { schemaVersion } from '../../model/report.ts';
import type { FleetReporter } from '../fleet-reporter.ts';

/**
 * JSON Lines: each line is the inspect report of one image. An image that could not be read has a line of the kind `failed`
 * with its reference.
 */
export const fleetJson: FleetReporter = {
	format: 'json',
	whole: true,
	head: () => '',
	entry(entry) {
		if (!('failed' in entry)) return `${entry.report ?? ''}\n`;
		const { reference, failed } = entry;
		const problems = [{ code: failed.code, where: reference, message: failed.message }];
		const line: FailedReport = { schemaVersion, kind: 'failed', reference, problems };
		return `${JSON.stringify(line)}\n`;
	},
};
