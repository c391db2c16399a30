import { createHash } from 'node:crypto';
import {
	copyFileSync,
	createReadStream,
	createWriteStream,
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Descriptor {
	readonly mediaType: string;
	readonly digest: string;
	readonly size: number;
}

export interface Manifest {
	readonly config: Descriptor;
	readonly layers: readonly Descriptor[];
}

/** What is read of an image configuration, and copied as it is. */
export interface Config {
	readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
	readonly history?: readonly unknown[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

export function blobPath(layout: string, digest: string): string {
	return join(layout, 'blobs', ...digest.split(':'));
}

/** The first image of an OCI layout. */
export function readLayout(layout: string): { readonly manifest: Manifest; readonly config: Config } {
	let [descriptor] = (JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as { readonly manifests: readonly Descriptor[] })
		.manifests;
	for (;;) {
		if (descriptor === undefined) throw new Error(`${layout} holds no image`);
		const document = JSON.parse(readFileSync(blobPath(layout, descriptor.digest), 'utf8')) as Partial<Manifest> & {
			readonly manifests?: readonly Descriptor[];
		};
		if (document.manifests === undefined) {
			const manifest = document as Manifest;
			return { manifest, config: JSON.parse(readFileSync(blobPath(layout, manifest.config.digest), 'utf8')) as Config };
		}
		[descriptor] = document.manifests;
	}
}

/** Writes a document or layer as a blob. */
export function putBlob(layout: string, mediaType: string, bytes: Uint8Array): Descriptor {
	const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
	mkdirSync(join(layout, 'blobs', 'sha256'), { recursive: true });
	// it may be a link to the blob of another layout
	if (!existsSync(blobPath(layout, digest))) writeFileSync(blobPath(layout, digest), bytes);
	return { mediaType, digest, size: bytes.length };
}

/** Gives a layout a blob of another one, without a copy where the file system allows it. */
export function shareBlob(from: string, to: string, descriptor: Descriptor): Descriptor {
	mkdirSync(join(to, 'blobs', 'sha256'), { recursive: true });
	if (existsSync(blobPath(to, descriptor.digest))) return descriptor;
	try {
		linkSync(blobPath(from, descriptor.digest), blobPath(to, descriptor.digest));
	} catch {
		copyFileSync(blobPath(from, descriptor.digest), blobPath(to, descriptor.digest));
	}
	return descriptor;
}

/** Streams a file through transforms into a blob. */
export async function pipeBlob(from: string, layout: string, mediaType: string, ...through: readonly Transform[]): Promise<Descriptor> {
	mkdirSync(join(layout, 'blobs', 'sha256'), { recursive: true });
	const beside = join(layout, 'blob.part');
	const hash = createHash('sha256');
	let size = 0;
	const measure = new Transform({
		transform(chunk: Uint8Array, _encoding, done) {
			hash.update(chunk);
			size += chunk.length;
			done(null, chunk);
		},
	});
	await pipeline([createReadStream(from), ...through, measure, createWriteStream(beside)]);
	const digest = `sha256:${hash.digest('hex')}`;
	renameSync(beside, blobPath(layout, digest));
	return { mediaType, digest, size };
}

/** Manifest, index and marker: the layout is whole when this returns. */
export function writeLayout(layout: string, manifest: Manifest): void {
	const descriptor = putBlob(layout, manifestType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, ...manifest })));
	const named = { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': 'latest' } };
	writeFileSync(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
	writeFileSync(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
}
