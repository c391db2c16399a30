import type { Choice } from '../model/base.ts';
import type { Check } from '../model/need.ts';
import { quote } from '../model/quote.ts';
import { compareExcess, differenceBetween, noExcess } from './excess.ts';
import type { Field } from './recommend.ts';
import { compareHeld, compareWeighed, repositoryOf, type Spoken, type Weighed } from './weigh.ts';

type Recommendation = NonNullable<Choice['recommendation']>;

/** Measured, offering less than the chosen one and rejected: the nearest in size first. */
function smallerRejected(chosen: Weighed, weighed: readonly Weighed[]): readonly Weighed[] {
	return weighed
		.filter((one) => one !== chosen && one.excess !== undefined && compareExcess(one.excess, chosen.excess ?? noExcess) < 0)
		.filter((one) => !one.spoken.some(({ rule }) => rule.id === 'same-image'))
		.sort((a, b) => -(compareExcess(a.excess ?? noExcess, b.excess ?? noExcess) || compareWeighed(a, b)));
}

/** The next smaller base that was rejected, and the next larger one that would do. */
export function neighbours(chosen: Weighed, { inOrder, weighed }: Field): NonNullable<Recommendation['neighbours']> {
	const [smaller] = smallerRejected(chosen, weighed);
	const larger = inOrder[inOrder.indexOf(chosen) + 1];
	const rejection = smaller?.spoken.find(({ rule }) => rule.effect !== 'kept');
	return [
		...(smaller === undefined || rejection === undefined
			? []
			: [
					{
						reference: smaller.candidate.reference,
						side: 'smaller' as const,
						because: `${rejection.rule.id}: ${rejection.ruling.because}`,
					},
				]),
		...(larger === undefined
			? []
			: [{ reference: larger.candidate.reference, side: 'larger' as const, because: largerBecause(chosen, larger) }]),
	];
}

function largerBecause(chosen: Weighed, larger: Weighed): string {
	const held = larger.spoken.find(({ rule }) => rule.effect === 'held-back');
	if (held !== undefined && compareHeld(chosen.held, larger.held) < 0) return `${held.rule.id}: ${held.ruling.because}`;
	return differenceBetween(chosen.excess ?? noExcess, larger.excess ?? noExcess, larger.candidate.reference) ?? 'offers exactly as much';
}

/**
 * The cheapest change that would unlock a smaller base: of those rejected for reasons that the user can change, the one with
 * the fewest; of equals the repository nearest in size and its best tag.
 */
export function nextSmaller(chosen: Weighed, weighed: readonly Weighed[]): Recommendation['next'] {
	const open = smallerRejected(chosen, weighed).flatMap((one) => {
		const found = obstacles(chosen, one);
		return found === undefined || found.length === 0 ? [] : [{ one, found }];
	});
	const fewest = Math.min(...open.map(({ found }) => found.length));
	const cheap = open.filter(({ found }) => found.length === fewest);
	const cheapest = cheap.findLast(({ one }) => repositoryOf(one) === repositoryOf(cheap[0]?.one ?? one));
	if (cheapest === undefined) return undefined;
	return { reference: cheapest.one.candidate.reference, change: cheapest.found.join('; ') };
}

/** Each thing to change before it would be recommended; undefined when one is in the way that no change of the user's would remove. */
function obstacles(chosen: Weighed, one: Weighed): readonly string[] | undefined {
	const extra = one.spoken.filter(({ rule }) => rule.effect !== 'kept' && !chosen.spoken.some((own) => own.rule === rule));
	const lists = extra.map((spoken) => obstacleOf(spoken, one));
	return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function obstacleOf({ rule, ruling }: Spoken, { candidate }: Weighed): readonly string[] | undefined {
	if (rule.id !== 'does-not-run' && rule.id !== 'fit-unknown') return ruling.unlock === undefined ? undefined : [ruling.unlock];
	const blocking = (candidate.fit?.checks ?? []).filter((check) => check.answer !== 'holds' && check.need.certainty !== 'possible');
	return blocking.length === 0 || blocking.some(({ onlyElsewhere }) => onlyElsewhere === true) ? undefined : blocking.map(remedy);
}

/** What the user could do about one unmet need. */
function remedy(check: Check): string {
	const what = quote(check.need.what);
	const change = check.changes?.[0]?.what ?? check.hint;
	if (change !== undefined) return `${what}: ${quote(change)}`;
	return check.answer === 'unknown'
		? `${what}: settle it with \`footing verify\``
		: `${what}: do without it or bring it along (${quote(check.message ?? 'not met')})`;
}
