import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { ImageName } from '../reference.ts';

/** One server that may have the image, and the name it has there. */
export interface Endpoint {
	/** `https://registry-1.docker.io`, `http://127.0.0.1:5000`: scheme, host and port, no path. */
	readonly origin: URL;
	/** Whose credentials are used: host and port, `docker.io` for all of Docker Hub's names. */
	readonly account: string;
	/** `library/node`, with what a mirror puts before it. */
	readonly repository: string;
}

export interface Mirror {
	/** A registry, or a registry and the beginning of its repositories' path: `docker.io`, `docker.io/library`. */
	readonly from: string;
	/** What stands in its place: `http://127.0.0.1:5000`, `mirror.example.com/hub`. */
	readonly to: string;
}

/**
 * The servers to ask for an image, in this order: mirrors, the one with the longest `from` first, then the registry
 * itself. A mirror on the registry's own host, such as `lan:5000=http://lan:5000`, says how to reach it and takes its place.
 * @throws FootingError `bad-usage` for a mirror that is no address
 */
export function endpointsFor(name: ImageName, mirrors: readonly Mirror[], offline: boolean): readonly Endpoint[] {
	const full = `${name.registry}/${name.repository}`;
	const matching = mirrors
		.map((mirror) => ({ from: canonicalFrom(mirror.from), mirror }))
		.filter(({ from }) => full === from || full.startsWith(`${from}/`))
		.sort((a, b) => b.from.length - a.from.length)
		.map(({ from, mirror }) => mirrored(mirror, full.slice(from.length)));
	const itself = endpoint(name.registry, name.repository);
	const replaced = matching.some((m) => m.account === itself.account && m.repository === itself.repository);
	const all = replaced ? matching : [...matching, itself];
	return offline ? all.filter((one) => isLoopback(one.origin)) : all;
}

/** Docker Hub goes by several names; its registry answers at one of them. */
const hub: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

export function isDockerHub(account: string): boolean {
	return hub.has(account);
}

function endpoint(written: string, repository: string): Endpoint {
	const host = hub.has(written.toLowerCase()) ? 'registry-1.docker.io' : written;
	// plain http is for this machine alone, and where somebody wrote "http://"
	const plain = URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`));
	return at(new URL(`${plain ? 'http' : 'https'}://${host}`), repository);
}

function at(url: URL, repository: string): Endpoint {
	// without a port a key of the credentials means 443
	const host = url.protocol === 'http:' && url.port === '' ? `${url.host}:80` : url.host;
	return { origin: new URL(url.origin), account: hub.has(host) ? 'docker.io' : host, repository };
}

function mirrored(mirror: Mirror, rest: string): Endpoint {
	const schemed = /^https?:\/\//i.test(mirror.to);
	const text = schemed ? mirror.to : `https://${mirror.to}`;
	if (!URL.canParse(text)) throw invalid(mirror, 'what it points to is not an address');
	const url = new URL(text);
	if (url.username !== '' || url.password !== '') throw invalid(mirror, 'credentials belong into the configuration of "docker login"');
	if (url.search !== '' || url.hash !== '') throw invalid(mirror, 'an address has no "?" or "#"');
	const repository = `${url.pathname}${rest}`
		.split('/')
		.filter((part) => part !== '')
		.join('/');
	if (!/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository)) throw invalid(mirror, 'its path cannot be part of an image name');
	return schemed ? at(url, repository) : endpoint(url.host, repository);
}

function canonicalFrom(from: string): string {
	const trimmed = from.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
	const slash = trimmed.indexOf('/');
	const registry = slash === -1 ? trimmed : trimmed.slice(0, slash);
	const path = slash === -1 ? '' : trimmed.slice(slash);
	return `${hub.has(registry.toLowerCase()) ? 'docker.io' : registry}${path}`;
}

function invalid(mirror: Mirror, why: string): FootingError {
	// the address may hold a password, so only the part before the "=" is repeated
	return new FootingError('bad-usage', `invalid mirror of ${quote(mirror.from)}: ${why}`, {
		hint: 'write for instance docker.io=http://127.0.0.1:5000',
	});
}

/** This machine: `localhost`, 127.0.0.0/8 and ::1, told by the whole name. */
export function isLoopback(url: URL): boolean {
	const host = url.hostname;
	return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
