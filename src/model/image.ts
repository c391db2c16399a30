import type { Platform } from './platform.ts';
import type { Problem } from './problem.ts';

/** OCI image specification, `config.Healthcheck` of Docker's extension. */
export interface Healthcheck {
	/** `['NONE']`, `['CMD', …]` or `['CMD-SHELL', command]`; empty: inherited. */
	readonly test: readonly string[];
}

/** The execution part of an image configuration, checked. Lists are empty rather than absent where that means the same. */
export interface ImageConfig {
	readonly user: string;
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	/** In order, `NAME` and value; malformed items are problems and left out. */
	readonly env: readonly { readonly name: string; readonly value: string }[];
	readonly workingDir: string;
	readonly exposedPorts: readonly string[];
	readonly volumes: readonly string[];
	readonly labels: ReadonlyMap<string, string>;
	readonly stopSignal?: string;
	readonly shell?: readonly string[];
	readonly healthcheck?: Healthcheck;
	/** RFC 3339, when it is a date. */
	readonly created?: string;
}

export interface Layer {
	/** Of the bytes as stored, `sha256:…`. Absent for a source that stores no blobs (rootfs directory). */
	readonly digest?: string;
	/** Of the uncompressed tar, from the image configuration. */
	readonly diffId?: string;
	/** Bytes as stored. */
	readonly size: number;
	readonly mediaType?: string;
	/** The instruction that made it, from the history. */
	readonly createdBy?: string;
	readonly body: LayerBody;
}

/**
 * Where a layer's bytes are. `file`: a range of a local file, any thread can read it. `stream`: pulled by the main thread
 * (a registry); its chunks are the reader's to keep. `tree`: a directory walked with lstat. Bytes are as stored (compressed or not) and not yet
 * verified: whoever reads them checks digest, size and diffId before any result is used.
 */
export type LayerBody =
	| { readonly kind: 'file'; readonly path: string; readonly offset: number; readonly length: number }
	| { readonly kind: 'stream'; open(): AsyncIterable<Uint8Array> }
	| { readonly kind: 'tree'; readonly directory: string };

/** An image opened and checked as far as its documents go; layer bytes are read later. */
export interface Image {
	/** As the user wrote it. */
	readonly reference: string;
	/** Of the manifest when there is one, else of the configuration. Absent for a rootfs directory. */
	readonly digest?: string;
	/** Of the configuration blob: the image id. */
	readonly configDigest?: string;
	readonly platform: Platform;
	readonly config: ImageConfig;
	readonly layers: readonly Layer[];
	readonly annotations: ReadonlyMap<string, string>;
	readonly problems: readonly Problem[];
	close(): Promise<void>;
}
