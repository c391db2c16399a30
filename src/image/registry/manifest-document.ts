import { FootingError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import { checkBytes, digestOf, isDigest } from '../digest.ts';
import { documentTypes } from '../manifest.ts';
import { readBody } from './body.ts';
import type { Session } from './session.ts';

/** A manifest or index as the registry keeps it. */
export interface ManifestDocument {
	readonly bytes: Uint8Array;
	/** As declared, when it is one of ours; else empty, and the content tells. */
	readonly mediaType: string;
}

/** Schema 1 is asked for last, so that an image that has nothing else gets a clear answer. */
const accept = [...documentTypes, 'application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.1'].join(', ');

/**
 * @param reference a tag, or a digest, to which the bytes are held
 * @throws FootingError `image-not-found`, `digest-mismatch`, `limit`, `network`, `unauthorized`
 */
export function fetchManifest(session: Session, reference: string, name: string): Promise<ManifestDocument> {
	const what = `the manifest of ${name}`;
	const request = { path: `manifests/${reference}`, accept, doing: `read ${what}`, missing: 'image-not-found' } as const;
	return session.get(request, async ({ response }) => {
		const bytes = await readBody(response, limits.document, what);
		if (isDigest(reference)) checkBytes(bytes, { digest: reference }, what);
		checkHeader(bytes, response.headers.get('docker-content-digest'), what);
		const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
		return { bytes, mediaType: documentTypes.includes(type) ? type : '' };
	});
}

/** Docker-Content-Digest is optional; when it is there it has to be right. */
function checkHeader(bytes: Uint8Array, claimed: string | undefined, what: string): void {
	if (claimed === undefined) return;
	const found = digestOf(bytes, claimed);
	if (found === claimed.trim()) return;
	throw new FootingError('digest-mismatch', `cannot read ${what}: its digest is ${found}, and the registry says ${quote(claimed)}`);
}
