import type { Capture, ElfFacts, Mark } from '../model/rootfs.ts';
import { textSearch } from './text-search.ts';

/** Files larger than this are passed over unless a mark says otherwise. */
const defaultMaxBytes = 8 * 1024 * 1024;
/** Different captures of one mark that are kept of one file. */
const maxCaptures = 4;
/** Places of one text whose capture is looked at in one file. */
const maxHits = 4096;

interface Wanted {
	readonly mark: Mark;
	readonly length: number;
	found: boolean;
	hits: number;
	readonly captured: Set<string>;
}

/** Looks for the texts of an interest in one file at a time, whose bytes come in pieces. */
export interface MarkSearch {
	/** Some mark is looked for in libraries too. */
	readonly inLibraries: boolean;
	/** Starts a file; false when no text is looked for in a file of this size. */
	begin(size: number): boolean;
	add(chunk: Uint8Array, position: number): void;
	/** What was found; `executable` is known only when the file was read. */
	finish(executable: boolean): Pick<ElfFacts, 'marks' | 'captures'>;
}

export function markSearch(marks: readonly Mark[]): MarkSearch {
	const all = marks.map((mark): Wanted => ({ mark, length: Buffer.byteLength(mark.text), found: false, hits: 0, captured: new Set() }));
	const search = textSearch(marks.map((mark) => Buffer.from(mark.text)));
	const overlap = Math.max(0, ...all.map((w) => w.length + (w.mark.capture ?? 0)));
	let wanted: ReadonlySet<Wanted> = new Set();
	let carry: Buffer = Buffer.alloc(0);
	let next = 0;
	let end = 0;
	const look = (bytes: Buffer, last: boolean): void => {
		search(bytes, (index, at) => {
			const w = all[index] as Wanted;
			if (wanted.has(w)) take(w, bytes, at + w.length, last);
		});
	};
	return {
		inLibraries: marks.some((mark) => mark.libraries === true),
		begin(size) {
			wanted = new Set(all.filter(({ mark }) => size >= (mark.minBytes ?? 0) && size <= (mark.maxBytes ?? defaultMaxBytes)));
			for (const w of wanted) {
				w.found = false;
				w.hits = 0;
				w.captured.clear();
			}
			carry = Buffer.alloc(0);
			next = 0;
			end = size;
			return wanted.size > 0;
		},
		add(chunk, position) {
			const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
			const seam = position === next && carry.length > 0 ? Buffer.concat([carry, bytes.subarray(0, overlap)]) : undefined;
			const last = position + bytes.length >= end;
			if (seam !== undefined) look(seam, last && bytes.length <= overlap);
			look(bytes, last);
			const tail = seam !== undefined && bytes.length < overlap ? seam : bytes;
			carry = Buffer.from(tail.subarray(Math.max(0, tail.length - overlap)));
			next = position + chunk.length;
		},
		finish: (executable) => result([...wanted].filter((w) => w.found && (executable || w.mark.libraries === true))),
	};
}

/** A text was found that ends at `from`. `last`: nothing follows these bytes. */
function take(wanted: Wanted, bytes: Buffer, from: number, last: boolean): void {
	const { capture } = wanted.mark;
	wanted.found = true;
	wanted.hits += 1;
	if (capture === undefined || wanted.hits > maxHits) return;
	let end = from;
	while (end < bytes.length && end - from < capture && versionCharacter(bytes[end] as number)) end += 1;
	// cut off by the end of the piece: the seam with the next piece holds it whole
	if (end === bytes.length && end - from < capture && !last) return;
	if (end > from && wanted.captured.size < maxCaptures) wanted.captured.add(bytes.toString('latin1', from, end));
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
