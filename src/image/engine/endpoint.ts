import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import type { Endpoint } from './engine.ts';

/** With a socket the host part of the address says nothing. */
const socketUrl = 'http://localhost';

export function socketEndpoint(path: string): Endpoint {
	return { place: path, socketPath: path, baseUrl: socketUrl };
}

/** `unix:///run/x.sock` and `tcp://127.0.0.1:2375`, as DOCKER_HOST and CONTAINER_HOST have them. */
export function endpointOf(address: string, setting: string): Endpoint {
	if (address.startsWith('unix://')) return socketEndpoint(address.slice('unix://'.length));
	const tcp = /^(?:tcp|http):\/\/([^/?#@\s]+)\/?$/.exec(address);
	if (tcp !== null) return { place: address, baseUrl: `http://${tcp[1]}` };
	throw new FootingError(
		'engine-unavailable',
		`cannot reach the engine of ${setting}: only unix:// and tcp:// are spoken, not "${quote(address)}"`,
	);
}

/** Those of the sockets that exist, in order. */
export async function existingSockets(host: Host, paths: readonly (string | undefined)[]): Promise<readonly Endpoint[]> {
	const found: Endpoint[] = [];
	for (const path of new Set(paths)) {
		if (path === undefined) continue;
		const stat = await host.disk.stat(path, { follow: true }).catch(() => undefined);
		if (stat?.type === 'other') found.push(socketEndpoint(path));
	}
	return found;
}

/** A path below the directory that a variable names; undefined when it is not set. */
export function below(directory: string | undefined, path: string): string | undefined {
	return directory === undefined || directory === '' ? undefined : `${directory}/${path}`;
}
