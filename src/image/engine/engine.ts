import type { Host } from '../../model/host.ts';

/** Where an engine listens. */
export interface Endpoint {
	/** For messages: a socket or an address. */
	readonly place: string;
	/** Absent for an engine on the network (DOCKER_HOST=tcp://…). */
	readonly socketPath?: string;
	/** Without a slash at its end. */
	readonly baseUrl: string;
}

/** One kind of engine: `Docker`, `Podman`. Both speak Docker's API. */
export interface Engine {
	readonly name: string;
	/** The places to try, best first. @throws FootingError `engine-unavailable` when one is named that cannot be used */
	endpoints(host: Host): Promise<readonly Endpoint[]>;
}
