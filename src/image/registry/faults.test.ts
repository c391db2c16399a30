import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { after, test } from 'node:test';
import { pullingHost } from '../../../test/support/pulling-host.ts';
import {
	first,
	imageOf,
	on,
	type Rule,
	refuse,
	type Seen,
	sendBody,
	startRegistry,
	type TestRegistry,
} from '../../../test/support/registry.ts';
import { FootingError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { openImage } from '../open-image.ts';
import { registry as source } from '../sources/registry.ts';

/** Large enough to arrive in several chunks, small enough to be quick. */
const layer = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
const small = Buffer.from('a small layer');
const image = imageOf([layer, small]);
const [big] = image.layers as [(typeof image.layers)[number]];

const manifests = /\/manifests\//;
const bigBlob = new RegExp(big.digest);

const started: TestRegistry[] = [];
after(() => Promise.all(started.map((registry) => registry.close())));

/** Opens the image and reads all its layers at the same time, as the engine does. */
async function pull(registry: TestRegistry, host = pullingHost(), timeoutMs = 1000): Promise<string> {
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

async function start(...rules: Rule[]): Promise<TestRegistry> {
	const registry = await startRegistry(...rules);
	started.push(registry);
	registry.put('1', image);
	return registry;
}

/** Sends the first part of what the registry would send and then does something else. */
function part(bytes: number, then: (response: ServerResponse) => void): (request: Seen, response: ServerResponse) => void {
	return (request, response) => {
		const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
		const headers = { 'content-length': layer.length - from, etag: `"${big.digest}"` };
		const range = { 'content-range': `bytes ${from}-${layer.length - 1}/${layer.length}` };
		response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range });
		response.write(layer.subarray(from, from + bytes), () => then(response));
	};
}

const cut = (response: ServerResponse): void => {
	response.socket?.destroy();
};
const stall = (): void => {};
const fail = (status: number, headers: Readonly<Record<string, string>> = {}): ((request: Seen, response: ServerResponse) => void) => {
	return (_request, response) => {
		response.writeHead(status, headers).end('out of order');
	};
};
const never: Rule = () => true;

/** Answers for ever, in one go or in drops. */
const endless = (chunk: Buffer, status = 200): ((request: Seen, response: ServerResponse) => void) => {
	return (_request, response) => {
		const more = (): void => {
			while (!response.destroyed && response.write(chunk));
		};
		response.on('drain', more);
		response.writeHead(status);
		more();
	};
};

