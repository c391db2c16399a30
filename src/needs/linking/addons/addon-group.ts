import type { Evidence } from '../../../model/evidence.ts';
import type { Certainty } from '../../../model/verdict.ts';

/** One file that an addon may be loaded from. */
export interface AddonFile {
	/** Absolute, in the image. */
	readonly path: string;
	/** What the package says it is for; undefined: for any. */
	readonly libc: 'glibc' | 'musl' | undefined;
	/** Built on the spot: taken before anything prebuilt. */
	readonly built: boolean;
	/** NODE_MODULE_VERSION in its name; undefined: Node-API, or not said. */
	readonly moduleVersion?: number;
	/** Node-API that it says it was built for; undefined: it does not say. */
	readonly nodeApiVersion?: number;
}

/** The files of which one is loaded: variants of the same addon for different systems; none when nothing for Linux was installed. */
export interface AddonGroup {
	/** `sharp`, or the path of an addon of the application itself. */
	readonly name: string;
	readonly certainty: Certainty;
	readonly because: readonly Evidence[];
	readonly files: readonly AddonFile[];
	/** Chosen by node-gyp-build, which tells musl by /etc/alpine-release. */
	readonly nodeGypBuild: boolean;
	/** A WebAssembly build lies beside them, which the package loads when no native one will do. */
	readonly wasm: boolean;
	/** What the package throws when it finds no variant, by libc of the process. */
	readonly refusal: { readonly glibc: string; readonly musl: string };
}
