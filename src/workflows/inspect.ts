import { type InspectReport, schemaVersion } from '../model/report.ts';
import { problemsOf, reportImage } from './report-image.ts';
import type { Session } from './session.ts';
import { studyImage } from './study-image.ts';
import { openBases } from './tell-base.ts';

/**
 * What is in this image that an attacker could use? `bases` are images that it may stand on.
 * @throws FootingError when the image or a base cannot be had or read
 */
export async function inspect(
	session: Session,
	reference: string,
	{ bases = [] }: { readonly bases?: readonly string[] } = {},
): Promise<InspectReport> {
	const named = await openBases(session, bases);
	const study = await studyImage(session, reference, 'measure');
	try {
		const { report, packages } = await reportImage(session, study, named);
		return {
			schemaVersion,
			kind: 'inspect',
			...report,
			packages,
			problems: problemsOf(study),
		};
	} finally {
		await study.close();
	}
}
