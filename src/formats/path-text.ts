/**
 * Names in images are bytes. As strings they are UTF-8 with each stray byte 0xNN held as the lone surrogate U+DCNN
 * (the "surrogateescape" of PEP 383), so that nothing is lost and equal bytes are equal strings.
 */
export function decodePath(bytes: Uint8Array): string {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let ascii = true;
	for (let i = 0; i < bytes.length; i += 1) {
		if ((bytes[i] as number) >= 0x80) {
			ascii = false;
			break;
		}
	}
	if (ascii) return buffer.toString('latin1');
	const text = buffer.toString('utf8');
	return text.includes('\ufffd') || text.includes('\ufeff') ? escapeStray(buffer) : text;
}

export function encodePath(text: string): Uint8Array {
	if (!/[\udc80-\udcff]/.test(text)) return Buffer.from(text, 'utf8');
	const parts: Buffer[] = [];
	let from = 0;
	for (let i = 0; i < text.length; i += 1) {
		const unit = text.charCodeAt(i);
		const before = i === 0 ? 0 : text.charCodeAt(i - 1);
		const paired = before >= 0xd800 && before <= 0xdbff;
		if (unit < 0xdc80 || unit > 0xdcff || paired) continue;
		parts.push(Buffer.from(text.slice(from, i), 'utf8'), Buffer.of(unit - 0xdc00));
		from = i + 1;
	}
	parts.push(Buffer.from(text.slice(from), 'utf8'));
	return Buffer.concat(parts);
}

function escapeStray(bytes: Buffer): string {
	let text = '';
	for (let i = 0; i < bytes.length; ) {
		const length = sequenceLength(bytes, i);
		if (length === 0) {
			text += String.fromCharCode(0xdc00 + (bytes[i] as number));
			i += 1;
		} else {
			text += bytes.toString('utf8', i, i + length);
			i += length;
		}
	}
	return text;
}

/** Length of the well-formed UTF-8 sequence at `i` (Unicode, table 3-7), 0 when there is none. */
function sequenceLength(bytes: Uint8Array, i: number): number {
	const a = bytes[i] as number;
	const b = bytes[i + 1] ?? 0;
	if (a < 0x80) return 1;
	if (a >= 0xc2 && a <= 0xdf) return tail(b) ? 2 : 0;
	const c = bytes[i + 2] ?? 0;
	if (a >= 0xe0 && a <= 0xef) {
		const low = a === 0xe0 ? 0xa0 : 0x80;
		const high = a === 0xed ? 0x9f : 0xbf;
		return b >= low && b <= high && tail(c) ? 3 : 0;
	}
	if (a >= 0xf0 && a <= 0xf4) {
		const low = a === 0xf0 ? 0x90 : 0x80;
		const high = a === 0xf4 ? 0x8f : 0xbf;
		return b >= low && b <= high && tail(c) && tail(bytes[i + 3] ?? 0) ? 4 : 0;
	}
	return 0;
}

function tail(byte: number): boolean {
	return (byte & 0xc0) === 0x80;
}
