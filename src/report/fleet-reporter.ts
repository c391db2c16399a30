import type { FleetEntry } from '../model/fleet.ts';
import type { ReportOptions } from './reporter.ts';

/** Prints many images one after the other, as each is ready: nothing of those before is held. */
export interface FleetReporter {
	/** Value of `--format`. */
	readonly format: string;
	/** Whether it prints the whole report of each image and not only its counts. */
	readonly whole: boolean;
	/** Before the first; ends with a newline unless it is empty. */
	head(options: ReportOptions): string;
	/** Ends with a newline. */
	entry(entry: FleetEntry, options: ReportOptions): string;
}
