import type { Candidate, Profile, RankedCandidate } from '../model/base.ts';
import { compareExcess, type Excess, excessOf, noExcess } from './excess.ts';
import { readImageName } from './image-name.ts';
import type { Rule, Ruling, Weighing } from './rule.ts';

export interface Spoken {
	readonly rule: Rule;
	readonly ruling: Ruling;
}

/** A candidate with what the rules said of it. */
export interface Weighed {
	readonly candidate: Candidate;
	readonly excess?: Excess;
	readonly spoken: readonly Spoken[];
	readonly out: boolean;
	/** Per rule of the table, in its order: 1 when it holds this candidate back. */
	readonly held: readonly number[];
}

export interface WeighingInput {
	readonly profile: Profile;
	readonly candidates: readonly Candidate[];
	readonly current?: Candidate;
	readonly today: Date;
}

/** Asks every rule about every candidate. */
export function weighAll(input: WeighingInput, rules: readonly Rule[]): readonly Weighed[] {
	return input.candidates.map((candidate) => {
		const excess = excessOf(candidate);
		const weighing: Weighing = { ...input, candidate, ...(excess === undefined ? {} : { excess }) };
		const spoken = rules.flatMap((rule) => {
			const ruling = rule.speak(weighing);
			return ruling === undefined ? [] : [{ rule, ruling }];
		});
		return {
			candidate,
			...(excess === undefined ? {} : { excess }),
			spoken,
			out: spoken.some(({ rule }) => rule.effect === 'out'),
			held: rules.map((rule) => (rule.effect === 'held-back' && spoken.some((one) => one.rule === rule) ? 1 : 0)),
		};
	});
}

/**
 * The order of preference among measured candidates, whether they run or not: what holds back, then excess, then the number
 * of changes, then the reference. Total: 0 only for one and the same reference.
 */
export function compareWeighed(a: Weighed, b: Weighed): number {
	const held = compareHeld(a.held, b.held);
	if (held !== 0) return held;
	const excess = compareExcess(a.excess ?? noExcess, b.excess ?? noExcess);
	if (excess !== 0) return excess;
	return changes(a) - changes(b) || compareText(a.candidate.reference, b.candidate.reference);
}

/** Negative when what holds `a` back stands lower in the table. */
export function compareHeld(a: readonly number[], b: readonly number[]): number {
	const at = a.findIndex((value, index) => value !== b[index]);
	return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function changes({ candidate }: Weighed): number {
	return candidate.fit?.changes.length ?? 0;
}

/** What its tags have in common. */
export function repositoryOf({ candidate }: Weighed): string {
	const { prefix, path } = readImageName(candidate.reference);
	return `${prefix}${path}`;
}

/** By code unit, the same in every locale. */
function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** As the report shows it; `rank` only for those that are not out. */
export function ranked(weighed: Weighed, rank: number | undefined): RankedCandidate {
	return {
		...weighed.candidate,
		...(rank === undefined ? {} : { rank }),
		...(weighed.excess === undefined ? {} : { excess: weighed.excess }),
		trace: weighed.spoken.map(({ rule, ruling }) => ({ rule: rule.id, effect: rule.effect, because: ruling.because })),
	};
}
