import { type ChooseInput, chooseBase } from '../bases/choose-base.ts';
import type { Candidate, Choice, RankedCandidate } from '../model/base.ts';
import type { ChooseReport, ReportedVerification } from '../model/report.ts';
import type { Session } from './session.ts';
import { outcomeLine, verifyCurrent } from './verify.ts';
import { type ProofQuestion, verifyOnBase } from './verify-on-base.ts';

/** Bases whose fit is unknown are tried only when none that is proved holds, and no more than so many of them. */
const mostUndecided = 4;

export interface ProvedChoice {
	readonly choice: Choice;
	/** By reference, in the order in which they were tried. */
	readonly verifications: ReadonlyMap<string, ReportedVerification>;
	readonly proof: NonNullable<ChooseReport['proof']>;
}

/**
 * What the static proof leaves is really built and run, the best first, until one holds; what happens is then a reason like
 * the others, and the choice is made again. The current base is the measure for all of them.
 */
export async function proveChoice(session: Session, input: ChooseInput, question: ProofQuestion): Promise<ProvedChoice> {
	const verifications = new Map<string, ReportedVerification>();
	const current = input.candidates.find(({ from }) => from === 'current');
	const baseline = current?.failed === undefined ? await verifyCurrent(session, question) : undefined;
	if (baseline !== undefined) verifications.set(baseline.reference, baseline);
	for (;;) {
		const choice = chooseBase({ ...input, candidates: input.candidates.map((one) => withProof(one, verifications)) });
		const next = nextToTry(choice, verifications);
		if (next === undefined) return { choice, verifications, proof: proofOf(question, verifications) };
		const found = await verifyOnBase(session, question, next, baseline);
		session.host.progress?.(outcomeLine(found), { stays: true });
		verifications.set(next, found);
	}
}

function withProof(candidate: Candidate, verifications: ReadonlyMap<string, ReportedVerification>): Candidate {
	const found = verifications.get(candidate.reference);
	return found === undefined ? candidate : { ...candidate, proof: { answer: found.answer, because: found.because } };
}

/** Undefined when the recommended base is proved, or nothing is left that could be. */
function nextToTry({ candidates, recommendation }: Choice, done: ReadonlyMap<string, ReportedVerification>): string | undefined {
	const first = recommendation?.reference;
	if (first !== undefined && done.get(first)?.answer === 'holds') return undefined;
	if (first !== undefined && !done.has(first)) return first;
	const ranked = candidates.find(({ rank, reference }) => rank !== undefined && !done.has(reference));
	if (ranked !== undefined) return ranked.reference;
	const undecided = candidates.filter(isUndecided);
	if (undecided.filter(({ reference }) => done.has(reference)).length >= mostUndecided) return undefined;
	return undecided.find(({ reference }) => !done.has(reference))?.reference;
}

/** Nothing but the open answer of the static proof stands against it. */
function isUndecided({ trace }: RankedCandidate): boolean {
	const against = trace.filter(({ effect }) => effect === 'out');
	return against.length > 0 && against.every(({ rule }) => rule === 'fit-unknown');
}

function proofOf(
	{ workspace }: ProofQuestion,
	verifications: ReadonlyMap<string, ReportedVerification>,
): NonNullable<ChooseReport['proof']> {
	return {
		engine: { name: workspace.engine.name, version: workspace.version },
		tried: [...verifications.keys()],
		disagreements: [...verifications.values()].flatMap(({ reference, answer, because, fit }) =>
			fit?.agrees === 'fails' ? [{ reference, fit: fit.answer, answer, because }] : [],
		),
	};
}
