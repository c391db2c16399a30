import { type InspectReport, schemaVersion } from '../model/report.ts';
import { packagesOf, problemsOf, reportImage } from './report-image.ts';
import type { Session } from './session.ts';
import { studyImage } from './study-image.ts';

/** What is in this image that an attacker could use? @throws FootingError when the image cannot be had or read */
export async function inspect(session: Session, reference: string): Promise<InspectReport> {
	const study = await studyImage(session, reference, 'measure');
	try {
		return {
			schemaVersion,
			kind: 'inspect',
			...reportImage(session, study),
			packages: packagesOf(study),
			problems: problemsOf(study),
		};
	} finally {
		await study.close();
	}
}
