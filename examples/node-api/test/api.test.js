import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { createApi } from '../src/api.js';

// FOOTING_TEST_URL: test a server that runs already, for instance in a container.
async function withApi(work) {
	const running = process.env.FOOTING_TEST_URL;
	if (running !== undefined) return work(running);
	const server = createApi().listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		await work(`http://127.0.0.1:${server.address().port}`);
	} finally {
		server.close();
	}
}

const post = (url, body) => fetch(`${url}/notes`, { method: 'POST', body });

test('it says that it is well', () =>
	withApi(async (url) => {
		const response = await fetch(`${url}/health`);
		assert.equal(response.status, 200);
		assert.equal((await response.json()).status, 'ok');
	}));

test('a note is added, read and removed', () =>
	withApi(async (url) => {
		const added = await post(url, JSON.stringify({ text: 'buy milk' }));
		assert.equal(added.status, 201);
		const { id } = await added.json();
		assert.equal((await (await fetch(`${url}/notes/${id}`)).json()).text, 'buy milk');
		assert.equal((await fetch(`${url}/notes/${id}`, { method: 'DELETE' })).status, 204);
		assert.equal((await fetch(`${url}/notes/${id}`)).status, 404);
	}));

test('what is not a note is refused', () =>
	withApi(async (url) => {
		assert.equal((await post(url, '{"text": ""}')).status, 422);
		assert.equal((await post(url, 'text')).status, 400);
		assert.equal((await post(url, JSON.stringify({ text: 'x'.repeat(70_000) }))).status, 413);
		assert.equal((await fetch(`${url}/other`)).status, 404);
	}));
