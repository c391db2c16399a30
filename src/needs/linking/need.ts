import type { Application, Standing } from '../../model/need.ts';
import type { AddonGroup } from './addons/addon-group.ts';

/** What a need of this kind is about. */
export type LinkingNeed =
	/** Programs of the launch chain, or of the health check. */
	| { readonly of: 'start' | 'health'; readonly application: Application }
	/** A native addon of Node.js (or of a runtime that takes them): one of several files is loaded. */
	| { readonly of: 'addon'; readonly application: Application; readonly group: AddonGroup };

/** A need where it is checked. */
export interface LinkingQuestion<N extends LinkingNeed = LinkingNeed> {
	readonly need: N;
	readonly standing: Standing;
}
