import type { Dispatcher } from 'undici';
import { FootingError } from '../model/errors.ts';
import type { HttpRequest, HttpResponse, Network } from '../model/host.ts';
import { quote } from '../model/quote.ts';
import { Secret } from '../model/secret.ts';

const idleTimeout = 30_000;

/** The real network, over undici, which is loaded with the first request. */
export function createNetwork(env: Readonly<Record<string, string | undefined>>): Network {
	const agents = new Map<string, Dispatcher>();
	return {
		async request(request) {
			const undici = await import('undici');
			const key = request.socketPath ?? '';
			let agent = agents.get(key);
			if (agent === undefined) {
				const socket = request.socketPath;
				agent =
					socket === undefined
						? new undici.EnvHttpProxyAgent({ noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '' })
						: new undici.Agent({ connect: { socketPath: socket } });
				agents.set(key, agent);
			}
			return send(undici.request, agent, request);
		},
	};
}

async function send(go: typeof import('undici').request, dispatcher: Dispatcher, request: HttpRequest): Promise<HttpResponse> {
	const timeout = request.idleTimeoutMs ?? idleTimeout;
	const headers = Object.fromEntries(
		Object.entries(request.headers ?? {}).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
	);
	try {
		const response = await go(request.url, {
			dispatcher,
			method: request.method,
			headers,
			body: request.body ?? null,
			headersTimeout: timeout,
			bodyTimeout: timeout,
			...(request.signal === undefined ? {} : { signal: request.signal }),
		});
		return {
			status: response.statusCode,
			headers: new Map(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
			body: response.body,
			cancel: async () => {
				response.body.destroy();
			},
		};
	} catch (error) {
		const place = request.socketPath ?? new URL(request.url).host;
		throw new FootingError('network', `cannot reach ${quote(place)}: ${quote((error as Error).message)}`, { cause: error });
	}
}
