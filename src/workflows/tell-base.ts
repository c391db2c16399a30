import { identifyBase, type KnownBase } from '../bases/identify-base.ts';
import type { ReportedBase } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import { seenBases } from './base-catalogue.ts';
import type { Session } from './session.ts';
import type { Study } from './study-image.ts';

/** The base, and how many of the lowest layers are its; none where that is not known. */
export interface ToldBase {
	readonly base?: ReportedBase;
	readonly layers?: number;
}

/**
 * On which known image this one stands: one that the user named, one that was read before on this machine, or the one that
 * its annotations name, which is a claim until layers prove it. Nothing is fetched for it.
 */
export async function tellBase(session: Session, { image, reference }: Study, named: readonly KnownBase[]): Promise<ToldBase> {
	const diffIds = image.layers.map(({ diffId }) => diffId);
	if (diffIds.length === 0 || diffIds.includes(undefined)) return {};
	const seen = await seenBases(session.host, { ...image, reference });
	const identity = identifyBase({ diffIds, annotations: image.annotations, labels: image.config.labels }, unique([...named, ...seen]));
	const layers = identity.bases.find(({ by }) => by === 'layers')?.layers;
	const answers: Readonly<Record<typeof identity.answer, Verdict>> = {
		one: 'holds',
		claimed: 'unknown',
		ambiguous: 'unknown',
		unknown: 'unknown',
	};
	const because =
		identity.answer === 'unknown'
			? 'its lowest layers are not those of an image that was named with --base or read before, and no annotation names one'
			: identity.because;
	const candidates = identity.bases.map((base) => ({ reference: base.reference, layers: base.layers ?? 0, because: base.because.shows }));
	return { base: { answer: answers[identity.answer], candidates, because }, ...(layers === undefined ? {} : { layers }) };
}

/** What the user named counts before what was seen. */
function unique(bases: readonly KnownBase[]): readonly KnownBase[] {
	return [...new Map(bases.toReversed().map((base) => [`${base.reference} ${base.diffIds.length}`, base])).values()];
}
