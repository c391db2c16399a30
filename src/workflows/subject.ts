import { FootingError } from '../model/errors.ts';
import type { Application, Need } from '../model/need.ts';
import { quote } from '../model/quote.ts';
import type { ReportedApplication, ReportedNeed } from '../model/report.ts';
import { type ApplicationOptions, readApplicationDirectory } from '../needs/application/read-application.ts';
import { readImageSubject } from './image-subject.ts';
import type { Session } from './session.ts';

/** What the user asks about: a directory with a Dockerfile, or a built image. */
export interface SubjectRequest extends ApplicationOptions {
	readonly application: string;
	/** The base that a built image stands on; found by its layers among the bases named otherwise. */
	readonly standsOn?: string;
}

/** The application; files of a built image can be read until `close`. */
export interface Subject {
	readonly application: Application;
	close(): Promise<void>;
}

/**
 * The application that a directory or a built image holds. `bases` are images that a built one may stand on.
 * @throws FootingError `no-application`, `bad-dockerfile`, or why the image cannot be had
 */
export async function readSubject(session: Session, request: SubjectRequest, bases: readonly string[] = []): Promise<Subject> {
	const { application: place, standsOn } = request;
	const stat = await session.host.disk.stat(place, { follow: true });
	if (stat?.type === 'directory') {
		const application = await readApplicationDirectory(session.host, place, request);
		return { application, close: async () => {} };
	}
	if (/^\.{0,2}\//.test(place) || place === '.' || place === '..')
		throw new FootingError('no-application', `cannot read the application ${quote(place)}: there is no such directory`);
	return readImageSubject(session, place, [...(standsOn === undefined ? [] : [standsOn]), ...bases]);
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
