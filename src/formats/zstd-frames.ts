import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';

type State = 'magic' | 'descriptor' | 'header' | 'block' | 'block-body' | 'checksum' | 'skip-size' | 'skip-body';

/**
 * Follows the frame structure of a zstd stream (RFC 8878) without decoding it: the decoder of Node ends after the first
 * frame and accepts a cut one, so this notices truncation and refuses windows above `limits.zstdWindow`.
 */
export class ZstdFrames {
	#state: State = 'magic';
	#need = 4;
	#field: number[] = [];
	#skip = 0;
	#checksum = false;
	#last = false;

	push(chunk: Uint8Array): void {
		for (let at = 0; at < chunk.length; ) {
			if (this.#state === 'block-body' || this.#state === 'skip-body') {
				const take = Math.min(this.#skip, chunk.length - at);
				this.#skip -= take;
				at += take;
				if (this.#skip === 0) this.#afterBody();
				continue;
			}
			this.#field.push(chunk[at] as number);
			at += 1;
			if (this.#field.length === this.#need) this.#take(this.#field);
		}
	}

	/** Whether the stream ends between frames. */
	get whole(): boolean {
		return this.#state === 'magic' && this.#field.length === 0;
	}

	#next(state: State, need: number): void {
		this.#state = state;
		this.#need = need;
		this.#field = [];
	}

	#afterBody(): void {
		if (this.#state === 'skip-body') this.#next('magic', 4);
		else if (!this.#last) this.#next('block', 3);
		else if (this.#checksum) this.#next('checksum', 4);
		else this.#next('magic', 4);
	}

	#take(field: readonly number[]): void {
		const value = little(field);
		if (this.#state === 'magic') {
			if (value === 0xfd2fb528) this.#next('descriptor', 1);
			else if (value >= 0x184d2a50 && value <= 0x184d2a5f) this.#next('skip-size', 4);
			else throw new FootingError('bad-compression', 'cannot decompress: data that is no zstd frame');
		} else if (this.#state === 'skip-size') {
			this.#next('skip-body', 1);
			this.#skip = value;
			if (value === 0) this.#afterBody();
		} else if (this.#state === 'descriptor') this.#descriptor(value);
		else if (this.#state === 'header') this.#header(field);
		else if (this.#state === 'block') this.#block(value);
		else this.#next('magic', 4);
	}

	#descriptor(descriptor: number): void {
		const single = (descriptor & 0x20) !== 0;
		this.#checksum = (descriptor & 4) !== 0;
		const contentBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
		const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
		const length = (single ? 0 : 1) + dictionaryBytes + contentBytes;
		this.#next('header', length);
		// the window descriptor is the first byte of the header unless the frame is a single segment
		this.#skip = single ? -1 : 0;
		if (length === 0) this.#next('block', 3);
	}

	#header(field: readonly number[]): void {
		if (this.#skip === 0) {
			const byte = field[0] as number;
			const base = 2 ** (10 + (byte >> 3));
			const window = base + (base / 8) * (byte & 7);
			if (window > limits.zstdWindow) {
				throw new FootingError('limit', `cannot decompress: a zstd window of ${window} bytes; the limit is ${limits.zstdWindow}`);
			}
		}
		this.#next('block', 3);
	}

	#block(value: number): void {
		this.#last = (value & 1) !== 0;
		const type = (value >> 1) & 3;
		const size = value >> 3;
		if (type === 3) throw new FootingError('bad-compression', 'cannot decompress: a reserved zstd block type');
		this.#next('block-body', 1);
		this.#skip = type === 1 ? 1 : size;
		if (this.#skip === 0) this.#afterBody();
	}
}

function little(field: readonly number[]): number {
	let value = 0;
	for (let i = field.length - 1; i >= 0; i -= 1) value = value * 256 + (field[i] as number);
	return value;
}
