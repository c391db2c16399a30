import type { ImageReport, ReportHead } from './report.ts';
import type { Surface } from './surface.ts';

/** One image of many: what reports say of it, or why it could not be read. */
export type FleetEntry = FleetImage | FleetFailure;

export interface FleetImage {
	/** As it was listed. */
	readonly reference: string;
	readonly brief: ImageBrief;
	/** Its whole inspect report as JSON on one line; only where it was asked for. */
	readonly report?: string;
}

export interface FleetFailure {
	readonly reference: string;
	readonly failed: { readonly code: string; readonly message: string };
}

/** The line of JSON Lines of an image that could not be read: its reference, and why as the only problem. */
export interface FailedReport extends ReportHead<'failed'> {
	readonly reference: string;
}

/** The counts of one image without the lists behind them. */
export interface ImageBrief {
	readonly digest?: string;
	readonly platform: string;
	readonly system: Pick<ImageReport['system'], 'id' | 'versionId' | 'tier'>;
	readonly counts: readonly { readonly metric: keyof Surface; readonly count: number; readonly atLeast: boolean }[];
}
