import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import { Secret } from '../../model/secret.ts';
import { asObject, type JsonObject } from '../json-document.ts';
import { isDockerHub } from './endpoint.ts';

/** What proves who asks. `identity`: a refresh token for the token server. `token`: a bearer token for the registry itself. */
export type Credential =
	| { readonly kind: 'password'; readonly username: string; readonly password: Secret }
	| { readonly kind: 'identity'; readonly token: Secret }
	| { readonly kind: 'token'; readonly token: Secret };

/** `config.json` of Docker or `auth.json` of Podman, as far as it speaks of credentials. */
export interface AuthFile {
	readonly path: string;
	/** By host and port, or by host and the beginning of a repository's path, as `accountKey` writes it. */
	readonly credentials: ReadonlyMap<string, Credential>;
	/** Names of helper programs by host and port. */
	readonly helpers: ReadonlyMap<string, string>;
	/** The helper for all other hosts. */
	readonly store?: string;
}

/** @throws FootingError `credentials`; nothing of the content is repeated */
export function parseAuthFile(path: string, bytes: Uint8Array): AuthFile {
	const object = contentOf(path, bytes);
	const credentials = new Map<string, Credential>();
	for (const [key, value] of asObject(object.get('auths')) ?? []) {
		const entry = asObject(value);
		const credential = entry === undefined ? undefined : credentialOf(entry, path, key);
		if (credential !== undefined && !credentials.has(accountKey(key))) credentials.set(accountKey(key), credential);
	}
	const helpers = new Map<string, string>();
	for (const [key, value] of asObject(object.get('credHelpers')) ?? [])
		if (typeof value === 'string' && value !== '') helpers.set(accountKey(key), value);
	const store = object.get('credsStore');
	return { path, credentials, helpers, ...(typeof store === 'string' && store !== '' ? { store } : {}) };
}

function contentOf(path: string, bytes: Uint8Array): JsonObject {
	let object: JsonObject | undefined;
	try {
		object = asObject(JSON.parse(new TextDecoder().decode(bytes)));
	} catch {
		// the parser's message repeats a part of the file, and so may a cause
	}
	if (object !== undefined) return object;
	throw new FootingError('credentials', `cannot read the credentials of ${quote(path)}: it is not a JSON object`);
}

/**
 * One spelling of the keys that `docker login` and `podman login` write: no scheme, the host in lower case, its default port
 * left out, and no path but the beginning of a repository's (`quay.io/team`, Podman). All names of Docker Hub are `docker.io`.
 */
function accountKey(key: string): string {
	const schemed = /^https?:\/\//i.test(key);
	const [host = '', ...path] = key.replace(/^https?:\/\//i, '').split('/');
	const account = host.toLowerCase().replace(/:443$/, '');
	const names = path.filter((part) => part !== '');
	// with a scheme, or as /v1 or /v2, the path is that of the protocol
	const kept = schemed || names[0] === 'v1' || names[0] === 'v2' ? [] : names;
	return [isDockerHub(account) ? 'docker.io' : account, ...kept].join('/');
}

function credentialOf(entry: JsonObject, path: string, key: string): Credential | undefined {
	const text = (name: string): string => {
		const value = entry.get(name);
		return typeof value === 'string' ? value : '';
	};
	if (text('identitytoken') !== '') return { kind: 'identity', token: new Secret(text('identitytoken')) };
	if (text('registrytoken') !== '') return { kind: 'token', token: new Secret(text('registrytoken')) };
	const auth = text('auth');
	if (auth === '') {
		const username = text('username');
		return username === '' ? undefined : { kind: 'password', username, password: new Secret(text('password')) };
	}
	const decoded = Buffer.from(auth, 'base64').toString('utf8');
	const colon = decoded.indexOf(':');
	if (colon < 1)
		throw new FootingError('credentials', `cannot read the credentials of ${quote(path)}: the entry of ${quote(key)} is not NAME:PASSWORD`);
	// Docker pads with NUL
	return { kind: 'password', username: decoded.slice(0, colon), password: new Secret(decoded.slice(colon + 1).replace(/\0+$/, '')) };
}
