import type { ReportedFit } from '../model/report.ts';
import { checkFit } from '../needs/check-fit.ts';
import type { Question } from './fit-question.ts';
import type { Session } from './session.ts';
import { reportedFit, rereadOn, standingOn } from './stand-on.ts';
import type { ImageFiles } from './study-image.ts';
import type { SubjectRequest } from './subject.ts';

/** Would it run on this base? Found out. */
export async function fitNow(
	session: Session,
	request: SubjectRequest,
	{ application, needs, current }: Question,
	base: ImageFiles,
): Promise<ReportedFit> {
	const reread = rereadOn(session, request, application, base, current);
	return reportedFit(await checkFit(application, needs, standingOn(application, base, current), { reread }));
}
