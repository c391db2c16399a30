import { FootingError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import { Secret } from '../../model/secret.ts';
import { asObject } from '../json-document.ts';
import type { Credential } from './auth-file.ts';
import { readBody } from './body.ts';
import type { Challenge } from './challenge.ts';
import { type Endpoint, isLoopback } from './endpoint.ts';
import { type Answer, type Asking, follow } from './follow.ts';
import { belongsTo } from './realm.ts';
import { refusal } from './refusal.ts';
import { persistently } from './retry.ts';

/** A bearer token and the time (milliseconds since 1970, our clock) until which it is used. */
export interface Token {
	readonly value: Secret;
	readonly until: number;
}

/** Where a token is to be had, from the registry's challenge (distribution specification, "Token Authentication"). */
export interface TokenServer {
	readonly realm: URL;
	readonly service: string | undefined;
	readonly scope: string;
	/** Whether the credentials of the registry may go there. */
	readonly trusted: boolean;
}

/** @throws FootingError `network` when the challenge names no usable server */
export function tokenServer(asking: Asking, endpoint: Endpoint, challenge: Challenge): TokenServer {
	const written = challenge.parameters.get('realm') ?? '';
	const refuse = (why: string): never => {
		throw new FootingError('network', `cannot log in at ${endpoint.account}: ${why}`);
	};
	if (written === '' || !URL.canParse(written, endpoint.origin.href)) return refuse('the token server that it names is no address');
	const realm = new URL(written, endpoint.origin.href);
	realm.hash = '';
	if (!/^https?:$/.test(realm.protocol) || realm.username !== '' || realm.password !== '')
		return refuse('the token server that it names is no address of https');
	const same = realm.origin === endpoint.origin.origin;
	if (!same && realm.protocol === 'http:' && !(isLoopback(realm) && isLoopback(endpoint.origin)))
		return refuse(`the token server that it names, ${quote(realm.host)}, is asked over plain http`);
	if (asking.offline && !isLoopback(realm)) return refuse(`its token server is ${quote(realm.host)}, and --offline asks this machine only`);
	const scope = challenge.parameters.get('scope') || `repository:${endpoint.repository}:pull`;
	return { realm, service: challenge.parameters.get('service'), scope, trusted: belongsTo(endpoint, realm) };
}

/** @throws FootingError `unauthorized`, `network` */
export function fetchToken(asking: Asking, server: TokenServer, credential: Credential | undefined): Promise<Token> {
	const doing = `get a token for ${quote(server.scope)}`;
	return persistently(asking.host, asking.signal, async () => {
		const answer = await ask(asking, server, server.trusted ? credential : undefined);
		if (answer.response.status !== 200) {
			const failure = await refusal(asking, answer, doing, 'network');
			if (failure instanceof FootingError) throw failure;
			return failure;
		}
		return parseToken(await readBody(answer.response, limits.metadata, `the token of ${answer.from}`), answer.from, asking.host.now());
	});
}

/** Password and anonymous: GET. An identity token is a refresh token of OAuth 2 and travels in the body of a POST. */
async function ask(asking: Asking, server: TokenServer, credential: Credential | undefined): Promise<Answer> {
	const parameters: [string, string][] = [['scope', server.scope]];
	if (server.service !== undefined) parameters.unshift(['service', server.service]);
	if (credential?.kind === 'identity') return exchange(asking, server, parameters, credential.token);
	const url = new URL(server.realm);
	for (const [name, value] of parameters) url.searchParams.append(name, value);
	if (credential?.kind !== 'password') return follow(asking, url, requestHeaders, undefined);
	url.searchParams.append('account', credential.username);
	return follow(asking, url, requestHeaders, basic(credential.username, credential.password));
}

const requestHeaders = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'footing' };

export function basic(username: string, password: Secret): Secret {
	return new Secret(`Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`);
}

/** Its body is a secret, so no redirect is followed. */
async function exchange(
	asking: Asking,
	server: TokenServer,
	parameters: readonly (readonly [string, string])[],
	token: Secret,
): Promise<Answer> {
	const fields = [['grant_type', 'refresh_token'], ...parameters, ['client_id', 'footing'], ['refresh_token', token.reveal()]];
	const response = await asking.host.network.request({
		method: 'POST',
		url: server.realm.href,
		headers: { ...requestHeaders, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams(fields as [string, string][]).toString(),
		idleTimeoutMs: asking.timeoutMs,
		signal: asking.signal,
	});
	return { response, from: server.realm.host, foreign: false };
}

const shortest = 60;
const longest = 24 * 3600;

function parseToken(bytes: Uint8Array, from: string, now: Date): Token {
	const answer = fields(bytes);
	const value = [answer?.get('token'), answer?.get('access_token')].find((text) => typeof text === 'string' && text !== '');
	if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
		throw new FootingError('network', `cannot log in at ${quote(from)}: its answer holds no token`);
	const told = answer?.get('expires_in');
	const seconds = typeof told === 'number' && told > 0 ? Math.min(told, longest) : shortest;
	// renewed a little early, so that it does not run out on the way
	return { value: new Secret(`Bearer ${value}`), until: now.getTime() + seconds * 900 };
}

function fields(bytes: Uint8Array): ReadonlyMap<string, unknown> | undefined {
	try {
		return asObject(JSON.parse(new TextDecoder().decode(bytes)));
	} catch {
		// the parser's message would repeat the answer
		return undefined;
	}
}
