import { FootingError } from '../model/errors.ts';
import type { Application, Need } from '../model/need.ts';
import { quote } from '../model/quote.ts';
import type { ReportedApplication, ReportedNeed } from '../model/report.ts';
import { type ApplicationOptions, readApplicationDirectory } from '../needs/application/read-application.ts';
import type { Session } from './session.ts';

/** What the user asks about: a directory with a Dockerfile, or a built image. */
export interface SubjectRequest extends ApplicationOptions {
	readonly application: string;
}

/**
 * The application that a directory or a built image holds.
 * @throws FootingError `no-application` when it is neither
 */
export async function readSubject(session: Session, request: SubjectRequest): Promise<Application> {
	const stat = await session.host.disk.stat(request.application, { follow: true });
	if (stat?.type === 'directory') return readApplicationDirectory(session.host, request.application, request);
	throw new FootingError('no-application', `cannot read the application ${quote(request.application)}: it is no directory`);
}

export function reportedApplication(application: Application): ReportedApplication {
	let files = 0;
	for (const entry of application.files.entries()) if (entry.type === 'file') files += 1;
	return {
		name: application.name,
		origin: application.origin,
		reference: application.reference,
		...(application.dockerfile === undefined ? {} : { dockerfile: application.dockerfile.path }),
		...(application.currentBase === undefined ? {} : { currentBase: application.currentBase }),
		files,
		unseen: application.unseen,
	};
}

export function reportedNeed({ kind, what, certainty, because }: Need): ReportedNeed {
	return { kind, what, certainty, because };
}
