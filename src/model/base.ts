import type { Evidence } from './evidence.ts';
import type { Fit } from './need.ts';
import type { System } from './package.ts';
import type { Measurement, Tier } from './surface.ts';
import type { Verdict } from './verdict.ts';

export interface Profile {
	readonly exposure: 'public' | 'partner' | 'internal';
	readonly debugging: 'interactive' | 'occasional' | 'none';
	readonly data: 'sensitive' | 'ordinary';
}

/** What is assumed where nobody said: strangers can reach it, it is looked into now and then, it handles nothing special. */
export const defaultProfile: Profile = { exposure: 'public', debugging: 'occasional', data: 'ordinary' };

/** A reference worth trying and why; families make these from "FROM node:20". */
export interface CandidateReference {
	readonly reference: string;
	readonly because: string;
	readonly from: 'current' | 'family' | 'configuration' | 'command-line';
}

export interface EndOfLife {
	/** What ends: `Debian 12`, `Node.js 20`. */
	readonly what: string;
	/** ISO date of the last day of free security support. */
	readonly date: string;
	/** That day is over. */
	readonly past: boolean;
	/** What ends on that day: `long-term support by the LTS team`. */
	readonly means?: string;
	readonly source: string;
}

/** A candidate with all that is known about it; `failed` when it could not be had. */
export interface Candidate extends CandidateReference {
	readonly digest?: string;
	readonly system?: System;
	/** The user the application would run as there; `root` holds: as uid 0, unknown: a name that could not be looked up. */
	readonly runsAs?: { readonly user: string; readonly root: Verdict };
	readonly failed?: { readonly code: string; readonly message: string };
	readonly measurement?: Measurement;
	readonly fit?: Fit;
	/** What happened when it was really built and run there. */
	readonly proof?: { readonly answer: Verdict; readonly because: string };
	readonly endOfLife?: readonly EndOfLife[];
}

export interface RankedCandidate extends Candidate {
	/** 1 is best; absent when it is out. */
	readonly rank?: number;
	/** Per metric: what it offers beyond the needs; smaller is better. */
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
		/** The next smaller base that was rejected and the next larger one that would do, with why not. */
		readonly neighbours?: readonly { readonly reference: string; readonly side: 'smaller' | 'larger'; readonly because: string }[];
		/** Where the needs that decided were found met. */
		readonly evidence: readonly Evidence[];
	};
	/** When there is no recommendation: why. */
	readonly noneBecause?: string;
}
