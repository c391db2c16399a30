import { FootingError } from '../model/errors.ts';
import type { ExplainReport } from '../model/explain-report.ts';
import { type ReportedCheck, schemaVersion } from '../model/report.ts';
import { applicationFromImage } from '../needs/application/from-image.ts';
import { checkFit } from '../needs/check-fit.ts';
import { answerOf, explainMessage } from '../needs/explain/explain-message.ts';
import type { Scene } from '../needs/explain/message-kind.ts';
import { findNeeds } from '../needs/find-needs.ts';
import { problemsOf } from './report-image.ts';
import type { Session } from './session.ts';
import { reportedFit } from './stand-on.ts';
import { type Study, studyImage } from './study-image.ts';

export interface ExplainRequest {
	/** Any number of lines. */
	readonly message?: string;
	readonly exitCode?: number;
	/** Where it was seen. */
	readonly image?: string;
}

/**
 * What an error message or exit code means, and with an image, which of its causes is so there.
 * @throws FootingError `bad-usage` without a message and exit code, or why the image cannot be had
 */
export async function explain(session: Session, request: ExplainRequest): Promise<ExplainReport> {
	const { message, exitCode, image } = request;
	if ((message ?? '').trim() === '' && exitCode === undefined)
		throw new FootingError('bad-usage', 'invalid command line: footing explain needs a message or an --exit-code');
	const head = { schemaVersion, kind: 'explain', ...(exitCode === undefined ? {} : { exitCode }) } as const;
	if (image === undefined) {
		const meanings = await explainMessage(request);
		return { ...head, answer: answerOf(meanings), meanings, checks: [], problems: [] };
	}
	const study = await studyImage(session, image, 'fit');
	try {
		const scene = sceneOf(study);
		const meanings = await explainMessage(request, scene);
		return { ...head, image, answer: answerOf(meanings), meanings, checks: await unmet(scene), problems: problemsOf(study) };
	} finally {
		await study.close();
	}
}

/** The image with its own start: its application stands on all of it, so nothing of it is unseen. */
function sceneOf({ image, rootfs, inventory, reference }: Study): Scene {
	const application = applicationFromImage({ ...image, reference }, rootfs, { owned: (path) => inventory.owner(path) !== undefined });
	const { config } = image;
	return {
		application: { ...application, unseen: [] },
		standing: { reference, base: rootfs, combined: rootfs, baseConfig: config, config },
	};
}

/** What the application in the image lacks there by itself, whatever the message says. */
async function unmet({ application, standing }: Scene): Promise<readonly ReportedCheck[]> {
	const fit = await checkFit(application, await findNeeds(application), standing);
	return reportedFit(fit).checks.filter(({ answer, need }) => answer === 'fails' && need.certainty !== 'possible');
}
