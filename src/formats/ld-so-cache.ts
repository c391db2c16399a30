/** One line of `ldconfig -p`. */
export interface CachedLibrary {
	readonly name: string;
	/** Absolute path, as ldconfig wrote it. */
	readonly path: string;
	/** Only for processors that have more than the least of its architecture (glibc-hwcaps, or the older hwcap bits). */
	readonly special: boolean;
}

const oldMagic = 'ld.so-1.7.0';
const newMagic = 'glibc-ld.so.cache1.1';
const maxEntries = 200_000;

/**
 * /etc/ld.so.cache (glibc, sysdeps/generic/dl-cache.h): the new format, alone or behind the old one. Undefined when it is
 * neither or lies about its size: the loader ignores such a file too. Names in the order of the file.
 */
export function parseLdSoCache(bytes: Uint8Array): readonly CachedLibrary[] | undefined {
	const start = startsWith(bytes, 0, newMagic) ? 0 : behindOldFormat(bytes);
	if (start === undefined || bytes.length < start + 48) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
	const little = isLittle(view);
	const count = view.getUint32(20, little);
	if (count > maxEntries || 48 + count * 24 > view.byteLength) return undefined;
	const found: CachedLibrary[] = [];
	for (let i = 0; i < count; i += 1) {
		const at = 48 + i * 24;
		const name = stringAt(bytes, start + view.getUint32(at + 4, little));
		const path = stringAt(bytes, start + view.getUint32(at + 8, little));
		if (name === undefined || path === undefined) continue;
		const special = view.getUint32(at + 16, little) !== 0 || view.getUint32(at + 20, little) !== 0;
		found.push({ name, path, special });
	}
	return found;
}

/** Byte 28 holds the byte order since glibc 2.33 (2 little, 3 big, 0 not said); before, the number of entries tells. */
function isLittle(view: DataView): boolean {
	const said = view.getUint8(28) & 3;
	if (said === 2 || said === 3) return said === 2;
	return view.getUint32(20, true) <= maxEntries;
}

/** The old format: magic, number of entries, entries of 12 bytes; the new one follows at the next multiple of 8. */
function behindOldFormat(bytes: Uint8Array): number | undefined {
	if (!startsWith(bytes, 0, oldMagic) || bytes.length < 16) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	for (const little of [true, false]) {
		const count = view.getUint32(12, little);
		const at = Math.ceil((16 + count * 12) / 8) * 8;
		if (count <= maxEntries && startsWith(bytes, at, newMagic)) return at;
	}
	return undefined;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
	return bytes.length >= at + text.length && Buffer.from(bytes.buffer, bytes.byteOffset + at, text.length).toString('latin1') === text;
}

function stringAt(bytes: Uint8Array, at: number): string | undefined {
	if (at >= bytes.length) return undefined;
	const end = bytes.indexOf(0, at);
	if (end === -1 || end - at > 4096) return undefined;
	return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1');
}
