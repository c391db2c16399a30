import type { Candidate, Choice, Profile, RankedCandidate } from '../model/base.ts';
import type { Need } from '../model/need.ts';
import { recommend } from './recommend.ts';
import type { Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { compareWeighed, ranked, type Weighed, weighAll } from './weigh.ts';

export interface ChooseInput {
	readonly profile: Profile;
	/** With their measurement, fit and end of life as far as these could be had. The current base may be among them. */
	readonly candidates: readonly Candidate[];
	/** The base it stands on today; otherwise the candidate that is from `current`. */
	readonly current?: Candidate;
	readonly needs: readonly Need[];
	readonly today: Date;
}

/**
 * Which base should the application stand on? The table of rules takes out what does not or may not run and holds back what
 * the profile does not want; of the rest the one with the least excess is recommended. Pure and deterministic: the order of
 * the candidates plays no part, except that the result lists the ranked ones first.
 */
export function chooseBase(input: ChooseInput, rules: readonly Rule[] = allRules): Choice {
	const current = input.current ?? input.candidates.find(({ from }) => from === 'current');
	const candidates = withCurrent(input.candidates, current);
	const weighed = weighAll({ ...input, candidates, ...(current === undefined ? {} : { current }) }, rules);
	const inOrder = weighed.filter(({ out }) => !out).sort(compareWeighed);
	const rest = weighed.filter(({ out }) => out).sort(compareOut);
	const rows = [...inOrder.map((one, index) => ranked(one, index + 1)), ...rest.map((one) => ranked(one, undefined))];
	const today = weighed.find(({ candidate }) => candidate === current);
	return {
		profile: input.profile,
		...currentRow(rows, current),
		candidates: rows,
		...decide(inOrder, weighed, today, input),
	};
}

function withCurrent(candidates: readonly Candidate[], current: Candidate | undefined): readonly Candidate[] {
	if (current === undefined || candidates.includes(current)) return candidates;
	return [current, ...candidates.filter(({ reference }) => reference !== current.reference)];
}

function currentRow(rows: readonly RankedCandidate[], current: Candidate | undefined): { readonly current?: RankedCandidate } {
	const row = rows.find(({ reference }) => reference === current?.reference);
	return row === undefined ? {} : { current: row };
}

/** Those that are out: measured ones as they would have ranked, then the others by name. */
function compareOut(a: Weighed, b: Weighed): number {
	const measured = Number(b.excess !== undefined) - Number(a.excess !== undefined);
	return measured !== 0 ? measured : compareWeighed(a, b);
}

function decide(
	inOrder: readonly Weighed[],
	weighed: readonly Weighed[],
	today: Weighed | undefined,
	input: ChooseInput,
): Pick<Choice, 'recommendation' | 'noneBecause'> {
	const [best] = inOrder;
	if (best !== undefined && (today === undefined || !better(today, best)))
		return { recommendation: recommend(best, { inOrder, weighed, today, input }) };
	if (today !== undefined && mayStay(today)) return { recommendation: recommend(today, { inOrder, weighed, today, input }) };
	return { noneBecause: noneBecause(weighed, today) };
}

/** The current base stands before the best that is proved to run, although its own fit was not proved. */
function better(today: Weighed, best: Weighed): boolean {
	return today !== best && mayStay(today) && compareWeighed(today, best) < 0;
}

/** Staying claims nothing new: the current base only has to be there and not be known to break. */
function mayStay({ candidate }: Weighed): boolean {
	return candidate.measurement !== undefined && candidate.fit?.answer !== 'breaks' && candidate.proof?.answer !== 'fails';
}

function noneBecause(weighed: readonly Weighed[], today: Weighed | undefined): string {
	if (weighed.length === 0) return 'there was no base to try: name one with --candidate or in footing.yaml';
	const count = (id: string): number => weighed.filter(({ spoken }) => spoken.some(({ rule }) => rule.id === id)).length;
	const parts = [
		[count('could-not-be-had') + count('not-examined'), 'could not be had'],
		[count('does-not-run'), 'would not run the application'],
		[count('failed-when-run'), 'failed when they were really run'],
		[count('fit-unknown'), 'could not be decided'],
	] as const;
	const told = parts.filter(([n]) => n > 0).map(([n, text]) => `${n} ${text}`);
	const stay = today === undefined ? '' : `; the current base ${today.candidate.reference} is no proven choice either`;
	const subject = weighed.length === 1 ? 'the only base that was tried is not' : `none of the ${weighed.length} bases is`;
	return `${subject} proved to run the application: ${told.join(', ')}${stay}`;
}
