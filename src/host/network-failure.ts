import { NetworkError } from '../model/network-error.ts';
import { quote } from '../model/quote.ts';

/** What to say of an error code of the system, of TLS or of undici, and whether trying again may help. */
const known: ReadonlyMap<string, readonly [why: string, transient: boolean]> = new Map([
	['ECONNREFUSED', ['the connection was refused', false]],
	['ENOTFOUND', ['there is no host of that name', false]],
	['EAI_AGAIN', ['the name server does not answer', true]],
	['ECONNRESET', ['the connection was reset', true]],
	['EPIPE', ['the connection was closed', true]],
	['ETIMEDOUT', ['the connection timed out', true]],
	['EHOSTUNREACH', ['the host cannot be reached', true]],
	['ENETUNREACH', ['the network cannot be reached', true]],
	['ENOENT', ['there is no such socket', false]],
	['EACCES', ['permission denied', false]],
	['UND_ERR_SOCKET', ['the connection was closed before the answer was complete', true]],
	['UND_ERR_HEADERS_OVERFLOW', ['the headers of the answer are larger than 64 KiB', false]],
	['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', ['the answer is shorter or longer than it says', true]],
	['UND_ERR_INVALID_ARG', ['the request is not valid', false]],
	['DEPTH_ZERO_SELF_SIGNED_CERT', ['its certificate is signed by itself', false]],
	['SELF_SIGNED_CERT_IN_CHAIN', ['its certificate is signed by an authority that is not trusted', false]],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', ['its certificate is signed by an authority that is not trusted', false]],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', ['its certificate is signed by an authority that is not trusted', false]],
	['CERT_HAS_EXPIRED', ['its certificate has expired', false]],
	['ERR_TLS_CERT_ALTNAME_INVALID', ['its certificate is for another host', false]],
	['ERR_SSL_WRONG_VERSION_NUMBER', ['it does not speak TLS', false]],
	['ERR_SSL_PACKET_LENGTH_TOO_LONG', ['it does not speak TLS', false]],
]);

const tlsHint = 'name the authority in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE';

/** An error of undici, of a socket or of TLS as a NetworkError. URLs of proxies, which may hold passwords, are not repeated. */
export function networkFailure(doing: string, cause: unknown): NetworkError {
	if (cause instanceof NetworkError) return cause;
	const error = rootOf(cause);
	const code = (error as NodeJS.ErrnoException).code ?? '';
	const [why, transient] = known.get(code) ?? other(error);
	const untrusted = /CERT|SIGNATURE|ISSUER/.test(code);
	return new NetworkError(doing, why, { transient, cause, ...(untrusted ? { hint: tlsHint } : {}) });
}

/** A host with several addresses fails with all their errors; the first one speaks for them. */
function rootOf(cause: unknown): Error {
	if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0];
	return cause instanceof Error ? cause : new Error(String(cause));
}

function other(error: Error): readonly [string, boolean] {
	const tunnel = /^Proxy response \((\d+)\)/.exec(error.message);
	if (tunnel !== null) return [`the proxy refuses the connection with status ${tunnel[1]}`, false];
	if (/^Proxy Authentication Required/.test(error.message)) return ['the proxy asks for a name and a password', false];
	if (error.name === 'HTTPParserError') return parserError(error.message);
	return [quote(error.message), false];
}

/** The end of the connection inside a chunked body is an error of the parser, too. */
function parserError(message: string): readonly [string, boolean] {
	if (/EOF/.test(message)) return ['the connection was closed before the answer was complete', true];
	return ['the answer is not HTTP', false];
}
