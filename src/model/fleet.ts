import type { ImageReport } from './report.ts';
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

/** The counts of one image without the lists behind them. */
export interface ImageBrief {
	readonly digest?: string;
	readonly platform: string;
	readonly system: Pick<ImageReport['system'], 'id' | 'versionId' | 'tier'>;
	readonly counts: readonly { readonly metric: keyof Surface; readonly count: number; readonly atLeast: boolean }[];
}
