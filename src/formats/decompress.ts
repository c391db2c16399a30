import zlib from 'node:zlib';
import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { ZstdFrames } from './zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Tells the compression by the first bytes (6 are enough), never by a media type. */
export function compressionOf(head: Uint8Array): Compression {
	if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
	if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
	if (head[0] !== undefined && head[0] >= 0x50 && head[0] <= 0x5f && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18)
		return 'zstd';
	for (const [name, magic] of foreign) {
		if (magic.every((byte, i) => head[i] === byte)) {
			throw new FootingError('unsupported', `cannot decompress: the data is compressed with ${name}`);
		}
	}
	return 'none';
}

const foreign: readonly (readonly [string, readonly number[]])[] = [
	['bzip2', [0x42, 0x5a, 0x68]],
	['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** Decompresses what is pushed and hands the output on as views that are valid during the call only. */
export interface Decompressor {
	write(chunk: Uint8Array): void | Promise<void>;
	/** @throws FootingError `truncated` or `bad-compression` when the stream is not whole */
	end(): void | Promise<void>;
	/** Frees native memory; safe to call more than once. */
	close(): void;
}

export type Output = (chunk: Uint8Array) => void;

/** The native handle behind a zlib stream, as far as it is used here (an internal of Node, tried at start). */
interface NativeHandle {
	writeSync(
		flush: number,
		input: Uint8Array | null,
		inputAt: number,
		inputLength: number,
		output: Uint8Array,
		outputAt: number,
		outputLength: number,
	): void;
	onerror: (message: string, errno: number, code: string) => void;
	close?(): void;
}

const outputSize = 256 * 1024;

export function decompressor(compression: Compression, output: Output): Decompressor {
	if (compression === 'none') return { write: output, end: () => {}, close: () => {} };
	const bounded = ratioGuard(output);
	const frames = compression === 'zstd' ? new ZstdFrames() : undefined;
	const inner = nativeWorks(compression)
		? new NativeDecompressor(compression, bounded.output)
		: streamDecompressor(compression, bounded.output);
	return {
		write(chunk) {
			bounded.input(chunk.length);
			frames?.push(chunk);
			return inner.write(chunk);
		},
		async end() {
			if (frames !== undefined && !frames.whole) throw cut(compression);
			await inner.end();
		},
		close: () => inner.close(),
	};
}

function cut(compression: Compression): FootingError {
	return new FootingError('truncated', `cannot decompress: the ${compression} data ends too early`);
}

/** A bomb is told by its ratio, once the output is too large to be harmless. */
function ratioGuard(output: Output): { readonly output: Output; input(bytes: number): void } {
	let read = 0;
	let written = 0;
	return {
		input(bytes) {
			read += bytes;
		},
		output(chunk) {
			written += chunk.length;
			if (written > limits.ratioFree && written - limits.ratioFree > read * limits.ratio) {
				throw new FootingError(
					'limit',
					`cannot decompress: ${written} bytes out of ${read}; more than ${limits.ratio} times as many are refused`,
				);
			}
			output(chunk);
		},
	};
}

/**
 * The zlib handle written synchronously into one reused buffer: several times as fast as a stream of Node, which
 * allocates each chunk and goes through the thread pool for it. Reads on after the end of a gzip member or zstd frame.
 */
class NativeDecompressor implements Decompressor {
	readonly #compression: 'gzip' | 'zstd';
	readonly #stream: zlib.Gunzip;
	readonly #handle: NativeHandle;
	readonly #state: Uint32Array;
	readonly #out = Buffer.allocUnsafeSlow(outputSize);
	readonly #output: Output;
	#error: FootingError | undefined;
	#padding = false;

	constructor(compression: 'gzip' | 'zstd', output: Output) {
		this.#compression = compression;
		this.#output = output;
		this.#stream = newStream(compression);
		const internals = this.#stream as unknown as { _handle: NativeHandle; _writeState: Uint32Array };
		this.#handle = internals._handle;
		this.#state = internals._writeState;
		this.#handle.onerror = (message, _errno, code) => {
			const error = code === 'Z_BUF_ERROR' ? cut(compression) : undefined;
			this.#error ??= error ?? new FootingError('bad-compression', `cannot decompress: ${compression}: ${message}`);
		};
	}

	write(chunk: Uint8Array): void {
		let at = 0;
		if (this.#padding) {
			zeros(chunk, 0);
			return;
		}
		while (at < chunk.length) {
			const left = this.#step(zlib.constants.Z_NO_FLUSH, chunk, at);
			const progress = left.input < chunk.length - at || left.output < outputSize;
			at = chunk.length - left.input;
			if (!progress) {
				zeros(chunk, at);
				this.#padding = true;
				return;
			}
		}
		this.#drain();
	}

	end(): void {
		// an incomplete member reports Z_BUF_ERROR when nothing more will come
		if (this.#compression === 'gzip' && !this.#padding) this.#step(zlib.constants.Z_FINISH, new Uint8Array(0), 0);
	}

	close(): void {
		this.#stream.close();
	}

	/** What the decoder still holds after its input was used up comes without further input. */
	#drain(): void {
		for (;;) {
			const left = this.#step(zlib.constants.Z_NO_FLUSH, new Uint8Array(0), 0);
			if (left.output === outputSize) return;
		}
	}

	#step(flush: number, input: Uint8Array, at: number): { readonly input: number; readonly output: number } {
		this.#handle.writeSync(flush, input, at, input.length - at, this.#out, 0, outputSize);
		if (this.#error !== undefined) throw this.#error;
		const output = this.#state[0] as number;
		const left = this.#state[1] as number;
		if (output < outputSize) this.#output(this.#out.subarray(0, outputSize - output));
		return { input: left, output };
	}
}

function zeros(chunk: Uint8Array, from: number): void {
	for (let i = from; i < chunk.length; i += 1) {
		if (chunk[i] !== 0) throw new FootingError('bad-compression', 'cannot decompress: garbage after the end of the data');
	}
}

function newStream(compression: 'gzip' | 'zstd'): zlib.Gunzip {
	if (compression === 'gzip') return zlib.createGunzip({ chunkSize: outputSize });
	return zlib.createZstdDecompress({
		chunkSize: outputSize,
		params: { [zlib.constants.ZSTD_d_windowLogMax]: 27 },
	}) as unknown as zlib.Gunzip;
}

const works = new Map<Compression, boolean>();

/** The internals are tried once on two members; where they do not do what they should, the public stream is used. */
function nativeWorks(compression: 'gzip' | 'zstd'): boolean {
	let known = works.get(compression);
	if (known === undefined) {
		known = tryNative(compression);
		works.set(compression, known);
	}
	return known;
}

function tryNative(compression: 'gzip' | 'zstd'): boolean {
	try {
		const member = compression === 'gzip' ? zlib.gzipSync('footing') : zlib.zstdCompressSync('footing');
		let text = '';
		const native = new NativeDecompressor(compression, (chunk) => {
			text += Buffer.from(chunk).toString('latin1');
		});
		native.write(Buffer.concat([member, member]));
		native.end();
		native.close();
		return text === 'footingfooting';
	} catch {
		return false;
	}
}

/** The same through the public stream; for zstd only its first frame, so that a longer stream is refused rather than cut. */
function streamDecompressor(compression: 'gzip' | 'zstd', output: Output): Decompressor {
	const stream = newStream(compression);
	let error: unknown;
	stream.on('data', (chunk: Uint8Array) => {
		try {
			output(chunk);
		} catch (thrown) {
			error ??= thrown;
			stream.destroy();
		}
	});
	stream.on('error', (thrown: NodeJS.ErrnoException) => {
		error ??=
			thrown.code === 'Z_BUF_ERROR'
				? cut(compression)
				: new FootingError('bad-compression', `cannot decompress: ${compression}: ${thrown.message}`);
	});
	const check = (): void => {
		if (error !== undefined) throw error;
	};
	const settled = (start: (done: () => void) => void): Promise<void> =>
		new Promise<void>((resolve) => {
			stream.once('close', resolve);
			start(resolve);
		}).then(check);
	return {
		async write(chunk) {
			check();
			await settled((done) => stream.write(Buffer.from(chunk), () => done()));
		},
		end: () => settled((done) => stream.end(() => done())),
		close: () => stream.destroy(),
	};
}
