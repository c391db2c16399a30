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
import { on, type Rule } from '../../../test/support/registry.ts';

test('realm on another host: anonymous, whatever credentials there are for either', async () => {
	const elsewhere = await start(tokens(anybody));
	const registry = await start(bearerAuth({ realm: `${elsewhere.origin}/token` }));
	assert.equal(await pull(loggedIn({ [registry.host]: me, [elsewhere.host]: me }), registry), whole);
	assert.deepEqual(authorizations(elsewhere), [undefined]);
	assert.equal(elsewhere.seen[0]?.query.has('account'), false);
});

test('realm on another host: an identity token stays here', async () => {
	const elsewhere = await start(tokens(anybody));
	const registry = await start(bearerAuth({ realm: `${elsewhere.origin}/token` }));
	assert.equal(await pull(loggedIn({ [registry.host]: { identitytoken: 'refresh-me' } }), registry), whole);
	assert.deepEqual(
		elsewhere.seen.map((request) => [request.method, request.body]),
		[['GET', '']],
	);
});

test('realm on another host that wants a password: it says why it was not sent', async () => {
	const elsewhere = await start(tokens(() => false));
	const registry = await start(bearerAuth({ realm: `${elsewhere.origin}/token` }));
	const error = await refusedPull(loggedIn({ [registry.host]: me }), registry);
	assert.match(
		error.message,
		/the credentials for 127\.0\.0\.1:\d+ were not sent to 127\.0\.0\.1:\d+, the token server that it names, because they belong to one host alone$/,
	);
	assert.deepEqual(authorizations(elsewhere), [undefined]);
});

const badRealms: readonly [realm: string, message: RegExp][] = [
	['http://token.test/token', /the token server that it names, token\.test, is asked over plain http/],
	['file:///etc/passwd', /is no address of https/],
	['http://me:pw@127.0.0.1:1/token', /is no address of https/],
	['http://', /is no address/],
];

for (const [realm, message] of badRealms)
	test(`realm ${realm} is not asked`, async () => {
		const registry = await start(bearerAuth({ realm }));
		assert.match((await refusedPull(loggedIn({ [registry.host]: me }), registry)).message, message);
	});

test('a realm without a host is one of the registry itself', async () => {
	const registry = await start(
		bearerAuth({ realm: '/token' }),
		tokens((request) => request.headers.authorization === basicHeader),
	);
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
});

test('a token server that redirects to another host takes no password there', async () => {
	const elsewhere = await start(tokens(anybody));
	const registry = await start(
		bearerAuth(),
		on(/^\/token$/, (_request, response) => {
			response.writeHead(307, { location: `${elsewhere.origin}/token` }).end();
			return true;
		}),
	);
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	assert.deepEqual(authorizations(elsewhere), [undefined]);
});

/** Blobs lie elsewhere. */
function blobsAt(origin: string, status = 307): Rule {
	return on(/\/blobs\//, (request, response) => {
		response.writeHead(status, { location: `${origin}${request.path}?signature=hunter2` }).end('moved');
		return true;
	});
}

for (const status of [301, 302, 303, 307, 308])
	test(`a blob is fetched from where ${status} points, without authorization`, async () => {
		const storage = await start();
		const registry = await start(basicAuth, blobsAt(storage.origin, status));
		assert.equal(await pull(loggedIn({ [registry.host]: me, [storage.host]: me }), registry), whole);
		assert.equal(storage.seen.length, 3);
		assert.deepEqual(new Set(authorizations(storage)), new Set([undefined]));
	});

test('a redirect within the registry keeps the authorization', async () => {
	const registry = await start(
		basicAuth,
		on(/^\/v2\/team\/app\/blobs\//, (request, response) => {
			response.writeHead(307, { location: request.path.replace('/team/', '/store/') }).end();
			return true;
		}),
	);
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	for (const request of asked(registry, /store/)) assert.equal(request.headers.authorization, basicHeader);
});

test('a redirect that comes back by another host does not bring the authorization back', async () => {
	const registry = await start();
	const elsewhere = await start(
		on(/blobs/, (request, response) => {
			response.writeHead(307, { location: `${registry.origin}${request.path.replace('/team/', '/back/')}` }).end();
			return true;
		}),
	);
	registry.rules = [on(/\/team\//, basicAuth), on(/\/team\//, blobsAt(elsewhere.origin))];
	assert.equal(await pull(loggedIn({ [registry.host]: me }), registry), whole);
	for (const request of asked(registry, /back/)) assert.equal(request.headers.authorization, undefined);
});

test('storage that asks for credentials gets none and is not believed', async () => {
	const storage = await start(basicAuth, tokens(anybody));
	const registry = await start(basicAuth, blobsAt(storage.origin));
	const error = await refusedPull(loggedIn({ [registry.host]: me, [storage.host]: me }), registry);
	assert.equal(error.code, 'network');
	assert.match(error.message, new RegExp(`from ${storage.host}: it answers with status 401`));
	assert.deepEqual(new Set(authorizations(storage)), new Set([undefined]));
});

test('a signed address that has run out is signed again', async () => {
	let expired = true;
	const storage = await start(
		on(/blobs/, (_request, response) => {
			if (!expired) return false;
			expired = false;
			response.writeHead(403).end('Request has expired');
			return true;
		}),
	);
	const registry = await start(blobsAt(storage.origin));
	assert.equal(await pull(loggedIn(), registry), whole);
});

const badRedirects: readonly [title: string, location: string, message: RegExp][] = [
	['plain http on another machine', 'http://storage.test/x', /it redirects to plain http on storage\.test$/],
	['a file', 'file:///etc/passwd', /it redirects to an address of file:$/],
	['an address with credentials', 'https://me:pw@storage.test/', /with credentials in it$/],
	['no address', 'http://', /something that is no address$/],
	['itself for ever', '', /it redirects more than 5 times$/],
];

for (const [title, location, message] of badRedirects)
	test(`a redirect to ${title} is not followed`, async () => {
		const registry = await start(
			on(/blobs/, (request, response) => {
				response.writeHead(307, { location: location === '' ? request.path : location }).end();
				return true;
			}),
		);
		const error = await refusedPull(loggedIn(), registry);
		assert.equal(error.code, 'network');
		assert.match(error.message, message);
		assert.ok(registry.seen.length <= 7);
	});
