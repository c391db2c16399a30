import { FootingError } from '../model/errors.ts';
import { compressionOf, decompressor } from './decompress.ts';

/**
 * A small file that is compressed as a whole, whichever way its first bytes say.
 * @throws FootingError `limit` when more than `limit` bytes come out, `truncated` or `bad-compression` when it is not whole
 */
export async function unpackWhole(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let size = 0;
	const inner = decompressor(compressionOf(bytes), (chunk) => {
		size += chunk.length;
		if (size > limit) throw new FootingError('limit', `cannot decompress: more than the limit of ${limit} bytes`);
		parts.push(Uint8Array.from(chunk));
	});
	try {
		await inner.write(bytes);
		await inner.end();
	} finally {
		inner.close();
	}
	return Buffer.concat(parts);
}
