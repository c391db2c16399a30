import { createHash } from 'node:crypto';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';

const form = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** OCI image specification, "Digests": matched in full before it becomes a path or part of a URL. */
export function isDigest(text: string): boolean {
	return form.test(text);
}

/** The digest of these bytes by the algorithm of another one (`sha256` unless said). */
export function digestOf(bytes: Uint8Array, like = 'sha256:'): string {
	const algorithm = like.startsWith('sha512:') ? 'sha512' : 'sha256';
	return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** @throws FootingError `size-mismatch`, `digest-mismatch`; `what` is for the message: `the manifest` */
export function checkBytes(bytes: Uint8Array, promised: { readonly digest: string; readonly size?: number }, what: string): void {
	if (promised.size !== undefined && bytes.length !== promised.size) {
		const message = `cannot read ${what}: it has ${bytes.length} bytes, not the ${promised.size} that are promised`;
		throw new FootingError('size-mismatch', message);
	}
	const found = digestOf(bytes, promised.digest);
	if (found !== promised.digest)
		throw new FootingError('digest-mismatch', `cannot read ${what}: its digest is ${found}, not ${quote(promised.digest)}`);
}
