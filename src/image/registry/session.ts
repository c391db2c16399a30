import { type ErrorCode, FootingError } from '../../model/errors.ts';
import type { HttpResponse } from '../../model/host.ts';
import { NetworkError } from '../../model/network-error.ts';
import { createAuthorizer } from './authorizer.ts';
import type { Endpoint } from './endpoint.ts';
import { type Answer, type Asking, follow } from './follow.ts';
import { refusal } from './refusal.ts';
import { Later, persistently } from './retry.ts';

/** How often one request may be challenged: at first, and when a token has run out. */
const maxChallenges = 2;

interface Get {
	/** Below `/v2/REPOSITORY/`: `manifests/latest`. */
	readonly path: string;
	readonly accept: string;
	/** Range and If-Range. */
	readonly headers?: Readonly<Record<string, string>>;
	/** For messages, `cannot` before it: `read layer sha256:…`. */
	readonly doing: string;
	/** What a 404 means. */
	readonly missing: ErrorCode;
}

/** Requests to one endpoint for one repository. */
export interface Session {
	readonly endpoint: Endpoint;
	readonly asking: Asking;
	/**
	 * Asks until there is an answer of 200, 206 or 416, or none is to be had, and gives it to `read`; when the body breaks
	 * while `read` runs, all is asked again.
	 * @throws FootingError `network`, `unauthorized`, `credentials`, the `missing` of the request
	 */
	get<T>(request: Get, read: (answer: Answer) => Promise<T>): Promise<T>;
}

export function createSession(asking: Asking, endpoint: Endpoint): Session {
	const authorizer = createAuthorizer(asking, endpoint);
	/** One answer past all challenges. */
	const authorized = async (url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> => {
		for (let challenges = 0; ; challenges += 1) {
			const used = await authorizer.header();
			const answer = await follow(asking, url, headers, used);
			if (answer.response.status !== 401 || answer.foreign) return answer;
			await authorizer.challenged(answer.response, used, challenges >= maxChallenges);
		}
	};
	return {
		endpoint,
		asking,
		get(request, read) {
			const url = new URL(`/v2/${endpoint.repository}/${request.path}`, endpoint.origin);
			const headers = { accept: request.accept, 'accept-encoding': 'identity', 'user-agent': 'footing', ...request.headers };
			return persistently(asking.host, asking.signal, async () => {
				try {
					const answer = await authorized(url, headers);
					if (usable(answer.response, request)) return await read(answer);
					const failure = await refusal(asking, answer, request.doing, request.missing);
					if (failure instanceof FootingError) throw failure;
					return failure;
				} catch (error) {
					return lost(error, request, endpoint);
				}
			});
		},
	};
}

function usable(response: HttpResponse, request: Get): boolean {
	const { status } = response;
	return status === 200 || (request.headers?.range !== undefined && (status === 206 || status === 416));
}

/** A failure of the connection, with what was being done; other failures say so themselves. */
function lost(error: unknown, request: Get, endpoint: Endpoint): Later {
	if (!(error instanceof NetworkError)) throw error;
	const own = `cannot reach ${endpoint.origin.host}: `;
	const why = error.message.startsWith(own) ? error.why : error.message;
	const named = new FootingError('network', `cannot ${request.doing} from ${endpoint.origin.host}: ${why}`, {
		cause: error,
		hint: error.hint,
	});
	if (error.transient) return new Later(named);
	throw named;
}
