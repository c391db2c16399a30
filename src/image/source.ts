import type { Host } from '../model/host.ts';
import type { LayerBody } from '../model/image.ts';
import type { Platform } from '../model/platform.ts';
import type { Problem } from '../model/problem.ts';
import type { Reference, Scheme } from './reference.ts';

/** What a user may say about how images are opened; the same for every source. */
export interface OpenOptions {
	/** The platform wanted. Absent: Linux on the processor that this runs on, or the only one that there is. */
	readonly platform?: Platform;
	/** `docker.io` to `http://127.0.0.1:5000`: ask there instead. `from` is a registry or a registry with a path. */
	readonly mirrors?: readonly { readonly from: string; readonly to: string }[];
	/** Nothing but this machine is asked: files and the local engines. */
	readonly offline?: boolean;
	/** Milliseconds without a byte before a server is given up (default 30,000). */
	readonly timeoutMs?: number;
}

/** OCI image specification, "Content Descriptors", checked: the digest is whole and the size is a safe integer. `urls` is never read. */
export interface Descriptor {
	/** As declared; empty when nothing is said. */
	readonly mediaType: string;
	/** `sha256:` + 64 or `sha512:` + 128 hexadecimal digits. */
	readonly digest: string;
	/** Bytes. */
	readonly size: number;
	readonly platform?: Platform;
	readonly artifactType?: string;
	readonly annotations: ReadonlyMap<string, string>;
}

/**
 * An image that is kept as OCI documents and blobs (a registry, an OCI layout). The least that a source has to give: the
 * opener follows indexes, chooses the platform and checks digest and size of every document; layers are checked by
 * whoever reads them.
 */
export interface OciImage {
	readonly form: 'oci';
	/** What the reference means: one manifest or index, or the members of an index that is no document of its own. */
	readonly roots: readonly Descriptor[];
	/**
	 * The bytes of a manifest, index or configuration, unverified, of at most `limits.document`.
	 * @throws FootingError `blob-missing`, `limit` …
	 */
	document(descriptor: Descriptor): Promise<Uint8Array>;
	/** Where the layer's bytes are; nothing is fetched yet when they have to be pulled. @throws FootingError `blob-missing` */
	layer(descriptor: Descriptor): Promise<LayerBody>;
	readonly problems: readonly Problem[];
	close(): Promise<void>;
}

/** An image saved as a configuration and layers without an OCI manifest (docker-archive). */
export interface SavedImage {
	readonly form: 'saved';
	/** The configuration document, unverified. */
	readonly config: Uint8Array;
	/** The digest that the configuration's name promises, when it promises one. */
	readonly configDigest?: string;
	/** Lowest first; `digest` where the name of the blob promises one. */
	readonly layers: readonly { readonly size: number; readonly digest?: string; readonly body: LayerBody }[];
	readonly problems: readonly Problem[];
	close(): Promise<void>;
}

/** An unpacked root file system: one layer, no configuration. */
export interface DirectoryImage {
	readonly form: 'directory';
	readonly directory: string;
}

export type FoundImage = OciImage | SavedImage | DirectoryImage;

/** One kind of place where images are. */
export interface ImageSource {
	/** For people: `docker engine`, `registry`. */
	readonly name: string;
	/** The schemes that it answers. Sources that answer `any` (a bare name) are tried in the order of the list. */
	readonly schemes: readonly Scheme[];
	/**
	 * Finds the image and reads as little as it can.
	 * @throws FootingError `image-not-found`, `engine-unavailable` or `no-platform`: for a bare name the next source is tried
	 */
	find(host: Host, reference: Reference, options: OpenOptions): Promise<FoundImage>;
}
