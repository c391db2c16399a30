import { FootingError } from '../../model/errors.ts';
import type { HttpResponse } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';

/** A whole body of at most `limit` bytes. @throws FootingError `limit`, `network` */
export async function readBody(response: HttpResponse, limit: number, what: string): Promise<Uint8Array> {
	const encoding = response.headers.get('content-encoding') ?? 'identity';
	if (encoding !== 'identity') {
		await response.cancel();
		throw new FootingError('network', `cannot read ${what}: it comes encoded as ${quote(encoding, 40)}, which was not asked for`);
	}
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of response.body) {
		size += chunk.length;
		if (size > limit) throw new FootingError('limit', `cannot read ${what}: it is larger than the limit of ${limit} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size);
}

/**
 * What a server says about its refusal, ready for a message: the errors of the distribution specification ("Error Codes"),
 * else the beginning of a text. Empty when it says nothing. Reading stops at `limits.errorBody`; what is broken is passed over.
 */
export async function readRefusal(response: HttpResponse): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of response.body) {
			chunks.push(chunk.subarray(0, limits.errorBody - size));
			size += chunk.length;
			if (size >= limits.errorBody) break;
		}
	} catch {
		// the status has said enough
	}
	return refusalText(Buffer.concat(chunks).toString('utf8'), response.headers.get('content-type') ?? '');
}

function refusalText(text: string, type: string): string {
	const said = errorsOf(text) ?? (/json|html|xml/.test(type) ? '' : text.trim());
	return said === '' ? '' : `: ${quote(said.replace(/\s+/g, ' '))}`;
}

function errorsOf(text: string): string | undefined {
	try {
		const { errors, message, details } = JSON.parse(text) as { errors?: unknown; message?: unknown; details?: unknown };
		if (!Array.isArray(errors)) return [message, details].find((said): said is string => typeof said === 'string');
		const parts = errors.slice(0, 3).map((error: { code?: unknown; message?: unknown } | null) => {
			const said = [error?.code, error?.message].filter((part) => typeof part === 'string' && part !== '');
			return said.join(': ');
		});
		return parts.filter((part) => part !== '').join('; ');
	} catch {
		return undefined;
	}
}
