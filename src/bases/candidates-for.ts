import type { CandidateReference } from '../model/base.ts';
import { families as allFamilies } from './families/index.ts';
import type { BaseFamily, RuntimeHints, Wanted } from './family.ts';
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
	const offered = wantedOf(current, hints, families).flatMap(([family, wanted]) => family.offers(wanted));
	return once([...own, ...extra, ...offered.map((offer): CandidateReference => ({ ...offer, from: 'family' }))]);
}

/** The characters of the distribution reference grammar; anything else is no image and none of it goes into an offer. */
const isReference = /^[a-z0-9][\w.:/@-]*$/i;

/** Families that know the current base, and the one whose runtime the needs name; without either, whoever the needs suit. */
function wantedOf(
	current: string | undefined,
	hints: RuntimeHints,
	families: readonly BaseFamily[],
): readonly (readonly [BaseFamily, Wanted])[] {
	const name = current !== undefined && isReference.test(current) ? readImageName(current) : undefined;
	const asked = families.map((family) => [family, name === undefined ? undefined : family.recognise(name, hints)] as const);
	const known = asked.some(([, wanted]) => wanted !== undefined);
	return asked.flatMap(([family, recognised]) => {
		const wanted = recognised ?? (known && family.family !== hints.runtime ? undefined : family.imagine(hints));
		return wanted === undefined ? [] : [[family, wanted] as const];
	});
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
