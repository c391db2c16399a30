import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { descriptor, type Stored, type StoredImage, stored } from './registry.ts';
import { type Member, tar } from './tar.ts';

/** Files by relative name: what goes into a directory or an archive. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface ImageParts {
	/** Uncompressed archives, lowest first. */
	readonly layers: readonly Uint8Array[];
	/** The image configuration but for its `rootfs`. */
	readonly config: Readonly<Record<string, unknown>>;
	/** Compresses a layer; by default it is stored as it is. */
	readonly pack?: (layer: Uint8Array) => Uint8Array;
	readonly layerType?: string;
	/** Instead of the digests of `layers`. */
	readonly diffIds?: readonly string[];
	/** Changes the manifest before it is kept. */
	readonly change?: (manifest: Record<string, unknown>) => void;
}

/** Configuration, layers and manifest of an image. */
export function compose(parts: ImageParts): StoredImage {
	const type = 'application/vnd.oci.image';
	const pack = parts.pack ?? ((layer) => layer);
	const layers = parts.layers.map((layer) => stored(pack(layer), parts.layerType ?? `${type}.layer.v1.tar`));
	const diffIds = parts.diffIds ?? parts.layers.map((layer) => stored(layer, '').digest);
	const config = stored({ ...parts.config, rootfs: { type: 'layers', diff_ids: diffIds } }, `${type}.config.v1+json`);
	const manifest: Record<string, unknown> = {
		schemaVersion: 2,
		mediaType: `${type}.manifest.v1+json`,
		config: descriptor(config),
		layers: layers.map((layer) => descriptor(layer)),
	};
	parts.change?.(manifest);
	return { manifest: stored(manifest, `${type}.manifest.v1+json`), config, layers };
}

const text = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export function blobPath(item: Stored): string {
	return `blobs/${item.digest.replace(':', '/')}`;
}

/** OCI image specification, "Image Layout": each image under a name, with more in its descriptor when that is asked for. */
export function layoutFiles(
	images: readonly { readonly image: StoredImage; readonly name?: string; readonly more?: Readonly<Record<string, unknown>> }[],
): Map<string, Uint8Array> {
	const files = new Map<string, Uint8Array>([['oci-layout', text({ imageLayoutVersion: '1.0.0' })]]);
	const manifests = images.map(({ image, name, more }) => {
		const annotations = name === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': name } };
		return descriptor(image.manifest, { ...annotations, ...more });
	});
	files.set('index.json', text({ schemaVersion: 2, manifests }));
	for (const { image } of images) for (const item of [image.manifest, image.config, ...image.layers]) files.set(blobPath(item), item.bytes);
	return files;
}

/** What "docker save" wrote before version 25: a folder per layer, equal layers as links, `repositories` beside the manifest. */
export function oldArchive(image: StoredImage, tags: readonly string[]): readonly Member[] {
	const members: Member[] = [];
	const paths: string[] = [];
	const written = new Map<string, string>();
	image.layers.forEach((layer, index) => {
		const id = stored(text(`${index} ${layer.digest}`), '').digest.slice(7);
		const path = `${id}/layer.tar`;
		const first = written.get(layer.digest);
		members.push({ name: `${id}/`, flag: '5' }, { name: `${id}/VERSION`, body: '1.0' });
		members.push(first === undefined ? { name: path, body: layer.bytes } : { name: path, flag: '2', link: `../${first}` });
		written.set(layer.digest, first ?? path);
		paths.push(path);
	});
	const config = `${image.config.digest.slice(7)}.json`;
	members.push({ name: config, body: image.config.bytes });
	members.push({ name: 'manifest.json', body: text([{ Config: config, RepoTags: tags, Layers: paths }]) });
	members.push({ name: 'repositories', body: text({}) });
	return members;
}

/** What newer engines write: an OCI layout with a `manifest.json` over the same blobs. */
export function hybridFiles(image: StoredImage, tags: readonly string[]): Map<string, Uint8Array> {
	const files = layoutFiles(tags.map((name) => ({ image, more: { annotations: { 'io.containerd.image.name': name } } })));
	const entry = { Config: blobPath(image.config), RepoTags: tags, Layers: image.layers.map(blobPath) };
	return files.set('manifest.json', text([entry]));
}

export function archiveOf(files: Files): Buffer {
	return tar([...files].map(([name, body]) => ({ name, body })));
}

export function writeFiles(directory: string, files: Files): void {
	for (const [name, body] of files) {
		mkdirSync(dirname(join(directory, name)), { recursive: true });
		writeFileSync(join(directory, name), body);
	}
}
