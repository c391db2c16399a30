import { type FitReport, type ReportedFit, schemaVersion } from '../model/report.ts';
import { failureOf } from './failure-of.ts';
import { type OpenedQuestion, openQuestion, type ToldApplication, toldApplication } from './fit-question.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';
import type { SubjectRequest } from './subject.ts';
import { openUnread, type UnreadImage } from './unread-image.ts';

export interface FitRequest extends SubjectRequest {
	readonly bases: readonly string[];
}

/**
 * Would it run on these bases? A static proof; a base that cannot be had is answered `unknown` with the reason. What was
 * answered before of the same images is kept: then no layer is read, and what would do so is not even loaded.
 */
export async function fit(session: Session, request: FitRequest): Promise<FitReport> {
	const question = await openQuestion(session, request, request.bases);
	try {
		const { application, problems } = await about(question);
		const bases: ReportedFit[] = [];
		for (const reference of request.bases) bases.push(await fitOne(session, request, question, reference));
		return { schemaVersion, kind: 'fit', application, bases, problems };
	} finally {
		await question.close();
	}
}

async function about(opened: OpenedQuestion): Promise<ToldApplication> {
	const kept = await opened.about.get();
	if (kept !== undefined) return kept;
	const question = await opened.read();
	const told = toldApplication(question);
	if (!question.failed()) await opened.about.put(told);
	return told;
}

async function fitOne(session: Session, request: FitRequest, opened: OpenedQuestion, reference: string): Promise<ReportedFit> {
	if (opened.current?.reference === reference) return fitOn(session, request, opened, opened.current);
	let base: UnreadImage;
	try {
		base = await openUnread(session, reference);
	} catch (error) {
		return notHad(reference, error);
	}
	try {
		return await fitOn(session, request, opened, base);
	} finally {
		await base.close();
	}
}

async function fitOn(session: Session, request: FitRequest, opened: OpenedQuestion, base: UnreadImage): Promise<ReportedFit> {
	const place = opened.on(base);
	const kept = await place.get();
	if (kept !== undefined) return kept;
	const question = await opened.read();
	let files: ImageFiles;
	try {
		files = await base.files();
	} catch (error) {
		return notHad(base.reference, error);
	}
	const { fitNow } = await import('./fit-now.ts');
	const answer = await fitNow(session, request, question, files);
	if (!question.failed() && !files.failed()) await place.put(answer);
	return answer;
}

function notHad(reference: string, error: unknown): ReportedFit {
	return { reference, answer: 'unknown', checks: [], changes: [], failed: failureOf(error) };
}
