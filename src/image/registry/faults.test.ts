import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	big,
	type Case,
	cut,
	endless,
	fail,
	image,
	manifests,
	never,
	pull,
	runCase,
	start,
} from '../../../test/support/faulty-registry.ts';
import { pullingHost } from '../../../test/support/pulling-host.ts';
import { first, on, refuse, sendBody } from '../../../test/support/registry.ts';
import { limits } from '../../model/limits.ts';

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
	{ title: 'no answer at all', rules: [on(manifests, never)], expected: ['network', /nothing came for 0\.2 s$/], timeoutMs: 200 },
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

for (const one of cases) test(`faulty registry: ${one.title}`, () => runCase(one));

test('faulty registry: a long wait is said, a short one is not', async () => {
	const said: string[] = [];
	const registry = await start(first(1, manifests, fail(429, { 'retry-after': '7' })), first(1, manifests, fail(503)));
	assert.equal(await pull(registry, { ...pullingHost(), progress: (line) => said.push(line) }), 'whole');
	assert.equal(said.length, 1);
	assert.match(said[0] as string, /status 429: out of order; trying again in 7 s$/);
});
