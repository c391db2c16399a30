/** A registry on loopback with one image, from an OCI layout: `node bench/registry.ts LAYOUT` prints its port. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { blobPath } from './layout.ts';

const layout = process.argv[2] ?? '.';
const [root] = (
	JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as { readonly manifests: readonly { readonly digest: string }[] }
).manifests;

const server = createServer((request, response) => {
	const [, kind, reference] = /^\/v2\/app\/(manifests|blobs)\/([\w:.-]+)$/.exec(request.url ?? '') ?? [];
	if (request.url === '/v2/') {
		response.end('{}');
		return;
	}
	const digest = reference === 'latest' ? (root?.digest ?? '') : (reference ?? '');
	const path = /^sha256:[0-9a-f]{64}$/.test(digest) ? blobPath(layout, digest) : '';
	if (kind === undefined || path === '' || !existsSync(path)) {
		response.writeHead(404).end();
		return;
	}
	const type = kind === 'blobs' ? 'application/octet-stream' : 'application/vnd.oci.image.manifest.v1+json';
	response.writeHead(200, { 'content-type': type, 'content-length': statSync(path).size, 'docker-content-digest': digest });
	if (request.method === 'HEAD') response.end();
	else createReadStream(path, { highWaterMark: 1024 * 1024 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as { readonly port: number }).port));
