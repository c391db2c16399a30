import type { Application, Need } from '../model/need.ts';
import { type FitReport, type ReportedFit, schemaVersion } from '../model/report.ts';
import { checkFit } from '../needs/check-fit.ts';
import { findNeeds } from '../needs/find-needs.ts';
import type { Session } from './session.ts';
import { failureOf, reportedFit, rereadOn, standingOn } from './stand-on.ts';
import { type ImageFiles, readImage } from './study-image.ts';
import { readSubject, reportedApplication, type SubjectRequest } from './subject.ts';

export interface FitRequest extends SubjectRequest {
	readonly bases: readonly string[];
}

/** Would it run on these bases? A static proof; a base that cannot be had is answered `unknown` with the reason. */
export async function fit(session: Session, request: FitRequest): Promise<FitReport> {
	const { application, close } = await readSubject(session, request, request.bases);
	let current: ImageFiles | undefined;
	try {
		const needs = await findNeeds(application);
		current = await openCurrent(session, application);
		const bases: ReportedFit[] = [];
		for (const reference of request.bases) bases.push(await fitOne(session, request, { application, needs, current }, reference));
		return { schemaVersion, kind: 'fit', application: reportedApplication(application), bases, problems: application.files.problems };
	} finally {
		await current?.close();
		await close();
	}
}

/** The base it stands on today; undefined when it is not named or cannot be had. */
export async function openCurrent(session: Session, application: Application): Promise<ImageFiles | undefined> {
	const reference = application.currentBase?.reference;
	if (reference === undefined) return undefined;
	try {
		return await readImage(session, reference);
	} catch (error) {
		session.host.progress?.(`the current base cannot be read: ${failureOf(error).message}`);
		return undefined;
	}
}

/** What is asked of every base. */
interface Question {
	readonly application: Application;
	readonly needs: readonly Need[];
	readonly current: ImageFiles | undefined;
}

async function fitOne(session: Session, request: FitRequest, question: Question, reference: string): Promise<ReportedFit> {
	const { current } = question;
	if (current?.reference === reference) return fitOn(session, request, question, current);
	let base: ImageFiles;
	try {
		base = await readImage(session, reference);
	} catch (error) {
		return { reference, answer: 'unknown', checks: [], changes: [], failed: failureOf(error) };
	}
	try {
		return await fitOn(session, request, question, base);
	} finally {
		await base.close();
	}
}

async function fitOn(
	session: Session,
	request: FitRequest,
	{ application, needs, current }: Question,
	base: ImageFiles,
): Promise<ReportedFit> {
	const reread = rereadOn(session, request, base, current);
	return reportedFit(await checkFit(application, needs, standingOn(application, base, current), { reread }));
}
