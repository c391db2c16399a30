import type { CandidateReference, Profile } from '../model/base.ts';
import type { ChooseReport } from '../model/report.ts';
import { keptChoice } from './kept-choice.ts';
import type { ProofRequest } from './proof-request.ts';
import type { Session } from './session.ts';
import { openSubject, type SubjectRequest } from './subject.ts';
import { watchedDisk } from './watched-disk.ts';

export interface ChooseRequest extends SubjectRequest {
	readonly profile: Profile;
	/** References from the command line and the configuration, tried beside those of the base families. */
	readonly candidates: readonly CandidateReference[];
	/** Only the references given, none of the families'. */
	readonly only?: boolean;
	/** Really build, run and test it on the best candidates, until one holds. */
	readonly verify?: ProofRequest;
	/** Apply the recommendation's patch to the Dockerfile. */
	readonly write?: boolean;
}

/**
 * Which base should this application stand on, why, and what must change? Asked again of the same application and images on
 * the same day, it is told again.
 */
export async function choose(session: Session, request: ChooseRequest): Promise<ChooseReport> {
	const named = request.candidates.map(({ reference }) => reference);
	const { disk, failed } = watchedDisk(session.host.disk);
	const watching = { ...session, host: { ...session.host, disk } };
	const subject = await openSubject(watching, request, named);
	try {
		const kept = request.verify === undefined && request.write !== true ? await keptChoice(session, request, subject) : undefined;
		const before = await kept?.get();
		if (before !== undefined) return before;
		const { chooseNow } = await import('./choose-now.ts');
		const { report, sound, documents } = await chooseNow(watching, request, await subject.read());
		if (sound && !failed()) await kept?.put(report, documents);
		return report;
	} finally {
		await subject.close();
	}
}
