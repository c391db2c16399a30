import { FootingError } from '../../model/errors.ts';

const magic = { file: 'RpmP', slot: 'Slot', blob: 'BlbS' } as const;
const pageSize = 4096;
const slotSize = 16;
const blockSize = 16;

/**
 * Package headers of rpm's own database format (`Packages.db`, rpm's lib/backend/ndb/rpmpkg.c): pages of slots, each with
 * the place of one blob in blocks of 16 bytes; little endian.
 * @throws FootingError `bad-rpmdb`
 */
export function readNdb(bytes: Uint8Array): readonly Uint8Array[] {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	if (file.length < pageSize || file.toString('latin1', 0, 4) !== magic.file) throw bad('it does not begin as one');
	const pages = file.readUInt32LE(12);
	if (pages === 0 || pages * pageSize > file.length) throw bad('its slots are not in the file');
	const blobs: Uint8Array[] = [];
	let taken = 0;
	// the file's own header has the room of two slots
	for (let at = 2 * slotSize; at < pages * pageSize; at += slotSize) {
		if (file.toString('latin1', at, at + 4) !== magic.slot) throw bad('a slot is broken');
		const block = file.readUInt32LE(at + 8);
		if (block === 0) continue;
		const found = blob(file, file.readUInt32LE(at + 4), block * blockSize);
		taken += found.length;
		if (taken > file.length) throw bad('its packages are larger than the file');
		blobs.push(found);
	}
	return blobs;
}

function blob(file: Buffer, index: number, at: number): Uint8Array {
	if (at + 16 > file.length || file.toString('latin1', at, at + 4) !== magic.blob) throw bad(`package ${index} is not where its slot says`);
	const length = file.readUInt32LE(at + 12);
	if (file.readUInt32LE(at + 4) !== index || at + 16 + length > file.length) throw bad(`package ${index} is cut`);
	return file.subarray(at + 16, at + 16 + length);
}

function bad(why: string): FootingError {
	return new FootingError('bad-rpmdb', `cannot read the rpm package database: ${why}`);
}
