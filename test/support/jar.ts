import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these files; every second one is deflated. `wide`: with the end records of Zip64. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>, options: { readonly wide?: boolean } = {}): Uint8Array {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [index, [name, content]] of Object.entries(files).entries()) {
		const whole = Buffer.from(content as string);
		const packed = index % 2 === 1 ? deflateRawSync(whole) : whole;
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(index % 2 === 1 ? 8 : 0, 4);
		common.writeUInt32LE(crc32(whole), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(whole.length, 18);
		common.writeUInt16LE(Buffer.byteLength(name), 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		bodies.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed);
		directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, Buffer.from(name));
		offset += 30 + Buffer.byteLength(name) + packed.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(Object.keys(files).length, 8);
	end.writeUInt16LE(Object.keys(files).length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(offset, 16);
	if (options.wide !== true) return Buffer.concat([...bodies, central, end]);
	const wide = Buffer.alloc(76);
	wide.write('PK\x06\x06', 0, 'latin1');
	for (const [at, value] of [
		[4, 44],
		[32, Object.keys(files).length],
		[40, central.length],
		[48, offset],
		[64, offset + central.length],
	] as const)
		wide.writeBigUInt64LE(BigInt(value), at);
	wide.write('PK\x06\x07', 56, 'latin1');
	end.fill(0xff, 8, 20);
	return Buffer.concat([...bodies, central, wide, end]);
}

/** A class file of one version that refers to classes and has texts. */
export function classFile(major: number, classes: readonly string[] = [], texts: readonly string[] = []): Uint8Array {
	const pool: Buffer[] = [];
	const text = (value: string): number => {
		const bytes = Buffer.from(value);
		const head = Buffer.from([1, 0, 0]);
		head.writeUInt16BE(bytes.length, 1);
		return pool.push(Buffer.concat([head, bytes]));
	};
	for (const name of classes) {
		const entry = Buffer.from([7, 0, 0]);
		entry.writeUInt16BE(text(name), 1);
		pool.push(entry);
	}
	for (const value of texts) text(value);
	const head = Buffer.alloc(10);
	head.writeUInt32BE(0xcafebabe);
	head.writeUInt16BE(major, 6);
	head.writeUInt16BE(pool.length + 1, 8);
	return Buffer.concat([head, ...pool]);
}
