import type { Dispatcher } from 'undici';
import { FootingError } from '../model/errors.ts';
import type { HttpRequest, HttpResponse, Network } from '../model/host.ts';
import { NetworkError } from '../model/network-error.ts';
import { quote } from '../model/quote.ts';
import { Secret } from '../model/secret.ts';
import { createDispatchers, type Dispatchers } from './dispatchers.ts';
import { networkFailure } from './network-failure.ts';
import { type Patience, patience } from './patience.ts';

const idleTimeout = 30_000;
/** A body this small is read to its end when it is given up, so that the connection can be used again. */
const drained = 16 * 1024;

/**
 * The real network: undici's request, loaded with the first one. Redirects are not followed, bodies are not decoded, the
 * proxy and certificate variables of `env` are honoured. Connections that are idle do not keep the process alive.
 */
export function createNetwork(env: Readonly<Record<string, string | undefined>>): Network {
	let dispatchers: Promise<Dispatchers> | undefined;
	return {
		async request(request) {
			dispatchers ??= createDispatchers(env);
			return send(await dispatchers, request);
		},
	};
}

async function send(dispatchers: Dispatchers, request: HttpRequest): Promise<HttpResponse> {
	const url = webAddress(request.url);
	const doing = `reach ${request.socketPath === undefined ? url.host : quote(request.socketPath)}`;
	const wait = patience(request.idleTimeoutMs ?? idleTimeout, request.signal);
	try {
		const response = await wait.during(
			dispatchers.request(url, {
				dispatcher: await dispatchers.for(url, request.socketPath),
				method: request.method,
				headers: revealed(request.headers ?? {}),
				body: request.body ?? null,
				signal: wait.signal,
			}),
		);
		return answer(response, wait, doing);
	} catch (error) {
		wait.end();
		throw failure(error, wait, doing);
	}
}

function webAddress(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
		throw new FootingError('network', 'cannot send a request: its address is not one of http or https without a password');
	return url;
}

/** The one place where a password or token leaves its wrapping. */
function revealed(headers: Readonly<Record<string, string | Secret>>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]));
}

function answer(response: Dispatcher.ResponseData, wait: Patience, doing: string): HttpResponse {
	const headers = new Map<string, string>();
	for (const [name, value] of Object.entries(response.headers))
		if (value !== undefined) headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
	// an error nobody waits for any more must not end the process
	response.body.on('error', () => {});
	return {
		status: response.statusCode,
		headers,
		body: { [Symbol.asyncIterator]: () => chunks(response.body, wait, doing) },
		cancel: async () => {
			wait.end();
			await response.body.dump({ limit: drained, signal: AbortSignal.timeout(1000) }).catch(() => {});
		},
	};
}

/** Chunks as they come from the socket, not copied; the clock runs only while one is waited for. */
async function* chunks(body: AsyncIterable<Buffer>, wait: Patience, doing: string): AsyncGenerator<Uint8Array> {
	const iterator = body[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await wait.during(iterator.next());
			if (next.done === true) return;
			yield next.value;
		}
	} catch (error) {
		throw failure(error, wait, doing);
	} finally {
		wait.end();
		await iterator.return?.().catch(() => {});
	}
}

function failure(error: unknown, wait: Patience, doing: string): unknown {
	if (wait.lost()) return new NetworkError(doing, `nothing came for ${wait.ms / 1000} s`, { transient: true, cause: error });
	if (wait.given?.aborted === true) return wait.given.reason;
	return error instanceof FootingError ? error : networkFailure(doing, error);
}
