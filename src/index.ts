/** The library: the same workflows as the command line. */

import { createHost } from './host/create-host.ts';
import type { OpenOptions } from './image/open-image.ts';
import type { Host } from './model/host.ts';
import type { Session } from './workflows/session.ts';

export type { OpenOptions } from './image/open-image.ts';
export type { CandidateReference, EndOfLife, Profile } from './model/base.ts';
export { type ErrorCode, FootingError } from './model/errors.ts';
export type { Evidence } from './model/evidence.ts';
export type { Host } from './model/host.ts';
export type { FitAnswer } from './model/need.ts';
export type { Problem } from './model/problem.ts';
export * from './model/report.ts';
export type { Count, Coverage, Item, Surface, Tier } from './model/surface.ts';
export type { Certainty, Verdict } from './model/verdict.ts';
export { type ChooseRequest, choose } from './workflows/choose.ts';
export { compare } from './workflows/compare.ts';
export { type FitRequest, fit } from './workflows/fit.ts';
export { inspect } from './workflows/inspect.ts';
export { needs } from './workflows/needs.ts';
export type { Session } from './workflows/session.ts';
export type { SubjectRequest } from './workflows/subject.ts';

export interface SessionOptions extends OpenOptions {
	/** Read the image of this reference from that one. */
	readonly substitutes?: ReadonlyMap<string, string>;
	/** The world outside; the real one unless said. */
	readonly host?: Host;
	/** For end-of-life dates; today unless said. */
	readonly today?: Date;
}

/** What every workflow is given: `inspect(createSession(), 'node:24-slim')`. */
export function createSession(options: SessionOptions = {}): Session {
	const { substitutes, host = createHost(), today = host.now(), ...open } = options;
	return { host, open, today, ...(substitutes === undefined ? {} : { substitutes }) };
}
