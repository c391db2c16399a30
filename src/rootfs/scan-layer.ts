import { createHash, type Hash } from 'node:crypto';
import { compressionOf, type Decompressor, decompressor } from '../formats/decompress.ts';
import { TarReader, type TarSink } from '../formats/tar.ts';
import { FootingError } from '../model/errors.ts';

/** What the manifest and the configuration promise of a layer; what is absent is not checked. */
export interface LayerPromise {
	readonly digest?: string | undefined;
	readonly diffId?: string | undefined;
	/** Bytes as stored. */
	readonly size?: number | undefined;
	/** For messages: `layer 3 of 5`. */
	readonly name: string;
}

/**
 * One pass over a layer as stored: size and digest, decompression, diffId and the members, all while it streams by.
 * `end()` throws unless every promise is kept, so nothing that it produced may be used before.
 */
export class LayerScan {
	readonly #promise: LayerPromise;
	readonly #stored: Hash | undefined;
	readonly #content: Hash | undefined;
	readonly #tar: TarReader;
	#decompressor: Decompressor | undefined;
	#compressed = false;
	#size = 0;
	#first: Uint8Array | undefined;
	#failure: unknown;

	constructor(promise: LayerPromise, sink: TarSink) {
		this.#promise = promise;
		this.#stored = hashFor(promise.digest);
		this.#content = hashFor(promise.diffId);
		this.#tar = new TarReader(sink);
	}

	async write(chunk: Uint8Array): Promise<void> {
		this.#size += chunk.length;
		if (this.#promise.size !== undefined && this.#size > this.#promise.size) throw this.#wrongSize('more');
		this.#stored?.update(chunk);
		if (this.#failure !== undefined) return;
		try {
			await this.#decode(chunk);
		} catch (error) {
			this.#fail(error);
		}
	}

	async end(): Promise<void> {
		if (this.#promise.size !== undefined && this.#size < this.#promise.size) throw this.#wrongSize('fewer');
		this.#check('digest', this.#stored, this.#promise.digest);
		try {
			if (this.#failure !== undefined) throw this.#failure;
			if (this.#decompressor === undefined) await this.#start(this.#first ?? new Uint8Array(0));
			await this.#decompressor?.end();
			this.#tar.end();
		} catch (error) {
			throw this.#named(error);
		}
		const same = !this.#compressed && this.#promise.diffId === this.#promise.digest;
		if (!same) this.#check('diffId', this.#content, this.#promise.diffId);
	}

	close(): void {
		this.#decompressor?.close();
	}

	async #decode(chunk: Uint8Array): Promise<void> {
		if (this.#decompressor !== undefined) {
			await this.#decompressor.write(chunk);
			return;
		}
		const known = this.#first === undefined ? chunk : Buffer.concat([this.#first, chunk]);
		if (known.length < 6) this.#first = Buffer.from(known);
		else await this.#start(known);
	}

	async #start(known: Uint8Array): Promise<void> {
		const compression = compressionOf(known);
		this.#compressed = compression !== 'none';
		const content = this.#compressed || this.#promise.diffId !== this.#promise.digest ? this.#content : undefined;
		this.#decompressor = decompressor(compression, (output) => {
			content?.update(output);
			this.#tar.push(output);
		});
		this.#first = undefined;
		await this.#decompressor.write(known);
	}

	/** A damaged layer is first of all one whose digest is wrong, so the rest is still hashed; a bomb ends at once. */
	#fail(error: unknown): void {
		if (error instanceof FootingError && error.code !== 'limit' && this.#stored !== undefined) this.#failure = error;
		else throw this.#named(error);
	}

	#named(error: unknown): unknown {
		if (!(error instanceof FootingError)) return error;
		return new FootingError(error.code, `${error.message} (${this.#promise.name})`, { cause: error, hint: error.hint });
	}

	#wrongSize(which: 'more' | 'fewer'): FootingError {
		const message = `cannot read ${this.#promise.name}: it has ${which} bytes than the ${this.#promise.size} that the manifest promises`;
		return new FootingError('size-mismatch', message);
	}

	#check(what: 'digest' | 'diffId', hash: Hash | undefined, promised: string | undefined): void {
		if (hash === undefined || promised === undefined) return;
		const found = `${promised.slice(0, promised.indexOf(':'))}:${hash.digest('hex')}`;
		if (found === promised) return;
		throw new FootingError('digest-mismatch', `cannot read ${this.#promise.name}: its ${what} is ${found}, not ${promised}`);
	}
}

/** `sha256:` and `sha512:` digests (OCI image specification, "Digests"). */
function hashFor(digest: string | undefined): Hash | undefined {
	if (digest === undefined) return undefined;
	if (/^sha256:[0-9a-f]{64}$/.test(digest)) return createHash('sha256');
	if (/^sha512:[0-9a-f]{128}$/.test(digest)) return createHash('sha512');
	throw new FootingError('bad-digest', 'cannot check a layer: its digest is neither sha256 nor sha512 in full');
}
