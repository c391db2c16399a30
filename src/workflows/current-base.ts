import { failureOf } from './failure-of.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';

/** The base an application stands on today; undefined when it is not named or cannot be had. */
export async function openCurrent(session: Session, reference: string | undefined): Promise<ImageFiles | undefined> {
	return reference === undefined
		? undefined
		: currentOrNone(session, async () => (await import('./study-image.ts')).readImage(session, reference));
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
