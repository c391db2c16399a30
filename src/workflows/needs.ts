import { type NeedsReport, schemaVersion } from '../model/report.ts';
import { findNeeds } from '../needs/find-needs.ts';
import type { Session } from './session.ts';
import { readSubject, reportedApplication, reportedNeed, type SubjectRequest } from './subject.ts';

/** What can this application not run without, and how do we know? */
export async function needs(session: Session, request: SubjectRequest): Promise<NeedsReport> {
	const { application, close } = await readSubject(session, request);
	try {
		const found = await findNeeds(application);
		return {
			schemaVersion,
			kind: 'needs',
			application: reportedApplication(application),
			needs: found.map(reportedNeed),
			problems: application.files.problems,
		};
	} finally {
		await close();
	}
}
