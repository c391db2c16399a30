import type { CandidateReference } from '../model/base.ts';
import { families as allFamilies } from './families/index.ts';
import type { BaseFamily, Offer, RuntimeHints } from './family.ts';
import { canonicalReference, readImageName } from './image-name.ts';

/**
 * The references worth trying: the current base, those the user named (`extra`), then those of the base families that
 * recognise the current base or whose runtime the needs ask for. Each image once; whoever named it first keeps it.
 */
export function candidatesFor(
	current: string | undefined,
	hints: RuntimeHints,
	extra: readonly CandidateReference[] = [],
	families: readonly BaseFamily[] = allFamilies,
): readonly CandidateReference[] {
	const own: readonly CandidateReference[] =
		current === undefined || current === 'scratch' ? [] : [{ reference: current, from: 'current', because: 'the base it stands on today' }];
	const offered = families.flatMap((family) => offersOf(family, current, hints));
	return once([...own, ...extra, ...offered.map((offer): CandidateReference => ({ ...offer, from: 'family' }))]);
}

function offersOf(family: BaseFamily, current: string | undefined, hints: RuntimeHints): readonly Offer[] {
	const recognised = current === undefined ? undefined : family.recognise(readImageName(current), hints);
	const wanted = recognised ?? family.imagine(hints);
	return wanted === undefined ? [] : family.offers(wanted);
}

function once(candidates: readonly CandidateReference[]): readonly CandidateReference[] {
	const seen = new Set<string>();
	return candidates.filter(({ reference }) => {
		const key = canonicalReference(reference);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
