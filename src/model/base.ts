import type { Evidence } from './evidence.ts';
import type { Fit } from './need.ts';
import type { System } from './package.ts';
import type { Measurement, Tier } from './surface.ts';

export interface Profile {
	readonly exposure: 'public' | 'partner' | 'internal';
	readonly debugging: 'interactive' | 'occasional' | 'none';
	readonly data: 'sensitive' | 'ordinary';
}

/** A reference worth trying and why; families make these from "FROM node:20". */
export interface CandidateReference {
	readonly reference: string;
	readonly because: string;
	readonly from: 'current' | 'family' | 'configuration' | 'command-line';
}

export interface EndOfLife {
	/** What ends: `Debian 12`, `Node.js 20`. */
	readonly what: string;
	/** ISO date of the end of support. */
	readonly date: string;
	readonly past: boolean;
	readonly source: string;
}

/** A candidate with all that is known about it; `failed` when it could not be had. */
export interface Candidate extends CandidateReference {
	readonly digest?: string;
	readonly system?: System;
	readonly failed?: { readonly code: string; readonly message: string };
	readonly measurement?: Measurement;
	readonly fit?: Fit;
	readonly endOfLife?: readonly EndOfLife[];
}

export interface RankedCandidate extends Candidate {
	/** 1 is best; absent when it is out. */
	readonly rank?: number;
	/** What it offers beyond the needs, weighed by the metric; smaller is better. */
	readonly excess?: Readonly<Record<string, number>>;
	/** The trace: each rule that held it back or let it pass. */
	readonly trace: readonly { readonly rule: string; readonly effect: 'out' | 'held-back' | 'kept'; readonly because: string }[];
}

export interface Choice {
	readonly profile: Profile;
	readonly current?: RankedCandidate;
	readonly candidates: readonly RankedCandidate[];
	readonly recommendation?: {
		readonly reference: string;
		readonly tier: Tier;
		readonly because: readonly string[];
		/** What a smaller base does not cover. */
		readonly notCovered: readonly string[];
		/** The cheapest change that would unlock the next smaller base. */
		readonly next?: { readonly reference: string; readonly change: string };
		readonly evidence: readonly Evidence[];
	};
	/** When there is no recommendation: why. */
	readonly noneBecause?: string;
}
