import type { SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import { limits } from '../model/limits.ts';
import { proxyFor } from './proxy.ts';
import { trustedContext } from './trust.ts';

type Undici = typeof import('undici');

/** Picks the pool of connections for a URL; pools are made when first needed. */
export interface Dispatchers {
	for(url: URL, socketPath?: string): Promise<Dispatcher>;
	readonly request: Undici['request'];
}

/** Time-outs are the caller's (0 switches off those of undici, which count whole seconds); idle sockets do not hold the process. */
const common = { maxHeaderSize: limits.errorBody, headersTimeout: 0, bodyTimeout: 0, maxOrigins: Number.POSITIVE_INFINITY };

export async function createDispatchers(env: Readonly<Record<string, string | undefined>>): Promise<Dispatchers> {
	const undici = await import('undici');
	const pools = new Map<string, Promise<Dispatcher>>();
	let context: Promise<SecureContext | undefined> | undefined;
	const trust = (): Promise<SecureContext | undefined> => {
		context ??= trustedContext(env);
		return context;
	};
	const make = async (url: URL, proxy: string | undefined, socketPath: string | undefined): Promise<Dispatcher> => {
		if (socketPath !== undefined) return new undici.Agent({ ...common, connect: { socketPath } });
		const secureContext = url.protocol === 'https:' || proxy?.startsWith('https:') === true ? await trust() : undefined;
		const tls = { timeout: 0, ...(secureContext === undefined ? {} : { secureContext }) };
		if (proxy === undefined) return new undici.Agent({ ...common, connect: tls });
		return proxied(undici, proxy, tls);
	};
	return {
		request: undici.request,
		for: (url, socketPath) => {
			const proxy = socketPath === undefined ? proxyFor(url, env) : undefined;
			const key = `${socketPath ?? proxy ?? ''} ${url.protocol}`;
			const pool = pools.get(key) ?? make(url, proxy, socketPath);
			pools.set(key, pool);
			return pool;
		},
	};
}

/** Plain http goes through the proxy as a request, https through a tunnel (CONNECT). */
function proxied(undici: Undici, uri: string, tls: { readonly timeout: number }): Dispatcher {
	return new undici.ProxyAgent({
		...common,
		uri,
		proxyTunnel: false,
		requestTls: tls,
		proxyTls: tls,
		clientFactory: (origin, options) => new undici.Pool(origin, { ...options, ...common }),
	});
}
