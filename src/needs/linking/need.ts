import type { Problem } from '../../model/problem.ts';

/** What a need of this kind is about. */
export interface LinkingNeed {
	readonly of: 'start';
	/** The final stage runs ldconfig after its files are in place. */
	readonly cacheRebuilt: boolean;
	/** What may be in the image although it is not among the application's files. */
	readonly unseen: readonly Problem[];
}
