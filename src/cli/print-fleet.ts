import { exitCodes, FootingError } from '../model/errors.ts';
import type { FleetEntry } from '../model/fleet.ts';
import { quote } from '../model/quote.ts';
import { fleetReporters } from '../report/fleet/index.ts';
import type { FleetReporter } from '../report/fleet-reporter.ts';
import type { ReportOptions } from '../report/reporter.ts';
import type { FleetOutcome } from './command.ts';

/** @throws FootingError `bad-usage` */
export async function fleetReporterFor(format: string): Promise<FleetReporter> {
	const found = fleetReporters.find((reporter) => reporter.format === format);
	if (found !== undefined) return found.load();
	const known = fleetReporters.map((reporter) => reporter.format).join(' or ');
	throw new FootingError('bad-usage', `invalid --format ${quote(format, 60)}: many images are printed as ${known}`);
}

/** What is printed of many images, piece by piece, and the exit code once the last piece is there. */
export function fleetPieces(
	outcome: FleetOutcome,
	reporter: FleetReporter,
	options: ReportOptions,
): { readonly pieces: AsyncIterable<string>; exitCode(): number } {
	let exitCode: number = exitCodes.yes;
	async function* pieces(): AsyncGenerator<string> {
		yield reporter.head(options);
		for await (const entry of outcome.entries(reporter.whole)) {
			exitCode = Math.max(exitCode, exitCodeOf(entry));
			yield reporter.entry(entry, options);
		}
	}
	return { pieces: pieces(), exitCode: () => exitCode };
}

function exitCodeOf(entry: FleetEntry): number {
	if (!('failed' in entry)) return exitCodes.yes;
	return entry.failed.code === 'internal' ? exitCodes.defect : exitCodes.input;
}
