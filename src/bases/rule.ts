import type { Candidate, Profile } from '../model/base.ts';
import type { Excess } from './excess.ts';

type Effect = 'out' | 'held-back' | 'kept';

/** All that a rule may look at. */
export interface Weighing {
	readonly candidate: Candidate;
	/** Absent when it was not measured. */
	readonly excess?: Excess;
	readonly profile: Profile;
	readonly current?: Candidate;
	/** Every candidate, this one included. */
	readonly candidates: readonly Candidate[];
	readonly today: Date;
}

export interface Ruling {
	readonly because: string;
	/** What the user could change so that the rule no longer speaks; absent when nothing in their hands would. */
	readonly unlock?: string;
}

/**
 * One line of the table that decides. A rule looks at one candidate and either says nothing or has its effect:
 *
 * - `out`: is never recommended;
 * - `held-back`: is recommended only when nothing is left that no rule holds back; of two that are held back, the one whose
 *   first rule stands lower in the table is better;
 * - `kept`: changes nothing, but is told to the user.
 */
export interface Rule {
	readonly id: string;
	readonly effect: Effect;
	/** When it speaks, for the table in docs/methods/choosing.md. */
	readonly when: string;
	/** Why it is a rule. */
	readonly why: string;
	speak(weighing: Weighing): Ruling | undefined;
}
