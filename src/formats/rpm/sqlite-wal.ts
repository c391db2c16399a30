/**
 * Pages that a write-ahead log has committed (sqlite.org/fileformat2.html, "The Write-Ahead Log"): the frames of the
 * present generation with a right checksum, up to the last one that ends a transaction. A log that is none is empty.
 */
export function applyWal(bytes: Uint8Array, pageSize: number): ReadonlyMap<number, Buffer> {
	const wal = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const committed = new Map<number, Buffer>();
	if (wal.length < 32) return committed;
	const magic = wal.readUInt32BE(0);
	if ((magic & ~1) >>> 0 !== 0x377f0682 || wal.readUInt32BE(8) !== pageSize) return committed;
	const bigEndian = (magic & 1) === 1;
	let sum = checksum(wal.subarray(0, 24), [0, 0], bigEndian);
	if (!sameAt(wal, 24, sum)) return committed;
	let pending: [number, Buffer][] = [];
	for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
		const page = wal.subarray(at + 24, at + 24 + pageSize);
		sum = checksum(page, checksum(wal.subarray(at, at + 8), sum, bigEndian), bigEndian);
		const ofThisGeneration = wal.compare(wal, 16, 24, at + 8, at + 16) === 0;
		if (!ofThisGeneration || !sameAt(wal, at + 16, sum)) break;
		pending.push([wal.readUInt32BE(at), page]);
		if (wal.readUInt32BE(at + 4) === 0) continue;
		for (const [number, body] of pending) committed.set(number, body);
		pending = [];
	}
	return committed;
}

type Sum = readonly [number, number];

function checksum(bytes: Buffer, start: Sum, bigEndian: boolean): Sum {
	let [a, b] = start;
	for (let at = 0; at + 8 <= bytes.length; at += 8) {
		a = (a + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
		b = (b + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
	}
	return [a, b];
}

function sameAt(bytes: Buffer, at: number, sum: Sum): boolean {
	return bytes.readUInt32BE(at) === sum[0] && bytes.readUInt32BE(at + 4) === sum[1];
}
