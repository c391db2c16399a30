import { below, endpointOf, existingSockets } from './endpoint.ts';
import type { Engine } from './engine.ts';

/** CONTAINER_HOST, else the user's own socket, else that of the system. */
export const podman: Engine = {
	name: 'Podman',
	async endpoints(host) {
		const { env } = host;
		if (env['CONTAINER_HOST']) return [endpointOf(env['CONTAINER_HOST'], 'CONTAINER_HOST')];
		return existingSockets(host, [
			below(env['XDG_RUNTIME_DIR'], 'podman/podman.sock'),
			below(process.getuid === undefined ? undefined : `/run/user/${process.getuid()}`, 'podman/podman.sock'),
			'/run/podman/podman.sock',
			'/var/run/podman/podman.sock',
		]);
	},
};
