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
 * as in self-starting jars. Undefined when it is not one. Zip64 archives and encrypted files are not read.
 */
export function readZip(bytes: Uint8Array): readonly ZipEntry[] | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const end = endRecord(view);
	if (end === undefined) return undefined;
	const count = view.getUint16(end + 10, true);
	const size = view.getUint32(end + 12, true);
	const start = end - size;
	const shift = start - view.getUint32(end + 16, true);
	if (start < 0 || shift < 0) return undefined;
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
