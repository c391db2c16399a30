import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	anybody,
	asked,
	authorizations,
	basicAuth,
	basicHeader,
	bearerAuth,
	loggedIn,
	me,
	pull,
	refusedPull,
	start,
	tokens,
	whole,
} from '../../../test/support/guarded-registry.ts';
import { pullingHost } from '../../../test/support/pulling-host.ts';
import { on, type Rule } from '../../../test/support/registry.ts';
import { FootingError } from '../../model/errors.ts';
import { openImage } from '../open-image.ts';
import { registry as source } from '../sources/registry.ts';

test('an open registry is shown no credentials', async () => {
	const registry = await start();
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	assert.deepEqual(new Set(authorizations(registry)), new Set([undefined]));
});

test('basic: the password is sent once it is demanded, and then at once', async () => {
	const registry = await start(basicAuth);
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	assert.deepEqual(authorizations(registry), [undefined, basicHeader, basicHeader, basicHeader, basicHeader]);
});

test('basic: a wrong password is not sent again', async () => {
	const registry = await start(basicAuth);
	const error = await refusedPull(loggedIn({ [registry.host]: { auth: Buffer.from('me:wrong').toString('base64') } }), registry);
	assert.equal(error.code, 'unauthorized');
	assert.match(
		error.message,
		/does not exist or needs a login: UNAUTHORIZED: a password is needed; the credentials for 127\.0\.0\.1:\d+ are not accepted$/,
	);
	assert.equal(registry.seen.length, 2);
});

test('basic: without credentials it says so', async () => {
	const registry = await start(basicAuth);
	const error = await refusedPull(
		loggedIn({ 'other.test': me, '127.0.0.1': me, [`localhost:${registry.host.split(':')[1]}`]: me }),
		registry,
	);
	assert.match(error.message, /there are no credentials for 127\.0\.0\.1:\d+ here$/);
	assert.deepEqual(authorizations(registry), [undefined]);
});

test('bearer: anybody gets a token, one for all requests', async () => {
	const registry = await start(bearerAuth(), tokens(anybody));
	assert.equal(await pull(loggedIn(), registry), whole);
	const [request, ...more] = asked(registry, /token/);
	assert.deepEqual(more, []);
	assert.equal(request?.query.toString(), 'keep=1&service=the+service&scope=repository%3Ateam%2Fapp%3Apull');
	assert.equal(request?.headers.authorization, undefined);
});

test('bearer: the password goes to the token server of the registry itself, the token to the registry', async () => {
	const registry = await start(
		bearerAuth(),
		tokens((request) => request.headers.authorization === basicHeader, { token: undefined, access_token: 'token-1' }),
	);
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	assert.equal(asked(registry, /token/)[0]?.query.get('account'), 'me');
	assert.deepEqual(new Set(asked(registry, /v2/).map((request) => request.headers.authorization)), new Set([undefined, 'Bearer token-1']));
});

test('bearer: an identity token is exchanged in the body of a POST', async () => {
	const registry = await start(
		bearerAuth(),
		tokens((request) => request.method === 'POST' && request.body.includes('refresh_token=refresh-me')),
	);
	assert.equal(await pull(loggedIn({ [registry.host]: { identitytoken: 'refresh-me' } }), registry), whole);
	const [request] = asked(registry, /token/);
	assert.equal(
		request?.body,
		'grant_type=refresh_token&service=the+service&scope=repository%3Ateam%2Fapp%3Apull&client_id=footing&refresh_token=refresh-me',
	);
	assert.equal(request?.headers.authorization, undefined);
});

test('bearer: a registry token of the configuration is used as it is', async () => {
	const registry = await start(bearerAuth());
	assert.equal(await pull(loggedIn({ [registry.host]: { registrytoken: 'token-1' } }), registry), whole);
	assert.equal(asked(registry, /token$/).length, 0);
});

test('bearer: a token that the registry takes back in the middle is renewed', async () => {
	let current = 'Bearer token-1';
	const registry = await start(
		bearerAuth({ valid: (authorization) => authorization === current, error: 'invalid_token' }),
		tokens(anybody),
	);
	const host = loggedIn();
	assert.equal(
		await pull(host, registry, () => {
			current = 'Bearer token-2';
		}),
		whole,
	);
	assert.equal(asked(registry, /token/).length, 2);
	assert.deepEqual(host.slept, []);
});

