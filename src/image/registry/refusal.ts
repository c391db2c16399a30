import { type ErrorCode, FootingError } from '../../model/errors.ts';
import { readRefusal } from './body.ts';
import type { Answer, Asking } from './follow.ts';
import { Later, maxRetryAfter, parseRetryAfter } from './retry.ts';

/** Statuses after which the same request may succeed later. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The failure that an answer other than 200, 206 and 401 is, with what the server says about it. `doing` is for the
 * message: `read layer sha256:…`; `missing` is what a 404 means.
 */
export async function refusal(asking: Asking, answer: Answer, doing: string, missing: ErrorCode): Promise<FootingError | Later> {
	const { response, from, foreign } = answer;
	const { status } = response;
	const said = await readRefusal(response);
	const where = `cannot ${doing} from ${from}`;
	if (status === 404) return new FootingError(missing, `${where}: it is not there${said}`);
	if (!foreign && (status === 403 || status === 401)) return new FootingError('unauthorized', `${where}: access is denied${said}`);
	const wait = parseRetryAfter(response.headers.get('retry-after'), asking.host.now());
	const long = wait !== undefined && wait > maxRetryAfter ? ` and asks to wait ${Math.ceil(wait / 1000)} s` : '';
	const error = new FootingError(
		'network',
		`${where}: it answers with status ${status}${long}${said}`,
		status === 429 ? { hint: rateHint } : {},
	);
	// a signed address of a storage server may have run out; the registry signs a new one
	return passing.has(status) || (foreign && (status === 401 || status === 403)) ? new Later(error, wait) : error;
}

const rateHint = 'the registry limits how often it is asked: wait, log in with "docker login", or use --registry-mirror';
