import type { Application, Need } from '../model/need.ts';
import type { Problem } from '../model/problem.ts';
import type { ReportedApplication, ReportedFit } from '../model/report.ts';
import { currentOrNone } from './current-base.ts';
import { documentsOf, type KeptAnswer, keptAnswer } from './kept-answer.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';
import { openSubject, reportedApplication, type SubjectRequest } from './subject.ts';
import { openUnread, type UnreadImage } from './unread-image.ts';

/** What is asked of every base. */
export interface Question {
	readonly application: Application;
	readonly needs: readonly Need[];
	/** The base it stands on today; undefined when it is not named or cannot be had. */
	readonly current: ImageFiles | undefined;
	/** Something could not be read that may be readable another day. */
	failed(): boolean;
}

/** What reports tell of the application. */
export interface ToldApplication {
	readonly application: ReportedApplication;
	readonly problems: readonly Problem[];
}

/** The question as far as documents tell it: its files are read when the answer of a base is not kept. */
export interface OpenedQuestion {
	readonly current: UnreadImage | undefined;
	readonly about: KeptAnswer<ToldApplication>;
	/** Where the answer of a base is kept. */
	on(base: UnreadImage): KeptAnswer<ReportedFit>;
	/** Read once. */
	read(): Promise<Question>;
	close(): Promise<void>;
}

/** @throws FootingError when the application cannot be had */
export async function openQuestion(session: Session, request: SubjectRequest, bases: readonly string[]): Promise<OpenedQuestion> {
	const subject = await openSubject(session, request, bases);
	const { currentBase } = subject;
	const current = currentBase === undefined ? undefined : await currentOrNone(session, () => openUnread(session, currentBase));
	const read = async (): Promise<Question> => {
		const { application, failed } = await subject.read();
		const { findNeeds } = await import('../needs/find-needs.ts');
		const needs = await findNeeds(application);
		const files = current && (await currentOrNone(session, () => current.files()));
		const lost = current !== undefined && files === undefined;
		return { application, needs, current: files, failed: () => failed() || lost || files?.failed() === true };
	};
	let reading: Promise<Question> | undefined;
	const standsOn = current === undefined ? 'nothing that is known' : identityOf(current);
	return {
		current,
		about: keptAnswer(session.host, 'application', [subject.identity]),
		on: (base) => keptAnswer(session.host, 'fit', [subject.identity, standsOn, identityOf(base)]),
		read() {
			reading ??= read();
			return reading;
		},
		async close() {
			await current?.close();
			await subject.close();
		},
	};
}

export const toldApplication = ({ application }: Question): ToldApplication => ({
	application: reportedApplication(application),
	problems: application.files.problems,
});

/** Reports call an image by the name it was asked for. */
function identityOf({ reference, image }: UnreadImage): string | undefined {
	const documents = documentsOf(image);
	return documents === undefined ? undefined : JSON.stringify([reference, documents]);
}
