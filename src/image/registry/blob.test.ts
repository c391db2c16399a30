import { test } from 'node:test';
import { bigBlob, type Case, cut, endless, fail, layer, part, runCase, small, stall } from '../../../test/support/faulty-registry.ts';
import { first, on, refuse } from '../../../test/support/registry.ts';

const cases: readonly Case[] = [
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
		timeoutMs: 200,
	},
	{
		title: 'a body that stalls for ever',
		rules: [first(99, bigBlob, part(10, stall))],
		expected: ['network', /nothing came for 0\.2 s, after 50 of 300000 bytes$/],
		timeoutMs: 200,
	},
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
		timeoutMs: 200,
	},
	{
		title: 'other bytes of the right size are left to whoever reads them',
		rules: [first(1, bigBlob, (_request, response) => response.end(Buffer.alloc(layer.length)))],
		expected: 'wrong bytes',
	},
	{
		title: 'no such blob',
		rules: [first(99, bigBlob, (_request, response) => refuse(response, 404, 'BLOB_UNKNOWN', ''))],
		expected: ['blob-missing', /cannot read layer sha256:.*it is not there: BLOB_UNKNOWN$/],
	},
];

for (const one of cases) test(`body of a layer: ${one.title}`, () => runCase(one));
