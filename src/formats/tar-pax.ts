import { FootingError } from '../model/errors.ts';
import { decodePath } from './path-text.ts';

/** A part of a sparse file that is stored; everything between is zeros. Bytes of the expanded file. */
export interface SparseRange {
	readonly offset: number;
	readonly length: number;
}

/** Records of a PAX extended header (POSIX pax, "pax Extended Header"). Values are bytes as text in surrogateescape form. */
export interface PaxRecords {
	readonly values: ReadonlyMap<string, string>;
	readonly xattrs: ReadonlyMap<string, Uint8Array>;
	/** `GNU.sparse.offset` / `numbytes` pairs in order (GNU sparse format 0.0). */
	readonly sparsePairs: readonly string[];
}

const xattrPrefix = 'SCHILY.xattr.';

function broken(why: string): FootingError {
	return new FootingError('bad-tar', `cannot read the archive: malformed PAX header: ${why}`);
}

/** Parses `LENGTH KEY=VALUE\n` records strictly; a later record of the same key wins. */
export function parsePax(bytes: Uint8Array): PaxRecords {
	const values = new Map<string, string>();
	const xattrs = new Map<string, Uint8Array>();
	const sparsePairs: string[] = [];
	for (let at = 0; at < bytes.length; ) {
		if (bytes[at] === 0 && bytes.subarray(at).every((b) => b === 0)) break;
		const end = recordEnd(bytes, at);
		const space = bytes.indexOf(0x20, at);
		const equals = bytes.indexOf(0x3d, space);
		if (equals === -1 || equals >= end - 1) throw broken('a record without "="');
		const key = decodePath(bytes.subarray(space + 1, equals));
		const raw = bytes.subarray(equals + 1, end - 1);
		if (key === '') throw broken('a record without a key');
		if (key.startsWith(xattrPrefix)) xattrs.set(key.slice(xattrPrefix.length), raw.slice());
		else if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') sparsePairs.push(decodePath(raw));
		else values.set(key, decodePath(raw));
		at = end;
	}
	return { values, xattrs, sparsePairs };
}

function recordEnd(bytes: Uint8Array, at: number): number {
	let length = 0;
	let i = at;
	for (; i < bytes.length && bytes[i] !== 0x20; i += 1) {
		const digit = (bytes[i] as number) - 0x30;
		if (digit < 0 || digit > 9 || i - at > 8) throw broken('a length that is not a decimal number');
		length = length * 10 + digit;
	}
	const end = at + length;
	if (i === at || i >= bytes.length || end > bytes.length || end <= i + 1) throw broken('a length beyond the header');
	if (bytes[end - 1] !== 0x0a) throw broken('a record that does not end with a newline');
	return end;
}
