import { jarBytes, readJarFacts } from '../formats/java/jar-facts.ts';
import type { Interest, JarFacts } from '../model/rootfs.ts';

/** Larger archives are not held in memory while layers stream by. */
const maxBytes = 64 * 1024 * 1024;
/** Bytes of files in the archives of one layer that are looked at. */
const layerBytes = 2048 * 1024 * 1024;

/** Gathers one Java archive at a time in a buffer that is used again: its directory is at its end. */
export class JarCollector {
	readonly #suffixes: readonly string[];
	#buffer = new Uint8Array(0);
	#size = 0;
	#left = layerBytes;

	constructor(interest: Interest) {
		this.#suffixes = interest.jars ?? [];
	}

	/** Whether this file is to be gathered. */
	begin(path: string, size: number): boolean {
		if (size > maxBytes || !this.#suffixes.some((suffix) => path.endsWith(suffix))) return false;
		if (this.#buffer.length < size) this.#buffer = new Uint8Array(Math.min(maxBytes, 2 ** Math.ceil(Math.log2(size))));
		this.#size = size;
		return true;
	}

	add(chunk: Uint8Array, position: number): void {
		this.#buffer.set(chunk, position);
	}

	finish(): JarFacts {
		const { bytes, ...facts } = readJarFacts(this.#buffer.subarray(0, this.#size), Math.min(jarBytes, this.#left));
		this.#left -= bytes;
		return facts;
	}
}
