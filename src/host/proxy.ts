import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, as curl and Go read the variables: `https_proxy`, `http_proxy`, `all_proxy` (capitals too) and
 * `no_proxy`. A loopback address is never proxied. Undefined: straight to the server.
 */
export function proxyFor(url: URL, env: Environment): string | undefined {
	const scheme = url.protocol === 'https:' ? 'https' : 'http';
	const proxy = variable(env, `${scheme}_proxy`) ?? variable(env, 'all_proxy');
	if (proxy === undefined || exempt(url, variable(env, 'no_proxy') ?? '')) return undefined;
	return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** The lower-case spelling wins; empty means unset. */
function variable(env: Environment, name: string): string | undefined {
	return env[name] || env[name.toUpperCase()] || undefined;
}

/** Whether `no_proxy` names the host: `*`, `host`, `.domain`, `*.domain`, `address`, `network/bits`, each with `:port` if wanted. */
function exempt(url: URL, noProxy: string): boolean {
	const host = bare(url.hostname);
	if (isLoopback(host)) return true;
	const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
	return noProxy.split(/[\s,]+/).some((item) => item !== '' && names(item.toLowerCase(), host, port));
}

function names(item: string, host: string, port: string): boolean {
	if (item === '*') return true;
	if (isIP(host) !== 0 && item.includes('/')) return inNetwork(item, host);
	const end = /^(.*[^:]):(\d+)$/.exec(item);
	const [, name, wanted] = end !== null && isIP(item) === 0 ? end : [item, item, port];
	if (wanted !== port || name === undefined) return false;
	const domain = bare(name).replace(/^\*?\./, '');
	return domain !== '' && (host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)));
}

function inNetwork(network: string, address: string): boolean {
	const [prefix = '', bits = ''] = network.split('/');
	const family = isIP(prefix);
	if (family === 0 || family !== isIP(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 6 ? 128 : 32)) return false;
	const list = new BlockList();
	list.addSubnet(prefix, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
	return list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** `[::1]` without its brackets, a trailing dot dropped. */
function bare(host: string): string {
	return host.replace(/^\[|\]$|\.$/g, '').toLowerCase();
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
