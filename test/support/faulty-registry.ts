import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { after } from 'node:test';
import { openImage } from '../../src/image/open-image.ts';
import { registry as source } from '../../src/image/sources/registry.ts';
import { FootingError } from '../../src/model/errors.ts';
import type { Host } from '../../src/model/host.ts';
import { pullingHost } from './pulling-host.ts';
import { imageOf, type Rule, type Seen, startRegistry, type TestRegistry } from './registry.ts';

/** Large enough to arrive in several chunks, small enough to be quick. */
export const layer = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
export const small = Buffer.from('a small layer');
export const image = imageOf([layer, small]);
export const [big] = image.layers as [(typeof image.layers)[number]];

export const manifests = /\/manifests\//;
export const bigBlob = new RegExp(big.digest);

const started: TestRegistry[] = [];
after(() => Promise.all(started.map((registry) => registry.close())));

/** Opens the image and reads all its layers at the same time, as the engine does. */
export async function pull(registry: TestRegistry, host: Host = pullingHost(), timeoutMs = 10_000): Promise<string> {
	const opened = await openImage(host, `registry:${registry.host}/app:1`, { timeoutMs }, [source]);
	try {
		const digests = await Promise.all(
			opened.layers.map(async ({ body }) => {
				assert.ok(body.kind === 'stream');
				const hash = createHash('sha256');
				for await (const chunk of body.open()) hash.update(chunk);
				return `sha256:${hash.digest('hex')}`;
			}),
		);
		return digests.join() === opened.layers.map((l) => l.digest).join() ? 'whole' : 'wrong bytes';
	} finally {
		await opened.close();
	}
}

export async function start(...rules: Rule[]): Promise<TestRegistry> {
	const registry = await startRegistry(...rules);
	started.push(registry);
	registry.put('1', image);
	return registry;
}

/** Sends the first part of what the registry would send and then does something else. */
export function part(bytes: number, then: (response: ServerResponse) => void): (request: Seen, response: ServerResponse) => void {
	return (request, response) => {
		const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
		const headers = { 'content-length': layer.length - from, etag: `"${big.digest}"` };
		const range = { 'content-range': `bytes ${from}-${layer.length - 1}/${layer.length}` };
		response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range });
		response.write(layer.subarray(from, from + bytes), () => then(response));
	};
}

export const cut = (response: ServerResponse): void => {
	response.socket?.destroy();
};
export const stall = (): void => {};
export const fail = (
	status: number,
	headers: Readonly<Record<string, string>> = {},
): ((request: Seen, response: ServerResponse) => void) => {
	return (_request, response) => {
		response.writeHead(status, headers).end('out of order');
	};
};
export const never: Rule = () => true;

/** Answers for ever, in one go or in drops. */
export const endless = (chunk: Buffer, status = 200): ((request: Seen, response: ServerResponse) => void) => {
	return (_request, response) => {
		const more = (): void => {
			while (!response.destroyed && response.write(chunk));
		};
		response.on('drain', more);
		response.writeHead(status);
		more();
	};
};

export interface Case {
	readonly title: string;
	readonly rules: readonly Rule[];
	/** `whole`, or the code and the message of the error. */
	readonly expected: 'whole' | 'wrong bytes' | readonly [code: string, message: RegExp];
	/** Sleeps in milliseconds: exact, or between. */
	readonly slept?: readonly (number | readonly [number, number])[];
	/** Range headers of the requests for the large layer, in order. */
	readonly ranges?: readonly (string | undefined)[];
	readonly timeoutMs?: number;
}

/** One pull from a registry with these faults, held to what is expected. */
export async function runCase({ rules, expected, slept, ranges, timeoutMs }: Case): Promise<void> {
	const registry = await start(...rules);
	const host = pullingHost();
	const outcome = await pull(registry, host, timeoutMs).catch((error: unknown) => error);
	if (typeof expected === 'string') assert.equal(outcome, expected);
	else {
		assert.ok(outcome instanceof FootingError, String(outcome));
		assert.match(outcome.message, expected[1]);
		assert.equal(outcome.code, expected[0]);
	}
	if (slept !== undefined) assertSlept(host.slept, slept);
	const asked = registry.seen.filter((request) => bigBlob.test(request.path));
	if (ranges !== undefined)
		assert.deepEqual(
			asked.map((request) => request.headers.range),
			ranges,
		);
	// every honest answer before had an ETag, and what is asked for by Range is asked for in that version
	for (const { headers } of asked) assert.equal(headers['if-range'], headers.range === undefined ? undefined : `"${big.digest}"`);
}

function assertSlept(found: readonly number[], expected: NonNullable<Case['slept']>): void {
	assert.equal(found.length, expected.length, `slept ${found.join(', ')}`);
	for (const [index, wanted] of expected.entries()) {
		const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
		assert.ok((found[index] as number) >= least && (found[index] as number) <= most, `slept ${found.join(', ')}`);
	}
}
