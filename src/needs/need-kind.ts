import type { Application, Check, Need, Standing } from '../model/need.ts';

/**
 * One kind of thing an application cannot run without: finder and checker side by side. `find` looks at the application
 * alone, `check` at one need of this kind on one candidate base.
 *
 * Certainty decides what an answer means for the fit (see check-fit.ts):
 * - `required`: without it the application does not start, its image does not build, its health check fails or its own code
 *   throws where the literal is certain. Fails → `breaks` (or `runs-with-changes`), unknown → `unknown`.
 * - `likely`: fails or unknown → the fit is never `runs`: it is `unknown` until somebody has looked.
 * - `possible`: is listed and never decides.
 *
 * Neither may throw for a broken application: what cannot be read is an `unknown` check with what would settle it.
 */
export interface NeedKind<D = unknown> {
	/** Key of the needs it finds: `launch`, `linking`. */
	readonly kind: string;
	/** What is asked of every way to start, those that files beside the Dockerfile say too: it comes from the source that is started. */
	readonly ofEveryStart?: true;
	find(application: Application): Promise<readonly Need<D>[]>;
	check(need: Need<D>, standing: Standing): Promise<Check>;
}
