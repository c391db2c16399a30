import { FootingError } from '../model/errors.ts';
import type { Application, Need } from '../model/need.ts';
import { quote } from '../model/quote.ts';
import type { ReportedApplication, ReportedNeed } from '../model/report.ts';
import type { ApplicationOptions } from '../needs/application/read-application.ts';
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
	/** Something of it could not be read that may be readable another day: what follows from it is not kept. */
	failed(): boolean;
	close(): Promise<void>;
}

/** The application before its files are read. */
export interface OpenedSubject {
	/** Everything that it follows from, as text; undefined when that is not known, as of a directory. */
	readonly identity: string | undefined;
	/** The base it stands on, when that is known before its files are read. */
	readonly currentBase: string | undefined;
	/** @throws FootingError why it cannot be read */
	read(): Promise<Subject>;
	close(): Promise<void>;
}

/**
 * The application that a directory or a built image holds. `bases` are images that a built one may stand on.
 * @throws FootingError `no-application`, `bad-dockerfile`, or why the image cannot be had
 */
export async function openSubject(session: Session, request: SubjectRequest, bases: readonly string[] = []): Promise<OpenedSubject> {
	const { application: place, standsOn } = request;
	const stat = await session.host.disk.stat(place, { follow: true });
	if (stat?.type === 'directory') {
		const { readApplicationDirectory } = await import('../needs/application/read-application.ts');
		const application = await readApplicationDirectory(session.host, place, request);
		const close = async (): Promise<void> => {};
		// what cannot be read of a directory is noted by its disk, where that is watched
		const subject = { application, failed: () => false, close };
		return { identity: undefined, currentBase: application.currentBase?.reference, read: async () => subject, close };
	}
	if (/^\.{0,2}\//.test(place) || place === '.' || place === '..')
		throw new FootingError('no-application', `cannot read the application ${quote(place)}: there is no such directory`);
	const { openImageSubject } = await import('./image-subject.ts');
	return openImageSubject(session, place, [...(standsOn === undefined ? [] : [standsOn]), ...bases]);
}

/** The same, read. */
export async function readSubject(session: Session, request: SubjectRequest, bases: readonly string[] = []): Promise<Subject> {
	const opened = await openSubject(session, request, bases);
	try {
		return await opened.read();
	} catch (error) {
		await opened.close();
		throw error;
	}
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
