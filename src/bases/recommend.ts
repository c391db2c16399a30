import type { Choice, Profile } from '../model/base.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Need } from '../model/need.ts';
import { differenceBetween, noExcess } from './excess.ts';
import { neighbours, nextSmaller } from './neighbours.ts';
import { notCovered } from './not-covered.ts';
import { repositoryOf, type Weighed } from './weigh.ts';

type Recommendation = NonNullable<Choice['recommendation']>;

/** Everything around the chosen one that its reasons speak of. */
export interface Field {
	/** Those that are not out, best first. */
	readonly inOrder: readonly Weighed[];
	readonly weighed: readonly Weighed[];
	/** The base of today. */
	readonly today: Weighed | undefined;
	readonly input: { readonly profile: Profile; readonly needs: readonly Need[] };
}

/** At most this many places are quoted as evidence. */
const quoted = 40;

export function recommend(chosen: Weighed, field: Field): Recommendation {
	const next = nextSmaller(chosen, field.weighed);
	return {
		reference: chosen.candidate.reference,
		tier: chosen.candidate.measurement?.tier ?? 'custom',
		because: [...stayReasons(chosen, field), ...fitReason(chosen), ...excessReason(chosen, field), ...ruleReasons(chosen)],
		notCovered: notCovered(chosen, field.input.needs),
		...(next === undefined ? {} : { next }),
		neighbours: neighbours(chosen, field),
		evidence: evidenceOf(chosen),
	};
}

function stayReasons(chosen: Weighed, { today, weighed, inOrder }: Field): readonly string[] {
	if (chosen !== today) return [];
	const others = weighed.length - 1;
	if (others === 0) return ['stay: no other base was tried'];
	if (inOrder.some((one) => one !== chosen)) return ['stay: no other base that runs the application offers less'];
	return [
		others === 1
			? 'stay: the other base is not proved to run the application'
			: `stay: none of the ${others} other bases is proved to run the application`,
	];
}

function fitReason({ candidate: { fit, proof }, spoken }: Weighed): readonly string[] {
	if (fit === undefined) return ['whether the application runs there was not checked: it is the base of today'];
	const deciding = fit.checks.filter((check) => check.need.certainty !== 'possible');
	const met = deciding.filter((check) => check.answer === 'holds').length;
	if (fit.answer === 'runs') return [`the application runs there: ${needsText(met)} met`];
	if (fit.answer === 'runs-with-changes')
		return [`the application runs there after changes: ${met} of ${needsText(deciding.length)} met as it is`];
	if (fit.answer === 'unknown' && proof?.answer === 'holds')
		return [`whether the application runs there could not be decided from files alone (${met} of ${needsText(deciding.length)} met)`];
	const why = spoken.find(({ rule }) => rule.effect === 'out')?.ruling.because;
	return [`its own fit is not proved (${why ?? fit.answer}); it is the base of today`];
}

function needsText(count: number): string {
	return count === 1 ? '1 need' : `${count} needs`;
}

/** Against the runner-up, the first step of the order that tells them apart; tags of its own repository only without others. */
function excessReason(chosen: Weighed, { inOrder }: Field): readonly string[] {
	if (inOrder[0] !== chosen) return [];
	const others = inOrder.slice(1);
	const second = others.find((one) => repositoryOf(one) !== repositoryOf(chosen)) ?? others[0];
	if (second === undefined) return ['it is the only one that is proved to run the application'];
	const lead = `of the ${inOrder.length} that run it offers an intruder the least`;
	const heldBack = second.spoken.find(({ rule }) => rule.effect === 'held-back' && !chosen.spoken.some((own) => own.rule === rule));
	if (heldBack !== undefined) return [`${lead}; ${second.candidate.reference} is held back: ${heldBack.ruling.because}`];
	const difference = differenceBetween(chosen.excess ?? noExcess, second.excess ?? noExcess, second.candidate.reference);
	return [`${lead}; ${difference ?? `${second.candidate.reference} offers exactly as much`}`];
}

/** What holds it back although nothing better is left, then what the user has to know. */
function ruleReasons({ spoken }: Weighed): readonly string[] {
	const held = spoken.filter(({ rule }) => rule.effect === 'held-back').map(({ rule, ruling }) => `although ${rule.id}: ${ruling.because}`);
	const kept = spoken.filter(({ rule }) => rule.effect === 'kept' && rule.id !== 'same-as-current').map(({ ruling }) => ruling.because);
	return [...held, ...kept];
}

function evidenceOf({ candidate }: Weighed): readonly Evidence[] {
	const deciding = (candidate.fit?.checks ?? []).filter((check) => check.answer === 'holds' && check.need.certainty === 'required');
	return deciding.flatMap((check) => check.because.slice(0, 1)).slice(0, quoted);
}
