import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which build of Footing this is: the digest of the sources that it was compiled from, which the build leaves beside what it
 * makes. Times of files would not do, installers may set them all alike. Undefined when nobody left it.
 */
export function buildIdentity(): string | undefined {
	try {
		const text = readFileSync(join(import.meta.dirname, '..', '.built-from'), 'latin1').trim();
		return /^[0-9a-f]{64}$/.test(text) ? text : undefined;
	} catch {
		return undefined;
	}
}
