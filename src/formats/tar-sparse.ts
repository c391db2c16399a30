import { FootingError } from '../model/errors.ts';
import { headerNumber, paxNumber } from './tar-numbers.ts';
import type { PaxRecords, SparseRange } from './tar-pax.ts';

const maxRanges = 1_000_000;

function broken(why: string): FootingError {
	return new FootingError('bad-tar', `cannot read the archive: malformed sparse file: ${why}`);
}

/** Ranges must be in order, must not overlap and must lie inside the file. */
export function checkSparse(ranges: readonly SparseRange[], realSize: number, stored: number): void {
	let last = 0;
	let total = 0;
	for (const range of ranges) {
		if (range.offset < last || range.offset + range.length > realSize) throw broken('ranges overlap or leave the file');
		last = range.offset + range.length;
		total += range.length;
	}
	if (total !== stored) throw broken('the ranges do not add up to what is stored');
}

/** GNU sparse formats 0.0 and 0.1, whose map is in the PAX header. */
export function sparseOfPax(pax: PaxRecords): SparseRange[] | undefined {
	const map = pax.values.get('GNU.sparse.map');
	if (map === undefined && pax.sparsePairs.length === 0) return undefined;
	const numbers = map === undefined ? pax.sparsePairs : map === '' ? [] : map.split(',');
	if (numbers.length % 2 !== 0 || numbers.length > maxRanges * 2) throw broken('an odd number of figures in its map');
	const ranges: SparseRange[] = [];
	for (let i = 0; i < numbers.length; i += 2) {
		ranges.push({ offset: paxNumber(numbers[i] as string, 'sparse map'), length: paxNumber(numbers[i + 1] as string, 'sparse map') });
	}
	return ranges;
}

/**
 * GNU sparse format 1.0: decimal lines at the start of the body, padded to 512 bytes. Returns undefined while more bytes
 * are needed; `bytes` is how much of the body the map takes.
 */
export function sparseOfBody(body: Uint8Array): { readonly ranges: SparseRange[]; readonly bytes: number } | undefined {
	let at = 0;
	const line = (): number | undefined => {
		const end = body.indexOf(0x0a, at);
		if (end === -1) {
			if (body.length - at > 24) throw broken('its map is not made of decimal lines');
			return undefined;
		}
		const value = paxNumber(Buffer.from(body.subarray(at, end)).toString('latin1'), 'sparse map');
		at = end + 1;
		return value;
	};
	const count = line();
	if (count === undefined) return undefined;
	if (count > maxRanges) throw new FootingError('limit', `cannot read the archive: a sparse file of ${count} ranges`);
	const ranges: SparseRange[] = [];
	for (let i = 0; i < count; i += 1) {
		const offset = line();
		const length = offset === undefined ? undefined : line();
		if (offset === undefined || length === undefined) return undefined;
		ranges.push({ offset, length });
	}
	return { ranges, bytes: Math.ceil(at / 512) * 512 };
}

/** Old GNU format: 4 ranges in the header at 386, 21 in each extension block. Returns whether another block follows. */
export function sparseOfBlock(block: Uint8Array, extension: boolean, ranges: SparseRange[]): boolean {
	const start = extension ? 0 : 386;
	const slots = extension ? 21 : 4;
	for (let i = 0; i < slots; i += 1) {
		const at = start + i * 24;
		if (block[at] === 0) break;
		ranges.push({ offset: headerNumber(block, at, 12, 'sparse offset'), length: headerNumber(block, at + 12, 12, 'sparse length') });
		if (ranges.length > maxRanges)
			throw new FootingError('limit', `cannot read the archive: a sparse file of more than ${maxRanges} ranges`);
	}
	return block[start + slots * 24] !== 0;
}
