import { FootingError } from '../model/errors.ts';
import type { ChooseReport } from '../model/report.ts';
import { contextDigest } from '../needs/application/context-digest.ts';
import { documentsOf, type KeptAnswer, keptAnswer, plain } from './kept-answer.ts';
import { openNamed } from './open-named.ts';
import type { Session } from './session.ts';
import type { OpenedSubject, SubjectRequest } from './subject.ts';

/** The documents of each candidate that was looked at, by its reference. */
export type CandidateDocuments = ReadonlyMap<string, string | undefined>;

/** The place in the cache of a choice: of the same application among the same images on the same day. */
export interface KeptChoice {
	get(): Promise<ChooseReport | undefined>;
	/** Only of a choice for which everything could be read. */
	put(report: ChooseReport, candidates: CandidateDocuments): Promise<void>;
}

/** More is not hashed: it would make the first choice slower than the second is made faster. */
const most = { files: 5000, bytes: 128 * 1024 ** 2 };

/** Undefined when nothing is kept here, or what the application follows from is not known. */
export async function keptChoice(session: Session, request: SubjectRequest, subject: OpenedSubject): Promise<KeptChoice | undefined> {
	if (session.host.cache === undefined || session.host.build === undefined) return undefined;
	const identity = await identityOf(session, request, subject);
	if (identity === undefined) return undefined;
	const asked = JSON.stringify(request);
	const tried: KeptAnswer<readonly string[]> = keptAnswer(session.host, 'candidates', [identity, asked]);
	const place = (documents: CandidateDocuments): KeptAnswer<ChooseReport> => {
		const day = session.today.toISOString().slice(0, 10);
		return keptAnswer(session.host, 'choice', [identity, asked, day, ...[...documents].flat()]);
	};
	return {
		async get() {
			const references = await tried.get();
			const documents = references && (await documentsNow(session, references));
			return documents && place(documents).get();
		},
		async put(report, candidates) {
			if (report.candidates.some(({ failed }) => failed !== undefined)) return;
			// what changed while it was read belongs to no moment
			if ((await identityOf(session, request, subject)) !== identity) return;
			await tried.put([...candidates.keys()]);
			await place(candidates).put(report);
		},
	};
}

/** Of a directory: all that a build would be sent, and what was read of the rest. */
async function identityOf({ host }: Session, request: SubjectRequest, subject: OpenedSubject): Promise<string | undefined> {
	if (subject.identity !== undefined) return subject.identity;
	const { application } = await subject.read();
	const { files, ...rest } = application;
	if (application.origin !== 'directory' || files.size > most.files) return undefined;
	try {
		const digest = await contextDigest(host.disk, request.application, request.dockerfile, most.bytes);
		return digest === undefined ? undefined : JSON.stringify([digest, rest], plain);
	} catch (error) {
		if (error instanceof FootingError && error.code !== 'internal') return undefined;
		throw error;
	}
}

/** What the names mean today; undefined when one of them cannot be had. */
async function documentsNow(session: Session, references: readonly string[]): Promise<CandidateDocuments | undefined> {
	const documents = new Map<string, string | undefined>();
	for (const reference of references) {
		try {
			const image = await openNamed(session, reference);
			await image.close();
			documents.set(reference, documentsOf(image));
		} catch (error) {
			if (error instanceof FootingError && error.code !== 'internal') return undefined;
			throw error;
		}
	}
	return documents;
}
