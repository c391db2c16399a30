import type { Capture, ElfFacts, Mark } from '../model/rootfs.ts';

/** Files larger than this are passed over unless a mark says otherwise. */
const defaultMaxBytes = 8 * 1024 * 1024;
/** Different captures of one mark that are kept of one file. */
const maxCaptures = 4;
/** Places of one text that are looked at in one file. */
const maxHits = 4096;

interface Wanted {
	readonly mark: Mark;
	readonly bytes: Buffer;
	found: boolean;
	hits: number;
	readonly captured: Set<string>;
}

/** Looks for the texts of an interest in one file at a time, whose bytes come in pieces. */
export interface MarkSearch {
	/** Starts a file; false when no text is looked for in a file of this size. */
	begin(size: number): boolean;
	add(chunk: Uint8Array, position: number): void;
	/** What was found; `executable` is known only when the file was read. */
	finish(executable: boolean): Pick<ElfFacts, 'marks' | 'captures'>;
}

export function markSearch(marks: readonly Mark[]): MarkSearch {
	const all = marks.map((mark): Wanted => ({ mark, bytes: Buffer.from(mark.text), found: false, hits: 0, captured: new Set() }));
	const overlap = Math.max(0, ...all.map((w) => w.bytes.length + (w.mark.capture ?? 0)));
	let wanted: readonly Wanted[] = [];
	let carry: Buffer = Buffer.alloc(0);
	let next = 0;
	let end = 0;
	return {
		begin(size) {
			wanted = all.filter(({ mark }) => size >= (mark.minBytes ?? 0) && size <= (mark.maxBytes ?? defaultMaxBytes));
			for (const w of wanted) {
				w.found = false;
				w.hits = 0;
				w.captured.clear();
			}
			carry = Buffer.alloc(0);
			next = 0;
			end = size;
			return wanted.length > 0;
		},
		add(chunk, position) {
			const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
			const seam = position === next && carry.length > 0 ? Buffer.concat([carry, bytes.subarray(0, overlap)]) : undefined;
			const last = position + bytes.length >= end;
			for (const w of wanted) {
				if (seam !== undefined) search(w, seam, last && bytes.length <= overlap);
				search(w, bytes, last);
			}
			const tail = seam !== undefined && bytes.length < overlap ? seam : bytes;
			carry = Buffer.from(tail.subarray(Math.max(0, tail.length - overlap)));
			next = position + chunk.length;
		},
		finish: (executable) => result(wanted.filter((w) => w.found && (executable || w.mark.libraries === true))),
	};
}

/** `last`: nothing follows these bytes. */
function search(wanted: Wanted, bytes: Buffer, last: boolean): void {
	const { capture } = wanted.mark;
	if (capture === undefined && wanted.found) return;
	for (let at = bytes.indexOf(wanted.bytes); at !== -1; at = bytes.indexOf(wanted.bytes, at + 1)) {
		wanted.found = true;
		wanted.hits += 1;
		if (capture === undefined || wanted.hits > maxHits) return;
		const from = at + wanted.bytes.length;
		let end = from;
		while (end < bytes.length && end - from < capture && versionCharacter(bytes[end] as number)) end += 1;
		// cut off by the end of the piece: the seam with the next piece holds it whole
		if (end === bytes.length && end - from < capture && !last) continue;
		if (end > from && wanted.captured.size < maxCaptures) wanted.captured.add(bytes.toString('latin1', from, end));
	}
}

/** `0-9 A-Z a-z . + - _ ~` */
function versionCharacter(c: number): boolean {
	const letter = (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;
	return letter || (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2b || c === 0x2d || c === 0x5f || c === 0x7e;
}

function result(found: readonly Wanted[]): Pick<ElfFacts, 'marks' | 'captures'> {
	const captures = found.flatMap((w) => [...w.captured].map((text): Capture => ({ name: w.mark.name, text })));
	return { marks: [...new Set(found.map((w) => w.mark.name))], ...(captures.length === 0 ? {} : { captures }) };
}
