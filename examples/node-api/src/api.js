import { createServer } from 'node:http';
import { createNotes } from './notes.js';
import { readJson } from './read-json.js';

/** A small API: GET /health, GET and POST /notes, GET and DELETE /notes/ID. */
export function createApi(notes = createNotes()) {
	return createServer(async (request, response) => {
		const [status, body] = await answer(notes, request).catch((error) => [error.status ?? 500, { error: error.message }]);
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(body === undefined ? undefined : `${JSON.stringify(body)}\n`);
	});
}

async function answer(notes, request) {
	const { pathname } = new URL(request.url, 'http://localhost');
	const [, collection, id] = pathname.split('/');
	if (pathname === '/health') return [200, { status: 'ok', node: process.version }];
	if (collection !== 'notes') return [404, { error: 'there is no such resource' }];
	if (id === undefined) return request.method === 'POST' ? [201, notes.add(await readJson(request))] : [200, notes.all()];
	const note = notes.get(id);
	if (note === undefined) return [404, { error: 'there is no such note' }];
	if (request.method !== 'DELETE') return [200, note];
	notes.remove(id);
	return [204, undefined];
}
