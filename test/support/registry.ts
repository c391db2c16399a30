import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A document or blob with the name that its content gives it. */
export interface Stored {
	readonly bytes: Uint8Array;
	readonly digest: string;
	readonly size: number;
	readonly mediaType: string;
}

export interface StoredImage {
	readonly manifest: Stored;
	readonly config: Stored;
	readonly layers: readonly Stored[];
}

export function stored(content: unknown, mediaType: string): Stored {
	const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
	return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, size: bytes.length, mediaType };
}

const oci = 'application/vnd.oci.image';
export const ociIndexType = `${oci}.index.v1+json`;

/** An image of uncompressed layers; `change` may lie in its manifest. */
export function imageOf(
	layers: readonly Uint8Array[],
	options: { readonly architecture?: string; readonly change?: (manifest: Record<string, unknown>) => void } = {},
): StoredImage {
	const blobs = layers.map((layer) => stored(layer, `${oci}.layer.v1.tar`));
	const rootfs = { type: 'layers', diff_ids: blobs.map((blob) => blob.digest) };
	const config = stored({ architecture: options.architecture ?? 'amd64', os: 'linux', config: {}, rootfs }, `${oci}.config.v1+json`);
	const manifest = {
		schemaVersion: 2,
		mediaType: `${oci}.manifest.v1+json`,
		config: descriptor(config),
		layers: blobs.map((b) => descriptor(b)),
	};
	options.change?.(manifest);
	return { manifest: stored(manifest, manifest.mediaType), config, layers: blobs };
}

export function indexOf(...members: readonly Readonly<Record<string, unknown>>[]): Stored {
	return stored({ schemaVersion: 2, mediaType: ociIndexType, manifests: members }, ociIndexType);
}

export function descriptor(of: Stored, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
	return { mediaType: of.mediaType, digest: of.digest, size: of.size, ...more };
}

/** One request as it arrived. */
export interface Seen {
	/** `/v2/app/manifests/1`, without the query. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly method: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** Answers a request, or returns false and leaves it to the next rule and at last to the registry itself. */
export type Rule = (request: Seen, response: ServerResponse) => boolean;

export interface TestRegistry {
	/** `127.0.0.1:40001` */
	readonly host: string;
	readonly origin: string;
	/** In order of arrival. */
	readonly seen: readonly Seen[];
	/** Asked before the registry answers by itself. */
	rules: readonly Rule[];
	/** Keeps an image under a tag, with all its parts. */
	put(tag: string, image: StoredImage): void;
	/** Keeps a document or blob under its digest, and a document under a tag, too. */
	keep(item: Stored, tag?: string): void;
	close(): Promise<void>;
}

/** A registry on loopback that does as it is told: a small honest one, with rules in front of it. */
export async function startRegistry(...rules: Rule[]): Promise<TestRegistry> {
	const seen: Seen[] = [];
	const items = new Map<string, Stored>();
	const registry = { rules: rules as readonly Rule[] };
	const server = createServer((request, response) => {
		response.on('error', () => {});
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://registry.test');
			const { headers, method = '' } = request;
			const one: Seen = { path: url.pathname, query: url.searchParams, method, headers, body: Buffer.concat(chunks).toString() };
			seen.push(one);
			if (!registry.rules.some((rule) => rule(one, response))) serve(items, one, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const keep = (item: Stored, tag?: string): void => {
		items.set(item.digest, item);
		if (tag !== undefined) items.set(tag, item);
	};
	return Object.assign(registry, {
		host,
		origin: `http://${host}`,
		seen,
		keep,
		put: (tag: string, image: StoredImage) => {
			keep(image.manifest, tag);
			for (const item of [image.config, ...image.layers]) keep(item);
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

function serve(items: ReadonlyMap<string, Stored>, request: Seen, response: ServerResponse): void {
	const [, kind, name = ''] = /^\/v2\/.+\/(manifests|blobs)\/([^/]+)$/.exec(request.path) ?? [];
	const item = items.get(name);
	if (item === undefined || kind === undefined) {
		refuse(response, 404, kind === 'manifests' ? 'MANIFEST_UNKNOWN' : 'BLOB_UNKNOWN', 'not known here');
		return;
	}
	response.setHeader('docker-content-digest', item.digest);
	response.setHeader('content-type', kind === 'manifests' ? item.mediaType : 'application/octet-stream');
	response.setHeader('etag', `"${item.digest}"`);
	sendBody(request, response, item.bytes);
}

/** A whole body, or the part that a Range header asks for. */
export function sendBody(request: Seen, response: ServerResponse, bytes: Uint8Array): void {
	const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
	if (Number.isNaN(start)) {
		response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
		return;
	}
	const part = bytes.subarray(start);
	const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
	response.writeHead(206, { 'content-length': part.length, 'content-range': range }).end(part);
}

/** An error as the distribution specification has it. */
export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [{ code, message }] }));
}

/** Applies a rule to requests whose path matches. */
export function on(path: RegExp, rule: Rule): Rule {
	return (request, response) => path.test(request.path) && rule(request, response);
}

/** The first `count` matching requests are answered so, the others not. */
export function first(count: number, path: RegExp, answer: (request: Seen, response: ServerResponse) => void): Rule {
	let left = count;
	return on(path, (request, response) => {
		if (left === 0) return false;
		left -= 1;
		answer(request, response);
		return true;
	});
}