interface Case {
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

const cases: readonly Case[] = [
	{ title: 'nothing wrong', rules: [], expected: 'whole', slept: [], ranges: [undefined] },
	{
		title: '429 with Retry-After in seconds',
		rules: [first(1, manifests, fail(429, { 'retry-after': '7' }))],
		expected: 'whole',
		slept: [7000],
	},
	{
		title: '429 with Retry-After as a date',
		rules: [first(1, manifests, fail(429, { 'retry-after': 'Wed, 25 Nov 2026 12:00:30 GMT' }))],
		expected: 'whole',
		slept: [30_000],
	},
	{
		title: '429 without Retry-After',
		rules: [first(2, manifests, fail(429))],
		expected: 'whole',
		slept: [
			[250, 500],
			[500, 1000],
		],
	},
	{
		title: '429 that asks for an hour',
		rules: [first(9, manifests, fail(429, { 'retry-after': '3600' }))],
		expected: ['network', /answers with status 429 and asks to wait 3600 s: out of order$/],
		slept: [],
	},
	{
		title: '429 for ever',
		rules: [first(99, manifests, fail(429, { 'retry-after': '1' }))],
		expected: [
			'network',
			/^cannot read the manifest of 127\.0\.0\.1:\d+\/app:1 from 127\.0\.0\.1:\d+: it answers with status 429: out of order$/,
		],
		slept: [1000, 1000, 1000, 1000],
	},
	{
		title: '503 and then well',
		rules: [first(3, bigBlob, fail(503))],
		expected: 'whole',
		slept: [
			[250, 500],
			[500, 1000],
			[1000, 2000],
		],
	},
	{
		title: '500 for ever',
		rules: [first(99, bigBlob, fail(500))],
		expected: ['network', /^cannot read layer sha256:.*it answers with status 500: out of order$/],
	},
	{ title: '501 is not tried again', rules: [first(9, manifests, fail(501))], expected: ['network', /status 501/], slept: [] },
	{
		title: 'a connection that is reset',
		rules: [first(1, manifests, (_request, response) => cut(response))],
		expected: 'whole',
		slept: [[250, 500]],
	},
	{
		title: 'connections that are always reset',
		rules: [first(99, manifests, (_request, response) => cut(response))],
		expected: [
			'network',
			/^cannot read the manifest of .* from 127\.0\.0\.1:\d+: the connection was closed before the answer was complete$/,
		],
	},
	{
		title: 'a manifest that is cut',
		rules: [
			first(1, manifests, (_request, response) => response.writeHead(200, { 'content-length': 900 }).write('{', () => cut(response))),
		],
		expected: 'whole',
	},
	{
		title: 'a body that is cut goes on where it broke',
		rules: [first(1, bigBlob, part(100_000, cut))],
		expected: 'whole',
		ranges: [undefined, 'bytes=100000-'],
	},
	{
		title: 'a body that is cut four times',
		rules: [first(4, bigBlob, part(1000, cut))],
		expected: 'whole',
		ranges: [undefined, 'bytes=1000-', 'bytes=2000-', 'bytes=3000-', 'bytes=4000-'],
		slept: [
			[250, 500],
			[500, 1000],
			[1000, 2000],
			[2000, 4000],
		],
	},
	{
		title: 'a body that is cut for ever',
		rules: [first(99, bigBlob, part(1000, cut))],
		expected: ['network', /^cannot read layer sha256:[0-9a-f]{64} from 127\.0\.0\.1:\d+: .*, after 5000 of 300000 bytes$/],
	},
	{
		title: 'a body that stalls goes on where it stalled',
		rules: [first(1, bigBlob, part(100_000, stall))],
		expected: 'whole',
		ranges: [undefined, 'bytes=100000-'],
		timeoutMs: 60,
	},
	{
		title: 'a body that stalls for ever',
		rules: [first(99, bigBlob, part(10, stall))],
		expected: ['network', /nothing came for 0\.03 s, after 50 of 300000 bytes$/],
		timeoutMs: 30,
	},
	{ title: 'no answer at all', rules: [on(manifests, never)], expected: ['network', /nothing came for 0\.03 s$/], timeoutMs: 30 },
	{
		title: 'a server that ignores Range',
		rules: [
			first(1, bigBlob, part(100_000, cut)),
			on(bigBlob, (_request, response) => {
				response.writeHead(200, { 'content-length': layer.length }).end(layer);
				return true;
			}),
		],
		expected: 'whole',
		ranges: [undefined, 'bytes=100000-'],
	},
	{
		title: 'a server that answers with another range',
		rules: [
			first(1, bigBlob, part(100_000, cut)),
			on(bigBlob, (_request, response) => {
				response.writeHead(206, { 'content-range': `bytes 0-${layer.length - 1}/${layer.length}` }).end(layer);
				return true;
			}),
		],
		expected: ['network', /another range than was asked for$/],
	},
	{
		title: 'a range without Content-Range',
		rules: [
			first(1, bigBlob, part(100_000, cut)),
			first(1, bigBlob, (_request, response) => response.writeHead(206).end(layer.subarray(100_000))),
		],
		expected: ['network', /another range than was asked for$/],
	},
	{
		title: 'a range of something larger',
		rules: [
			first(1, bigBlob, part(100_000, cut)),
			first(1, bigBlob, (_request, response) =>
				response.writeHead(206, { 'content-range': 'bytes 100000-299999/400000' }).end(layer.subarray(100_000)),
			),
		],
		expected: ['size-mismatch', /it has 400000, where 300000 bytes are promised$/],
	},
	{
		title: 'a range in parts',
		rules: [
			first(1, bigBlob, part(100_000, cut)),
			first(1, bigBlob, (_request, response) =>
				response.writeHead(206, { 'content-range': 'bytes 100000-199999/*' }).end(layer.subarray(100_000, 200_000)),
			),
		],
		expected: 'whole',
		ranges: [undefined, 'bytes=100000-', 'bytes=200000-'],
	},
	{
		title: 'a range that is out of bounds',
		rules: [first(1, bigBlob, part(100_000, cut)), first(1, bigBlob, fail(416))],
		expected: ['size-mismatch', /it has no byte 100000/],
	},
	{
		title: 'a shorter blob',
		rules: [first(1, bigBlob, (_request, response) => response.end(layer.subarray(1)))],
		expected: ['size-mismatch', /it has 299999, where 300000 bytes are promised$/],
	},
	{
		title: 'a shorter blob in chunks',
		rules: [first(1, bigBlob, (_request, response) => response.write(layer.subarray(1), () => response.end()))],
		expected: ['size-mismatch', /it sends 299999, where 300000 bytes are promised$/],
	},
	{
		title: 'a longer blob',
		rules: [first(1, bigBlob, (_request, response) => response.end(Buffer.concat([layer, small])))],
		expected: ['size-mismatch', /it has 300013, where/],
	},
	{
		title: 'a blob without an end',
		rules: [first(1, bigBlob, endless(Buffer.alloc(65_536)))],
		expected: ['size-mismatch', /it sends more, where 300000 bytes are promised$/],
	},
	{
		title: 'a whole blob whose connection never ends',
		rules: [first(1, bigBlob, (_request, response) => response.write(layer))],
		expected: 'whole',
		ranges: [undefined],
		timeoutMs: 60,
	},
	{
		title: 'other bytes of the right size are left to whoever reads them',
		rules: [first(1, bigBlob, (_request, response) => response.end(Buffer.alloc(layer.length)))],
		expected: 'wrong bytes',
	},
	{
		title: 'a configuration with other bytes',
		rules: [first(1, new RegExp(image.config.digest), (_request, response) => response.end(Buffer.alloc(image.config.size)))],
		expected: ['digest-mismatch', /the image configuration.*its digest is sha256:/],
	},
	{
		title: 'a configuration without an end',
		rules: [first(1, new RegExp(image.config.digest), endless(Buffer.from('{')))],
		expected: ['size-mismatch', /it sends more/],
	},
	{
		title: 'a manifest without an end',
		rules: [first(1, manifests, endless(Buffer.alloc(65_536, ' ')))],
		expected: ['limit', new RegExp(`larger than the limit of ${limits.document} bytes`)],
	},
	{
		title: 'a Docker-Content-Digest that disagrees',
		rules: [
			first(1, manifests, (request, response) =>
				sendBody(request, response.setHeader('docker-content-digest', big.digest), image.manifest.bytes),
			),
		],
		expected: ['digest-mismatch', /the registry says sha256:/],
	},
	{
		title: 'a Docker-Content-Digest that is none',
		rules: [
			first(1, manifests, (request, response) =>
				sendBody(request, response.setHeader('docker-content-digest', 'sha256:abc'), image.manifest.bytes),
			),
		],
		expected: ['digest-mismatch', /the registry says sha256:abc/],
	},
	{
		title: 'no Docker-Content-Digest',
		rules: [first(1, manifests, (request, response) => sendBody(request, response, image.manifest.bytes))],
		expected: 'whole',
	},
	{
		title: 'an encoded manifest',
		rules: [first(1, manifests, (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(image.manifest.bytes))],
		expected: ['network', /it comes encoded as gzip, which was not asked for$/],
	},
	{
		title: 'a manifest that is no JSON',
		rules: [first(1, manifests, (_request, response) => response.end('<html>log in to the hotel</html>'))],
		expected: ['bad-manifest', /it is not JSON/],
	},
	{
		title: 'no such tag',
		rules: [first(1, manifests, (_request, response) => refuse(response, 404, 'MANIFEST_UNKNOWN', 'no \u001b[31msuch tag'))],
		expected: ['image-not-found', /it is not there: MANIFEST_UNKNOWN: no \\x1b\[31msuch tag$/],
	},
	{
		title: 'no such blob',
		rules: [first(99, bigBlob, (_request, response) => refuse(response, 404, 'BLOB_UNKNOWN', ''))],
		expected: ['blob-missing', /cannot read layer sha256:.*it is not there: BLOB_UNKNOWN$/],
	},
	{
		title: 'denied',
		rules: [first(99, manifests, (_request, response) => refuse(response, 403, 'DENIED', 'not for you'))],
		expected: ['unauthorized', /access is denied: DENIED: not for you$/],
	},
	{
		title: 'an error without an end',
		rules: [first(1, manifests, endless(Buffer.from('no '), 400))],
		expected: ['network', /it answers with status 400: (no ){66}no…$/],
	},
	{
		title: 'an error page is not repeated',
		rules: [first(9, manifests, (_request, response) => response.writeHead(400, { 'content-type': 'text/html' }).end('<html>'))],
		expected: ['network', /status 400$/],
	},
];

for (const { title, rules, expected, slept, ranges, timeoutMs } of cases)
	test(`faulty registry: ${title}`, async () => {
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
		for (const request of asked.slice(1))
			if (request.headers.range !== undefined) assert.ok([undefined, `"${big.digest}"`].includes(request.headers['if-range'] as string));
	});

function assertSlept(found: readonly number[], expected: NonNullable<Case['slept']>): void {
	assert.equal(found.length, expected.length, `slept ${found.join(', ')}`);
	for (const [index, wanted] of expected.entries()) {
		const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
		assert.ok((found[index] as number) >= least && (found[index] as number) <= most, `slept ${found.join(', ')}`);
	}
}
