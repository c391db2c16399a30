import { createHash } from 'node:crypto';
import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import { asObject, type JsonObject, parseObject } from '../json-document.ts';
import { below, endpointOf, existingSockets } from './endpoint.ts';
import type { Endpoint, Engine } from './engine.ts';

/** DOCKER_HOST, else the context in use, else the sockets that Docker makes, rootful before rootless and Desktop. */
export const docker: Engine = {
	name: 'Docker',
	async endpoints(host) {
		const { env } = host;
		if (env['DOCKER_HOST']) return [endpointOf(env['DOCKER_HOST'], 'DOCKER_HOST')];
		const context = await contextEndpoint(host);
		if (context !== undefined) return [context];
		return existingSockets(host, [
			'/var/run/docker.sock',
			below(env['XDG_RUNTIME_DIR'], 'docker.sock'),
			below(env['HOME'], '.docker/run/docker.sock'),
			below(env['HOME'], '.docker/desktop/docker.sock'),
		]);
	},
};

/** What "docker context use" chose: the name in config.json, the address in the store of contexts. */
async function contextEndpoint(host: Host): Promise<Endpoint | undefined> {
	const directory = host.env['DOCKER_CONFIG'] || below(host.env['HOME'], '.docker');
	if (directory === undefined) return undefined;
	const current = host.env['DOCKER_CONTEXT'] || (await readJson(host, `${directory}/config.json`))?.get('currentContext');
	if (typeof current !== 'string' || current === '' || current === 'default') return undefined;
	const id = createHash('sha256').update(current).digest('hex');
	const meta = await readJson(host, `${directory}/contexts/meta/${id}/meta.json`);
	const address = asObject(asObject(meta?.get('Endpoints'))?.get('docker'))?.get('Host');
	if (typeof address === 'string' && address !== '') return endpointOf(address, `the Docker context ${quote(current)}`);
	throw new FootingError('engine-unavailable', `cannot reach Docker: its context "${quote(current)}" is not known`);
}

/** Undefined when it is missing or not readable as JSON: then nothing is configured there. */
async function readJson(host: Host, path: string): Promise<JsonObject | undefined> {
	try {
		return parseObject(await host.disk.readFile(path, limits.metadata, { follow: true }), { what: path, code: 'engine-unavailable' });
	} catch (error) {
		if (error instanceof FootingError) return undefined;
		throw error;
	}
}
