import { FootingError } from '../../model/errors.ts';
import type { HttpResponse } from '../../model/host.ts';
import { NetworkError } from '../../model/network-error.ts';
import { quote } from '../../model/quote.ts';
import { Secret } from '../../model/secret.ts';
import type { Credential } from './auth-file.ts';
import { readRefusal } from './body.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { type Found, findCredentials } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import type { Asking } from './follow.ts';
import { basic, fetchToken, type Token, type TokenServer, tokenServer } from './token.ts';

/** Proves to one endpoint who asks. Nothing is proved, and no credentials are looked for, until it demands it. */
export interface Authorizer {
	/** The Authorization of the next request, renewed when it is about to run out. */
	header(): Promise<Secret | undefined>;
	/**
	 * After a 401: takes the challenge up, so that the next `header` may be accepted. `last`: there will be no next.
	 * @throws FootingError `unauthorized`, `credentials` when there is nothing (more) to prove
	 */
	challenged(response: HttpResponse, used: Secret | undefined, last: boolean): Promise<void>;
}

export function createAuthorizer(asking: Asking, endpoint: Endpoint): Authorizer {
	/** How the registry wants to be spoken to, as far as it has said. */
	let fixed: Secret | undefined;
	let server: TokenServer | undefined;
	let token: Token | undefined;
	let renewal: Promise<Token> | undefined;
	let found: Promise<Found> | undefined;
	const credentials = (): Promise<Found> => {
		found ??= findCredentials(asking.host, endpoint.account, endpoint.repository);
		return found;
	};
	const renew = async (from: TokenServer): Promise<Token> => {
		const { credential, failure } = await credentials();
		try {
			return await fetchToken(asking, from, credential);
		} catch (error) {
			throw explained(error, endpoint, from, credential, failure);
		}
	};
	/** Requests that need a token at the same time share one. */
	const fresh = async (from: TokenServer): Promise<Secret> => {
		if (token !== undefined && token.until > asking.host.now().getTime()) return token.value;
		renewal ??= renew(from).finally(() => {
			renewal = undefined;
		});
		token = await renewal;
		return token.value;
	};
	return {
		header: async () => fixed ?? (server === undefined ? undefined : fresh(server)),
		async challenged(response, used, last) {
			const said = await readRefusal(response);
			const current = fixed ?? token?.value;
			// another request has taken up the challenge in the meantime
			if (current !== undefined && current !== used && !last) return;
			const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '');
			const { credential, failure } = await credentials();
			const plan = last ? undefined : choose(challenges, credential, used, server);
			if (plan === undefined) throw denied(endpoint, said, server, credential, failure);
			fixed = plan instanceof Secret ? plan : undefined;
			server = plan instanceof Secret ? undefined : tokenServer(asking, endpoint, plan);
			token = undefined;
		},
	};
}

/** A header that can be sent at once, or the challenge that a token server answers. */
function choose(
	challenges: readonly Challenge[],
	credential: Credential | undefined,
	used: Secret | undefined,
	server: TokenServer | undefined,
): Secret | Challenge | undefined {
	const bearer = challenges.find((challenge) => challenge.scheme === 'bearer' && challenge.parameters.has('realm'));
	// the same token again would be refused again
	const insufficient = bearer?.parameters.get('error') === 'insufficient_scope' && bearer.parameters.get('scope') === server?.scope;
	if (insufficient && used !== undefined) return undefined;
	if (credential?.kind === 'token' && used === undefined) return new Secret(`Bearer ${credential.token.reveal()}`);
	if (bearer !== undefined) return bearer;
	const refused = used?.reveal().startsWith('Basic ') === true;
	const offered = challenges.some((challenge) => challenge.scheme === 'basic');
	return offered && !refused && credential?.kind === 'password' ? basic(credential.username, credential.password) : undefined;
}

/** What a user has to know when a registry says no: were there credentials, and were they sent? */
function because(
	endpoint: Endpoint,
	server: TokenServer | undefined,
	credential: Credential | undefined,
	failure: FootingError | undefined,
): string {
	if (failure !== undefined && credential === undefined) return ` (${failure.message})`;
	if (credential === undefined) return `; there are no credentials for ${quote(endpoint.account)} here`;
	if (server !== undefined && !server.trusted)
		return `; the credentials for ${quote(endpoint.account)} were not sent to ${quote(server.realm.host)}, the token server that it names, because they belong to one host alone`;
	return `; the credentials for ${quote(endpoint.account)} are not accepted`;
}

function denied(
	endpoint: Endpoint,
	said: string,
	server: TokenServer | undefined,
	credential: Credential | undefined,
	failure: FootingError | undefined,
): FootingError {
	const code = failure !== undefined && credential === undefined ? 'credentials' : 'unauthorized';
	const message = `cannot open ${quote(endpoint.repository)} at ${quote(endpoint.account)}: it does not exist or needs a login${said}`;
	return new FootingError(code, message + because(endpoint, server, credential, failure), failure === undefined ? {} : { cause: failure });
}

function explained(
	error: unknown,
	endpoint: Endpoint,
	server: TokenServer,
	credential: Credential | undefined,
	failure: FootingError | undefined,
): unknown {
	// it has been tried often enough; as it is, the request that needs the token would try it all again
	if (error instanceof NetworkError)
		return new FootingError('network', `cannot get a token from ${quote(server.realm.host)}: ${error.why}`, {
			cause: error,
			hint: error.hint,
		});
	if (!(error instanceof FootingError) || error.code !== 'unauthorized') return error;
	return new FootingError('unauthorized', error.message + because(endpoint, server, credential, failure), { cause: error });
}
