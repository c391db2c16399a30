import { FootingError } from '../model/errors.ts';

/**
 * A numeric field of a tar header: octal digits between spaces and NULs (POSIX pax, ustar interchange format), or
 * base-256 with the top bit of the first byte set (GNU). Never through `Number()` or `parseInt`.
 * @throws FootingError `bad-tar` for anything else, `limit` above 2^53-1
 */
export function headerNumber(block: Uint8Array, start: number, length: number, field: string): number {
	const first = block[start] as number;
	return (first & 0x80) !== 0 ? base256(block, start, length, field) : octal(block, start, length, field);
}

function octal(block: Uint8Array, start: number, length: number, field: string): number {
	const end = start + length;
	let i = start;
	while (i < end && (block[i] === 0x20 || block[i] === 0)) i += 1;
	let value = 0;
	for (; i < end; i += 1) {
		const digit = (block[i] as number) - 0x30;
		if (digit < 0 || digit > 7) break;
		value = value * 8 + digit;
	}
	for (; i < end; i += 1) {
		if (block[i] !== 0x20 && block[i] !== 0)
			throw new FootingError('bad-tar', `cannot read the archive: the field ${field} is not an octal number`);
	}
	return safe(value, field);
}

function base256(block: Uint8Array, start: number, length: number, field: string): number {
	if (((block[start] as number) & 0x40) !== 0) throw new FootingError('bad-tar', `cannot read the archive: the field ${field} is negative`);
	let value = (block[start] as number) & 0x3f;
	for (let i = start + 1; i < start + length; i += 1) {
		value = value * 256 + (block[i] as number);
		if (value > Number.MAX_SAFE_INTEGER) safe(value, field);
	}
	return value;
}

/** A decimal number of a PAX record: digits only. */
export function paxNumber(text: string, field: string): number {
	if (!/^[0-9]{1,20}$/.test(text))
		throw new FootingError('bad-tar', `cannot read the archive: the PAX record ${field} is not a decimal number`);
	let value = 0;
	for (let i = 0; i < text.length; i += 1) value = value * 10 + (text.charCodeAt(i) - 0x30);
	return safe(value, `PAX ${field}`);
}

function safe(value: number, field: string): number {
	if (value > Number.MAX_SAFE_INTEGER) {
		throw new FootingError('limit', `cannot read the archive: the field ${field} is above 2^53-1`);
	}
	return value;
}
