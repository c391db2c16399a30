import { FootingError } from '../../model/errors.ts';
import type { Host, HttpResponse } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import type { Secret } from '../../model/secret.ts';
import { isLoopback } from './endpoint.ts';

const maxRedirects = 5;

/** What stays the same for all requests for one image. */
export interface Asking {
	readonly host: Host;
	/** Only this machine may be asked. */
	readonly offline: boolean;
	readonly timeoutMs: number;
	/** Ends everything when the image is closed. */
	readonly signal: AbortSignal;
}

/** The answer of the last server in a line of redirects. */
export interface Answer {
	readonly response: HttpResponse;
	/** Host and port that answered. */
	readonly from: string;
	/** Another host than the one that was asked: what it says of credentials is not for us. */
	readonly foreign: boolean;
}

/**
 * GET, with at most five redirects. The authorization goes to the host and port that it belongs to and nowhere else; once a
 * redirect has left it is gone, also if a later one comes back.
 * @throws FootingError `network`; addresses behind redirects may be signed, so only hosts are named
 */
export async function follow(
	asking: Asking,
	start: URL,
	headers: Readonly<Record<string, string>>,
	authorization: Secret | undefined,
): Promise<Answer> {
	let url = start;
	let foreign = false;
	for (let redirects = 0; ; redirects += 1) {
		const response = await asking.host.network.request({
			method: 'GET',
			url: url.href,
			headers: foreign || authorization === undefined ? headers : { ...headers, authorization },
			idleTimeoutMs: asking.timeoutMs,
			signal: asking.signal,
		});
		const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : undefined;
		if (location === undefined) return { response, from: url.host, foreign };
		await response.cancel();
		if (redirects === maxRedirects) throw refused(url, `it redirects more than ${maxRedirects} times`);
		url = nextAddress(asking, start, url, location);
		foreign ||= url.origin !== start.origin;
	}
}

function nextAddress(asking: Asking, start: URL, from: URL, location: string): URL {
	if (!URL.canParse(location, from.href)) throw refused(from, 'it redirects to something that is no address');
	const url = new URL(location, from.href);
	url.hash = '';
	if (!/^https?:$/.test(url.protocol)) throw refused(from, `it redirects to an address of ${quote(url.protocol, 20)}`);
	if (url.username !== '' || url.password !== '') throw refused(from, 'it redirects to an address with credentials in it');
	if (url.protocol === 'http:' && !plainAllowed(start, url)) throw refused(from, `it redirects to plain http on ${quote(url.host)}`);
	if (asking.offline && !isLoopback(url)) throw refused(from, `it redirects to ${quote(url.host)}, and --offline asks this machine only`);
	return url;
}

/** A server that was to be asked over plain http may send us on over plain http, but not from this machine to another. */
function plainAllowed(start: URL, url: URL): boolean {
	return start.protocol === 'http:' && (isLoopback(url) || !isLoopback(start));
}

function refused(url: URL, why: string): FootingError {
	return new FootingError('network', `cannot follow ${quote(url.host)}: ${why}`);
}
