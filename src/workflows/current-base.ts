import type { Session } from './session.ts';
import { failureOf } from './stand-on.ts';
import { type ImageFiles, readImage } from './study-image.ts';

/** The base an application stands on today; undefined when it is not named or cannot be had. */
export async function openCurrent(session: Session, reference: string | undefined): Promise<ImageFiles | undefined> {
	return reference === undefined ? undefined : currentOrNone(session, () => readImage(session, reference));
}

/** Without it there is still an answer: only nothing can be copied from it. */
export async function currentOrNone<T>({ host }: Session, had: () => Promise<T>): Promise<T | undefined> {
	try {
		return await had();
	} catch (error) {
		host.progress?.(`the current base cannot be read: ${failureOf(error).message}`);
		return undefined;
	}
}
