import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { EntryType } from '../model/rootfs.ts';
import { decodePath } from './path-text.ts';
import { headerNumber, paxNumber } from './tar-numbers.ts';

/** POSIX pax, "ustar Interchange Format", typeflag; `S` is GNU's sparse file. */
export const entryTypes: Readonly<Record<string, EntryType | 'hardlink'>> = {
	'\0': 'file',
	'0': 'file',
	'7': 'file',
	S: 'file',
	'1': 'hardlink',
	'2': 'symlink',
	'3': 'character-device',
	'4': 'block-device',
	'5': 'directory',
	'6': 'fifo',
};

/** Bytes up to the next block of 512. */
export function padding(size: number): number {
	return (512 - (size % 512)) % 512;
}

/** The sums of a header's bytes, its checksum field taken as spaces; historic writers added signed bytes. */
export function checksums(block: Uint8Array): { readonly unsigned: number; readonly signed: number; readonly zero: boolean } {
	let unsigned = 256;
	let high = 0;
	let any = 0;
	for (let i = 0; i < 512; i += 1) {
		const byte = block[i] as number;
		any |= byte;
		if (i >= 148 && i < 156) continue;
		unsigned += byte;
		if (byte > 127) high += 1;
	}
	return { unsigned, signed: unsigned - 256 * high, zero: any === 0 };
}

/** Undefined when the field is not a number: then this is no header. */
export function storedChecksum(block: Uint8Array): number | undefined {
	try {
		return headerNumber(block, 148, 8, 'checksum');
	} catch {
		return undefined;
	}
}

/** A text field, up to its NUL. */
export function fieldText(block: Uint8Array, start: number, length: number): string {
	let end = start;
	while (end < start + length && block[end] !== 0) end += 1;
	return decodePath(block.subarray(start, end));
}

/** POSIX ustar has a prefix field; in GNU archives the same bytes hold times. */
export function headerName(block: Uint8Array): string {
	const name = fieldText(block, 0, 100);
	const ustar = block[257] === 0x75 && block[258] === 0x73 && block[259] === 0x74 && block[260] === 0x61 && block[261] === 0x72;
	if (!ustar || block[262] !== 0 || block[345] === 0) return name;
	return `${fieldText(block, 345, 155)}/${name}`;
}

/** @throws FootingError `limit`, `bad-tar` for a name with a NUL */
export function checkedName(name: string): string {
	if (name.length > limits.path)
		throw new FootingError('limit', `cannot read the archive: a name of ${name.length} characters; the limit is ${limits.path}`);
	if (name.includes('\0')) throw new FootingError('bad-tar', 'cannot read the archive: a name with a NUL in it');
	return name;
}

/** A uid or gid: the PAX record wins over the header. */
export function idOf(pax: string | undefined, block: Uint8Array, start: number, field: string): number {
	return pax === undefined ? headerNumber(block, start, 8, field) : paxNumber(pax, field);
}
