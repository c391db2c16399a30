import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseChallenges } from './challenge.ts';

const cases: readonly [title: string, header: string, expected: readonly [scheme: string, parameters: Record<string, string>][]][] = [
	['nothing', '', []],
	['basic', 'Basic realm="Registry Realm"', [['basic', { realm: 'Registry Realm' }]]],
	[
		'Docker Hub',
		'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/node:pull"',
		[['bearer', { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:library/node:pull' }]],
	],
	[
		'a comma inside of quotes',
		'Bearer realm="a",scope="repository:x:pull,push"',
		[['bearer', { realm: 'a', scope: 'repository:x:pull,push' }]],
	],
	['capitals and spaces', 'BEARER Realm = "a" , SERVICE="b"', [['bearer', { realm: 'a', service: 'b' }]]],
	['no quotes', 'Bearer realm=https,service=b', [['bearer', { realm: 'https', service: 'b' }]]],
	['an escaped quote', 'Basic realm="say \\"hi\\""', [['basic', { realm: 'say "hi"' }]]],
	[
		'two schemes',
		'Basic realm="a", Bearer realm="b",service="c"',
		[
			['basic', { realm: 'a' }],
			['bearer', { realm: 'b', service: 'c' }],
		],
	],
	[
		'a scheme without parameters',
		'Negotiate, Basic realm="a"',
		[
			['negotiate', {}],
			['basic', { realm: 'a' }],
		],
	],
	[
		'a token after the scheme',
		'Negotiate YII=, Basic realm="a"',
		[
			['negotiate', {}],
			['basic', { realm: 'a' }],
		],
	],
	['the first of a name counts', 'Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
	['a quote without an end', 'Bearer service="b",realm="a', [['bearer', { service: 'b' }]]],
	['a parameter without a scheme', '="a"', []],
	['__proto__ is a name like any other', 'Bearer __proto__="x"', [['bearer', Object.fromEntries([['__proto__', 'x']])]]],
];

for (const [title, header, expected] of cases)
	test(`challenge: ${title}`, () => {
		const found = parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
		assert.deepEqual(found, expected);
	});

test('challenge: any text ends, and long ones soon', () => {
	const piece = fc.constantFrom('Bearer ', 'realm=', '"', '\\', ',', ' ', '=', 'a', '\t');
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
			parseChallenges(pieces.join(''));
		}),
		{ numRuns: 2000 },
	);
	const start = performance.now();
	for (const text of ['"\\'.repeat(30_000), 'a='.repeat(30_000), `a ${'b'.repeat(60_000)}!`, 'a, '.repeat(20_000)]) parseChallenges(text);
	assert.ok(performance.now() - start < 1000);
});
