import type { Report } from '../model/report.ts';

export interface ReportOptions {
	/** ANSI colours; never in a file. */
	readonly color: boolean;
	/** Columns that text may take. */
	readonly width: number;
	/** Everything that can be opened is opened: evidence, checks that hold, long lists. */
	readonly verbose: boolean;
	/** `compare`: list what goes and what comes. */
	readonly differences: boolean;
}

/** Turns a report into what is printed. Text from images is escaped here and nowhere else. */
export interface Reporter {
	/** Value of `--format`. */
	readonly format: string;
	/** The kinds of report it can print. */
	readonly kinds: readonly Report['kind'][];
	/** Ends with a newline. */
	render(report: Report, options: ReportOptions): string;
}