test('bearer: a token is renewed before it runs out', async () => {
	const registry = await start(
		bearerAuth({ valid: (authorization) => /^Bearer token-[123]$/.test(authorization) }),
		tokens(anybody, { expires_in: 100 }),
	);
	const host = loggedIn();
	assert.equal(await pull(host, registry, () => host.pass(95_000)), whole);
	const used = asked(registry, /blobs/).map((request) => request.headers.authorization);
	assert.deepEqual(used, ['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
});

test('bearer: layers that are pulled together share one renewal', async () => {
	let current = 'Bearer token-1';
	const registry = await start(bearerAuth({ valid: (authorization) => authorization === current }), tokens(anybody));
	const opened = await openImage(loggedIn(), `registry:${registry.host}/team/app:1`, {}, [source]);
	current = 'Bearer token-2';
	await Promise.all(
		[...opened.layers, ...opened.layers].map(async ({ body }) => {
			assert.ok(body.kind === 'stream');
			for await (const chunk of body.open()) assert.ok(chunk.length > 0);
		}),
	);
	await opened.close();
	assert.equal(asked(registry, /token/).length, 2);
});

test('bearer: tokens that are never accepted come to an end', async () => {
	const registry = await start(bearerAuth({ valid: () => false }), tokens(anybody));
	const error = await refusedPull(loggedIn(), registry);
	assert.equal(error.code, 'unauthorized');
	assert.ok(registry.seen.length <= 6, `${registry.seen.length} requests`);
});

test('bearer: a token without the right is not asked for twice', async () => {
	const registry = await start(bearerAuth({ valid: () => false, error: 'insufficient_scope' }), tokens(anybody));
	const error = await refusedPull(loggedIn(), registry);
	assert.match(error.message, /cannot open team\/app at 127\.0\.0\.1:\d+: it does not exist or needs a login.*there are no credentials/);
	assert.equal(asked(registry, /token/).length, 1);
});

test('bearer: a refused password is said to be', async () => {
	const registry = await start(
		bearerAuth(),
		tokens(() => false),
	);
	const error = await refusedPull(loggedIn({ [registry.host]: me }), registry);
	assert.equal(error.code, 'unauthorized');
	assert.match(
		error.message,
		/cannot get a token for repository:team\/app:pull from .*incorrect username or password; the credentials for .* are not accepted$/,
	);
});

test('bearer: a token server that is busy is asked again', async () => {
	let busy = 2;
	const registry = await start(
		bearerAuth(),
		on(/^\/token$/, (_request, response) => {
			if (busy === 0) return false;
			busy -= 1;
			response.writeHead(503, { 'retry-after': '2' }).end();
			return true;
		}),
		tokens(anybody),
	);
	const host = loggedIn();
	assert.equal(await pull(host, registry), whole);
	assert.deepEqual(host.slept, [2000, 2000]);
});

test('bearer: a token server that always hangs up is given up after five tries', async () => {
	const hangUp: Rule = on(/^\/token$/, (_request, response) => {
		response.socket?.destroy();
		return true;
	});
	const registry = await start(bearerAuth(), hangUp);
	const error = await refusedPull(loggedIn(), registry);
	assert.equal(error.code, 'network');
	assert.match(error.message, /^cannot get a token from 127\.0\.0\.1:\d+: the connection was closed/);
	assert.equal(asked(registry, /token/).length, 5);
});

const badTokens: readonly [title: string, body: string, message: RegExp][] = [
	['no token', '{}', /its answer holds no token/],
	['no JSON', 'refresh-me', /its answer holds no token/],
	['a list', '[]', /its answer holds no token/],
	['a token with a line in it', '{"token":"a\\r\\nX-Evil: 1"}', /its answer holds no token/],
	['a token that is no text', '{"token":7}', /its answer holds no token/],
	['a megabyte and more', `{"token":"${'a'.repeat(1024 * 1024)}"}`, /larger than the limit of 1048576 bytes/],
];

for (const [title, body, message] of badTokens)
	test(`bearer: a token server that answers with ${title}`, async () => {
		const registry = await start(
			bearerAuth(),
			on(/^\/token$/, (_request, response) => {
				response.end(body);
				return true;
			}),
		);
		assert.match((await refusedPull(loggedIn(), registry)).message, message);
	});

test('a broken credential store is no hindrance where none is needed, and told where one is', async () => {
	const files = { '/home/user/.docker/config.json': '{"credsStore":"missing"}' };
	const processes = {
		run: () => Promise.reject(new FootingError('not-found', 'cannot run docker-credential-missing: there is no such program')),
	};
	const open = await start(bearerAuth(), tokens(anybody));
	assert.equal(await pull(pullingHost({ files, processes }), open), whole);
	const closed = await start(basicAuth);
	const error = await refusedPull(pullingHost({ files, processes }), closed);
	assert.equal(error.code, 'credentials');
	assert.match(
		error.message,
		/needs a login.*\(cannot get the credentials of 127\.0\.0\.1:\d+ from docker-credential-missing: there is no such program\)$/,
	);
});
