import { type ErrorCode, FootingError } from '../../model/errors.ts';
import type { Session } from './session.ts';

/** Failures of one server that say nothing of the next. A broken promise (digest, size) is never passed over. */
const ofOneServer: ReadonlySet<ErrorCode> = new Set(['blob-missing', 'credentials', 'image-not-found', 'network', 'unauthorized']);

/** The first server that has it; later ones are asked when it fails, also in the middle. The last failure tells of those before. */
export async function* tryEach<T>(sessions: readonly Session[], read: (session: Session) => AsyncIterable<T>): AsyncGenerator<T> {
	const failures: FootingError[] = [];
	for (const session of sessions) {
		try {
			return yield* read(session);
		} catch (error) {
			if (!(error instanceof FootingError) || !ofOneServer.has(error.code)) throw error;
			session.asking.signal.throwIfAborted();
			failures.push(error);
		}
	}
	throw together(failures);
}

function together(failures: readonly FootingError[]): FootingError {
	const last = failures.at(-1);
	if (last === undefined) return new FootingError('network', 'cannot ask a registry: --offline asks this machine only');
	if (failures.length === 1) return last;
	const before = failures.slice(0, -1).map((error) => error.message);
	return new FootingError(last.code, `${last.message} (before: ${before.join('; ')})`, { cause: last, hint: last.hint });
}
