import { goMagic, goNoteReach } from '../formats/go/build-note.ts';

interface Range {
	readonly from: number;
	readonly to: number;
}

export interface NoteWindow {
	readonly offset: number;
	readonly bytes: Uint8Array;
}

/** Keeps the Go linker's note out of the data of a file that is too large to be kept. */
export class GoNoteWindow {
	readonly #ranges: readonly Range[];
	#carry = Buffer.alloc(0);
	#carryEnd = 0;
	#found: { readonly offset: number; readonly bytes: Uint8Array } | undefined;

	/** @param ranges of the file that are mapped writable and not executable */
	constructor(ranges: readonly Range[]) {
		this.#ranges = ranges;
	}

	get note(): NoteWindow | undefined {
		return this.#found;
	}

	add(chunk: Uint8Array, position: number): void {
		if (this.#found !== undefined) {
			copy(chunk, position, this.#found);
			return;
		}
		for (const range of this.#ranges) {
			const from = Math.max(position, range.from);
			const to = Math.min(position + chunk.length, range.to);
			if (from < to) this.#search(chunk.subarray(from - position, to - position), from, range);
		}
	}

	#search(part: Uint8Array, position: number, range: Range): void {
		const seam = this.#carryEnd === position ? this.#carry : Buffer.alloc(0);
		const bytes = seam.length === 0 ? Buffer.from(part.buffer, part.byteOffset, part.length) : Buffer.concat([seam, part]);
		const start = position - seam.length;
		for (let at = bytes.indexOf(goMagic); at !== -1 && this.#found === undefined; at = bytes.indexOf(goMagic, at + 1)) {
			const offset = start + at;
			// the text of the magic is also in programs that look for it; the note is aligned
			if (offset % 16 !== 0) continue;
			this.#found = { offset, bytes: new Uint8Array(Math.min(goNoteReach, range.to - offset)) };
			copy(bytes, start, this.#found);
		}
		this.#carry = Buffer.from(bytes.subarray(Math.max(0, bytes.length - goMagic.length + 1)));
		this.#carryEnd = position + part.length;
	}
}

function copy(chunk: Uint8Array, position: number, window: NoteWindow): void {
	const from = Math.max(position, window.offset);
	const to = Math.min(position + chunk.length, window.offset + window.bytes.length);
	if (from < to) window.bytes.set(chunk.subarray(from - position, to - position), from - window.offset);
}
