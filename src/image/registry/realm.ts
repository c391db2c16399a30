import type { Endpoint } from './endpoint.ts';

/**
 * Registries whose documentation names a token server on another host. Nothing else that a registry says moves
 * credentials to another host: who can change one answer of a registry could send them anywhere.
 */
const documented: ReadonlyMap<string, string> = new Map([
	['docker.io', 'auth.docker.io'],
	['registry.gitlab.com', 'gitlab.com'],
]);

/** Whether the credentials of an endpoint may go to this token server: its own host and port, or the documented one over TLS. */
export function belongsTo(endpoint: Endpoint, realm: URL): boolean {
	if (realm.origin === endpoint.origin.origin) return true;
	return endpoint.origin.protocol === 'https:' && realm.protocol === 'https:' && documented.get(endpoint.account) === realm.host;
}
