import type { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { NetworkError } from '../../model/network-error.ts';

/** How often one thing is tried. */
export const maxTries = 5;
/** The longest wait that a server may ask for. */
export const maxRetryAfter = 60_000;

/** Milliseconds from which on a user wants to know why nothing goes on. */
const worthSaying = 2000;

/** A failure after which another try makes sense. */
export class Later {
	readonly error: FootingError;
	/** Milliseconds that the server asked to wait. */
	readonly after: number | undefined;
	constructor(error: FootingError, after?: number) {
		this.error = error;
		this.after = after;
	}
}

/** Tries until there is a result, a failure that is final, or `maxTries` are over. */
export async function persistently<T>(host: Host, signal: AbortSignal, once: () => Promise<T | Later>): Promise<T> {
	for (let tries = 1; ; tries += 1) {
		const result = await once().catch((error: unknown) => laterOrThrow(error));
		if (!(result instanceof Later)) return result;
		if (tries >= maxTries || (result.after ?? 0) > maxRetryAfter) throw result.error;
		const wait = result.after ?? backOff(tries);
		if (wait >= worthSaying) host.progress?.(`${result.error.message}; trying again in ${Math.ceil(wait / 1000)} s`);
		await pause(host, signal, wait);
	}
}

export async function pause(host: Host, signal: AbortSignal, ms: number): Promise<void> {
	signal.throwIfAborted();
	try {
		await host.sleep(ms, signal);
	} finally {
		// for its reason rather than the error of the sleep
		signal.throwIfAborted();
	}
}

/** The connection was lost on the way: worth another try. */
function laterOrThrow(error: unknown): Later {
	if (error instanceof NetworkError && error.transient) return new Later(error);
	throw error;
}

/** Doubles with each failure from half a second on, up to 20 s; half of it is chance, so that many clients do not come back at once. */
export function backOff(failures: number): number {
	const full = Math.min(500 * 2 ** (failures - 1), 20_000);
	return Math.round(full / 2 + (Math.random() * full) / 2);
}

/** Retry-After (RFC 9110, 10.2.3) in milliseconds: seconds or a date. Undefined when it is neither. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
	if (value === undefined) return undefined;
	const text = value.trim();
	if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
	if (!/^[A-Z][a-z]{2}[a-z]*,? /.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
