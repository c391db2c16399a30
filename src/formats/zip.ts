import { inflateRawSync } from 'node:zlib';

/** One file of a zip archive. */
export interface ZipEntry {
	readonly name: string;
	/** Bytes when unpacked, as the directory says. */
	readonly size: number;
	readonly compressedSize: number;
	/** 0 stored, 8 deflated. */
	readonly method: number;
	/** Where its local header begins. */
	readonly offset: number;
}

const maxEntries = 200_000;
const endLength = 22;

/**
 * The central directory of a zip archive (APPNOTE.TXT 4.3.12 and 4.3.16), in its order; bytes before the archive are allowed,
 * as in self-starting jars. Undefined when it is not one. Zip64 is read as far as archives of many files need it; encrypted files are not.
 */
export function readZip(bytes: Uint8Array): readonly ZipEntry[] | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const directory = directoryOf(view);
	if (directory === undefined) return undefined;
	const { start, end, count, shift } = directory;
	const entries: ZipEntry[] = [];
	for (let at = start, i = 0; i < Math.min(count, maxEntries) && at + 46 <= end; i += 1) {
		if (view.getUint32(at, true) !== 0x02014b50) break;
		const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
		if (at + 46 + nameLength > end) break;
		const encrypted = (view.getUint16(at + 8, true) & 1) !== 0;
		if (!encrypted)
			entries.push({
				name: Buffer.from(bytes.buffer, bytes.byteOffset + at + 46, nameLength).toString('utf8'),
				method: view.getUint16(at + 10, true),
				compressedSize: view.getUint32(at + 20, true),
				size: view.getUint32(at + 24, true),
				offset: view.getUint32(at + 42, true) + shift,
			});
		at += 46 + nameLength + extra + comment;
	}
	return entries;
}

interface Directory {
	readonly start: number;
	readonly end: number;
	readonly count: number;
	/** Bytes before the archive: offsets are counted behind them. */
	readonly shift: number;
}

function directoryOf(view: DataView): Directory | undefined {
	const last = endRecord(view);
	if (last === undefined) return undefined;
	const wide =
		view.getUint16(last + 10, true) === 0xffff || view.getUint32(last + 16, true) === 0xffffffff ? wideEnd(view, last) : undefined;
	const end = wide?.end ?? last;
	const size = wide?.size ?? view.getUint32(last + 12, true);
	const offset = wide?.offset ?? view.getUint32(last + 16, true);
	const start = end - size;
	return start < 0 || offset > start
		? undefined
		: { start, end, count: wide?.count ?? view.getUint16(last + 10, true), shift: start - offset };
}

/** The Zip64 end record (APPNOTE.TXT 4.3.14), which lies with its locator before the end record. */
function wideEnd(
	view: DataView,
	last: number,
): { readonly end: number; readonly size: number; readonly offset: number; readonly count: number } | undefined {
	const end = last - 20 - 56;
	if (end < 0 || view.getUint32(last - 20, true) !== 0x07064b50 || view.getUint32(end, true) !== 0x06064b50) return undefined;
	const [count, size, offset] = [32, 40, 48].map((at) => Number(view.getBigUint64(end + at, true))) as [number, number, number];
	return { end, count, size, offset };
}

/** The last end record whose comment reaches to the end of the file. */
function endRecord(view: DataView): number | undefined {
	const last = view.byteLength - endLength;
	for (let at = last; at >= Math.max(0, last - 65535); at -= 1)
		if (view.getUint32(at, true) === 0x06054b50 && at + endLength + view.getUint16(at + 20, true) <= view.byteLength) return at;
	return undefined;
}

/** The bytes of a file; undefined when they are damaged, packed in another way, or more than `limit`. */
export function unzip(bytes: Uint8Array, entry: ZipEntry, limit: number): Uint8Array | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (entry.size > limit || entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== 0x04034b50) return undefined;
	const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
	const packed = bytes.subarray(start, start + entry.compressedSize);
	if (packed.length !== entry.compressedSize) return undefined;
	if (entry.method === 0) return packed.length <= limit ? packed : undefined;
	if (entry.method !== 8) return undefined;
	try {
		return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(limit, entry.size)) });
	} catch {
		return undefined;
	}
}
