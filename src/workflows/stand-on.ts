import type { Application, Fit, Standing } from '../model/need.ts';
import type { ReportedFit } from '../model/report.ts';
import { readApplicationDirectory } from '../needs/application/read-application.ts';
import { applyLaunch } from '../needs/apply-launch.ts';
import type { Reread } from '../needs/check-fit.ts';
import { combine } from '../rootfs/combine.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';
import { reportedNeed, type SubjectRequest } from './subject.ts';

/** The application on a base. `current` is the base it stands on today: where files can be copied from. */
export function standingOn(application: Application, base: ImageFiles, current?: ImageFiles): Standing {
	return {
		reference: base.reference,
		base: base.rootfs,
		combined: combine(base.rootfs, application.files),
		baseConfig: base.image.config,
		config: applyLaunch(base.image.config, application.launch),
		...(current === undefined ? {} : { current: { reference: current.reference, base: current.rootfs } }),
	};
}

/** Reads the application as an edited Dockerfile makes it, to prove on the same base that the edits are enough. */
export function rereadOn(session: Session, request: SubjectRequest, before: Application, base: ImageFiles, current?: ImageFiles): Reread {
	return async (dockerfileText) => {
		const application = await readApplicationDirectory(session.host, request.application, { ...request, dockerfileText, before });
		return { application, standing: standingOn(application, base, current) };
	};
}

export function reportedFit(fit: Fit): ReportedFit {
	return {
		reference: fit.reference,
		answer: fit.answer,
		checks: fit.checks.map((check) => ({
			need: reportedNeed(check.need),
			answer: check.answer,
			because: check.because,
			...(check.message === undefined ? {} : { message: check.message }),
			...(check.hint === undefined ? {} : { hint: check.hint }),
		})),
		changes: fit.changes.map(({ what, because, patch }) => ({ what, because, ...(patch === undefined ? {} : { patch }) })),
		...(fit.patch === undefined ? {} : { patch: fit.patch }),
	};
}
