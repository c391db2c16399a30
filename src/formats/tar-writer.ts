/** A member of an archive that we write. */
export interface TarMember {
	/** Relative, at most 100 bytes. */
	readonly name: string;
	/** Absent for a link. */
	readonly body?: Uint8Array;
	readonly link?: string;
	readonly mode?: number;
}

const block = 512;

/** A small ustar archive (POSIX.1-2017 pax, "ustar Interchange Format"), for what we hand to a container engine. */
export function writeTar(members: readonly TarMember[]): Uint8Array {
	const parts = members.flatMap((member) => {
		const body = member.body ?? new Uint8Array();
		const padding = new Uint8Array((block - (body.length % block)) % block);
		return [header(member, body.length), body, padding];
	});
	return Buffer.concat([...parts, new Uint8Array(2 * block)]);
}

function header({ name, link, mode = 0o755 }: TarMember, size: number): Uint8Array {
	if (Buffer.byteLength(name) > 100 || Buffer.byteLength(link ?? '') > 100) throw new RangeError(`the name ${name} is too long`);
	const bytes = Buffer.alloc(block);
	const octal = (value: number, at: number, length: number): void => {
		bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
	};
	bytes.write(name, 0);
	octal(mode, 100, 8);
	octal(0, 108, 8);
	octal(0, 116, 8);
	octal(size, 124, 12);
	octal(0, 136, 12);
	bytes.write(link === undefined ? '0' : '2', 156, 'latin1');
	bytes.write(link ?? '', 157);
	bytes.write('ustar\x0000', 257, 'latin1');
	bytes.fill(' ', 148, 156);
	octal(
		bytes.reduce((sum, byte) => sum + byte, 0),
		148,
		7,
	);
	return bytes;
}
