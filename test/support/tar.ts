import { encodePath } from '../../src/formats/path-text.ts';

/** A member of a test archive. `raw` fields overwrite the header after it was filled, before the checksum. */
export interface Member {
	readonly name: string;
	/** Type flag of the header; `0` unless said. */
	readonly flag?: string;
	readonly body?: string | Uint8Array;
	readonly link?: string;
	readonly mode?: number;
	readonly uid?: number;
	readonly gid?: number;
	/** Written in the header instead of the body's length. */
	readonly size?: number;
	readonly pax?: Readonly<Record<string, string | Uint8Array>>;
	readonly magic?: 'ustar' | 'gnu' | 'v7';
	readonly prefix?: string;
	readonly raw?: readonly { readonly at: number; readonly bytes: string | Uint8Array }[];
	/** A wrong checksum when false. */
	readonly checksum?: boolean;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
	return typeof text === 'string' ? encodePath(text) : text;
}

function octal(value: number, length: number): string {
	return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function header(member: Member, size: number): Buffer {
	const block = Buffer.alloc(512);
	const put = (at: number, text: string | Uint8Array): void => block.set(bytesOf(text).subarray(0, 512 - at), at);
	put(0, bytesOf(member.name).subarray(0, 100));
	put(100, octal(member.mode ?? (member.flag === '5' ? 0o755 : 0o644), 8));
	put(108, octal(member.uid ?? 0, 8));
	put(116, octal(member.gid ?? 0, 8));
	put(124, octal(member.size ?? size, 12));
	put(136, octal(0, 12));
	put(156, member.flag ?? '0');
	put(157, bytesOf(member.link ?? '').subarray(0, 100));
	if (member.magic === 'gnu') put(257, 'ustar  \0');
	else if (member.magic !== 'v7') put(257, 'ustar\x0000');
	if (member.prefix !== undefined) put(345, member.prefix);
	for (const { at, bytes } of member.raw ?? []) put(at, bytes);
	block.fill(0x20, 148, 156);
	const sum = block.reduce((a, b) => a + b, 0) + (member.checksum === false ? 1 : 0);
	put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
	return block;
}

function padded(body: Uint8Array): Buffer {
	return Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** One PAX record with its own length in front (POSIX pax). */
export function paxRecord(key: string, value: string | Uint8Array): Uint8Array {
	const rest = Buffer.concat([Buffer.from(` ${key}=`), bytesOf(value), Buffer.from('\n')]);
	let length = rest.length + 1;
	while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
	return Buffer.concat([Buffer.from(String(length)), rest]);
}

/** The bytes of one member: PAX header when asked for, header, padded body. */
export function member(m: Member): Buffer {
	const body = bytesOf(m.body ?? '');
	const parts: Buffer[] = [];
	if (m.pax !== undefined) {
		const records = Buffer.concat(Object.entries(m.pax).map(([k, v]) => paxRecord(k, v)));
		parts.push(header({ name: 'PaxHeader', flag: 'x' }, records.length), padded(records));
	}
	parts.push(header(m, body.length), padded(body));
	return Buffer.concat(parts);
}

/** An archive with `ends` end-of-archive blocks (two unless said). */
export function tar(members: readonly Member[], ends = 2): Buffer {
	return Buffer.concat([...members.map(member), Buffer.alloc(512 * ends)]);
}
