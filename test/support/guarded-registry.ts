import assert from 'node:assert/strict';
import { after } from 'node:test';
import { inspect } from 'node:util';
import { openImage } from '../../src/image/open-image.ts';
import { registry as source } from '../../src/image/sources/registry.ts';
import { FootingError } from '../../src/model/errors.ts';
import { type PullingHost, pullingHost } from './pulling-host.ts';
import { imageOf, on, type Rule, refuse, type Seen, startRegistry, type TestRegistry } from './registry.ts';

export const image = imageOf([Buffer.from('first layer'), Buffer.from('second layer')]);
const password = 'hunter2';
export const basicHeader = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;

const started: TestRegistry[] = [];
after(() => Promise.all(started.map((registry) => registry.close())));

export async function start(...rules: Rule[]): Promise<TestRegistry> {
	const registry = await startRegistry(...rules);
	started.push(registry);
	registry.put('1', image);
	return registry;
}

export type Entry = Readonly<Record<string, string>>;

/** A host whose docker configuration has these entries. */
export function loggedIn(auths: Readonly<Record<string, Entry>> = {}): PullingHost {
	return pullingHost({ files: { '/home/user/.docker/config.json': JSON.stringify({ auths }) } });
}

export const me: Entry = { auth: Buffer.from(`me:${password}`).toString('base64') };

export async function pull(host: PullingHost, registry: TestRegistry, between: () => void = () => {}): Promise<string> {
	const opened = await openImage(host, `registry:${registry.host}/team/app:1`, { timeoutMs: 10_000 }, [source]);
	let text = '';
	for (const { body } of opened.layers) {
		between();
		assert.ok(body.kind === 'stream');
		for await (const chunk of body.open()) text += Buffer.from(chunk).toString();
	}
	await opened.close();
	return text;
}

/** The error of a pull that must fail, in which no secret is to be seen. */
export async function refusedPull(host: PullingHost, registry: TestRegistry): Promise<FootingError> {
	const error = await pull(host, registry).then(
		() => undefined,
		(failure: unknown) => failure,
	);
	assert.ok(error instanceof FootingError, String(error));
	assert.doesNotMatch(inspect(error, { depth: 9 }), new RegExp(`${password}|refresh-me|${me.auth}`));
	return error;
}

export const whole = 'first layersecond layer';

/** Demands a password. */
export const basicAuth: Rule = on(/^\/v2\//, (request, response) => {
	if (request.headers.authorization === basicHeader) return false;
	refuse(response.setHeader('www-authenticate', 'Basic realm="r"'), 401, 'UNAUTHORIZED', 'a password is needed');
	return true;
});

export interface TokenOptions {
	/** Absent: the registry itself. */
	readonly realm?: string;
	readonly valid?: (authorization: string) => boolean;
	readonly error?: string;
}

/** Demands a token. */
export function bearerAuth(options: TokenOptions = {}): Rule {
	const valid = options.valid ?? ((authorization: string) => authorization === 'Bearer token-1');
	return on(/^\/v2\//, (request, response) => {
		if (valid(request.headers.authorization ?? '')) return false;
		const realm = options.realm ?? `http://${request.headers.host}/token?keep=1`;
		const error = options.error === undefined || request.headers.authorization === undefined ? '' : `,error="${options.error}"`;
		const challenge = `Bearer realm="${realm}",service="the service",scope="repository:team/app:pull"${error}`;
		refuse(response.setHeader('www-authenticate', challenge), 401, 'UNAUTHORIZED', 'authentication required');
		return true;
	});
}

/** Hands out `token-1`, `token-2` … to whoever is let in. */
export function tokens(letIn: (request: Seen) => boolean, answer: Readonly<Record<string, unknown>> = {}): Rule {
	let count = 0;
	return on(/^\/token$/, (request, response) => {
		if (!letIn(request)) refuse(response, 401, 'UNAUTHORIZED', 'incorrect username or password');
		else {
			count += 1;
			response.setHeader('content-type', 'application/json').end(JSON.stringify({ token: `token-${count}`, expires_in: 300, ...answer }));
		}
		return true;
	});
}

export const anybody = (): boolean => true;
export const asked = (registry: TestRegistry, path: RegExp): readonly Seen[] => registry.seen.filter((request) => path.test(request.path));
export const authorizations = (registry: TestRegistry): readonly (string | undefined)[] =>
	registry.seen.map((request) => request.headers.authorization);
