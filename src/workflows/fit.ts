import type { Application, Need } from '../model/need.ts';
import { type FitReport, type ReportedFit, schemaVersion } from '../model/report.ts';
import { checkFit } from '../needs/check-fit.ts';
import { findNeeds } from '../needs/find-needs.ts';
import type { Session } from './session.ts';
import { failureOf, reportedFit, standingOn } from './stand-on.ts';
import { type Study, studyImage } from './study-image.ts';
import { readSubject, reportedApplication, type SubjectRequest } from './subject.ts';

export interface FitRequest extends SubjectRequest {
	readonly bases: readonly string[];
}

/** Would it run on these bases? A static proof; a base that cannot be had is answered `unknown` with the reason. */
export async function fit(session: Session, request: FitRequest): Promise<FitReport> {
	const application = await readSubject(session, request);
	const needs = await findNeeds(application);
	const current = await openCurrent(session, application);
	try {
		const bases: ReportedFit[] = [];
		for (const reference of request.bases) bases.push(await fitOne(session, application, needs, reference, current));
		return { schemaVersion, kind: 'fit', application: reportedApplication(application), bases, problems: application.files.problems };
	} finally {
		await current?.close();
	}
}

/** The base it stands on today; undefined when it is not named or cannot be had. */
export async function openCurrent(session: Session, application: Application): Promise<Study | undefined> {
	const reference = application.currentBase?.reference;
	if (reference === undefined) return undefined;
	try {
		return await studyImage(session, reference, 'fit');
	} catch (error) {
		session.host.progress?.(`the current base cannot be read: ${failureOf(error).message}`);
		return undefined;
	}
}

async function fitOne(
	session: Session,
	application: Application,
	needs: readonly Need[],
	reference: string,
	current: Study | undefined,
): Promise<ReportedFit> {
	if (current?.reference === reference) return reportedFit(await checkFit(application, needs, standingOn(application, current, current)));
	let base: Study;
	try {
		base = await studyImage(session, reference, 'fit');
	} catch (error) {
		return { reference, answer: 'unknown', checks: [], changes: [], failed: failureOf(error) };
	}
	try {
		return reportedFit(await checkFit(application, needs, standingOn(application, base, current)));
	} finally {
		await base.close();
	}
}
