import { deserialize, serialize } from 'node:v8';
import { FootingError } from '../../model/errors.ts';
import type { Disk, Host } from '../../model/host.ts';
import type { LayerBody } from '../../model/image.ts';
import type { Descriptor, FoundImage, OciImage, SavedImage } from '../source.ts';

type StoredImage = OciImage | SavedImage;
type SavedLayer = Omit<SavedImage['layers'][number], 'body'>;

/** The documents of an image without its layers: plain data. */
type Kept =
	| (Pick<SavedImage, 'form' | 'config' | 'configDigest' | 'problems'> & { readonly layers: readonly SavedLayer[] })
	| (Pick<OciImage, 'form' | 'roots' | 'problems'> & { readonly documents: ReadonlyMap<string, Uint8Array> });

/** Fits the second-level cache. */
const pieceSize = 256 * 1024;

/**
 * An image that has to be saved before anything of it can be read: its documents are kept under what the engine calls it, so
 * that it is saved again only when a layer is asked for. What is kept is checked against its digests as what was saved is.
 * @param key everything that the documents follow from; undefined when that is not known
 */
export async function rememberedImage(host: Host, key: string | undefined, save: () => Promise<FoundImage>): Promise<FoundImage> {
	const { cache, build } = host;
	if (cache === undefined || build === undefined || key === undefined) return save();
	const place = `engine image\n${build}\n${process.versions.v8}\n${key}`;
	const bytes = await cache.get(place);
	// the cache gives back only what was put there under this key, whole
	if (bytes !== undefined) return later(host.disk, deserialize(bytes) as Kept, save);
	const found = await save();
	if (found.form === 'directory') return found;
	const put = (kept: Kept): Promise<void> => cache.put(place, serialize(kept));
	return found.form === 'saved' ? noteSaved(found, put) : noteOci(found, put);
}

async function noteSaved(found: SavedImage, put: (kept: Kept) => Promise<void>): Promise<FoundImage> {
	const { form, config, configDigest, problems } = found;
	const layers = found.layers.map(({ body: _, ...facts }) => facts);
	await put({ form, config, ...(configDigest === undefined ? {} : { configDigest }), problems, layers });
	return found;
}

/** Which documents it takes is known when all were read: at the end. */
function noteOci(found: OciImage, put: (kept: Kept) => Promise<void>): FoundImage {
	const documents = new Map<string, Uint8Array>();
	return {
		...found,
		async document(descriptor) {
			const bytes = await found.document(descriptor);
			documents.set(descriptor.digest, bytes);
			return bytes;
		},
		async close() {
			if (documents.size > 0) await put({ form: 'oci', roots: found.roots, problems: found.problems, documents });
			await found.close();
		},
	};
}

/** The image from its documents; it is saved when a layer is asked for. */
function later(disk: Disk, kept: Kept, save: () => Promise<FoundImage>): FoundImage {
	let saving: Promise<StoredImage> | undefined;
	const saved = (): Promise<StoredImage> => {
		saving ??= save().then(stored);
		return saving;
	};
	const close = async (): Promise<void> => {
		await (await saving?.catch(() => undefined))?.close();
	};
	const body = (pick: (found: StoredImage) => Promise<LayerBody> | LayerBody): LayerBody => ({
		kind: 'stream',
		open: async function* () {
			yield* piecesOf(disk, await pick(await saved()));
		},
	});
	if (kept.form === 'saved') {
		const layers = kept.layers.map((facts, index) => ({ ...facts, body: body((found) => layerAt(found, index)) }));
		return { ...kept, layers, close };
	}
	const { documents, ...rest } = kept;
	return {
		...rest,
		async document(descriptor) {
			const known = documents.get(descriptor.digest);
			return known ?? ociOf(await saved()).document(descriptor);
		},
		layer: async (descriptor: Descriptor) => body((found) => ociOf(found).layer(descriptor)),
		close,
	};
}

function stored(found: FoundImage): StoredImage {
	if (found.form === 'directory') throw another();
	return found;
}

function layerAt(found: StoredImage, index: number): LayerBody {
	const layer = found.form === 'saved' ? found.layers[index] : undefined;
	if (layer === undefined) throw another();
	return layer.body;
}

function ociOf(found: StoredImage): OciImage {
	if (found.form !== 'oci') throw another();
	return found;
}

function another(): FootingError {
	return new FootingError('blob-missing', 'cannot read a layer: the engine saves the image in another form than before');
}

async function* piecesOf(disk: Disk, body: LayerBody): AsyncGenerator<Uint8Array> {
	if (body.kind === 'stream') yield* body.open();
	if (body.kind !== 'file') return;
	const file = await disk.open(body.path, { follow: true });
	try {
		for (let at = 0; at < body.length; ) {
			const piece = await file.read(body.offset + at, Math.min(pieceSize, body.length - at));
			if (piece.length === 0) throw new FootingError('truncated', 'cannot read a layer: the saved image became shorter while it was read');
			at += piece.length;
			yield piece;
		}
	} finally {
		await file.close();
	}
}
