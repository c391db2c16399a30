import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import { digestOf } from '../digest.ts';
import { documentTypes } from '../manifest.ts';
import { type ImageName, nameText } from '../reference.ts';
import type { Descriptor, OciImage, OpenOptions } from '../source.ts';
import { readBlob } from './blob.ts';
import { endpointsFor } from './endpoint.ts';
import { tryEach } from './fall-back.ts';
import type { Asking } from './follow.ts';
import { fetchManifest, type ManifestDocument } from './manifest-document.ts';
import { createSession, type Session } from './session.ts';

/** Milliseconds without a byte. */
const idleTimeout = 30_000;

/**
 * An image in a registry (OCI distribution specification 1.1): what its tag or digest points to is fetched now, the rest when
 * it is asked for. Mirrors are asked first. `close` ends every transfer.
 * @throws FootingError `image-not-found`, `unauthorized`, `credentials`, `network`, `digest-mismatch`, `limit`
 */
export async function openRegistryImage(host: Host, name: ImageName, options: OpenOptions): Promise<OciImage> {
	const closing = new AbortController();
	const offline = options.offline === true;
	const asking: Asking = { host, offline, timeoutMs: options.timeoutMs ?? idleTimeout, signal: closing.signal };
	const sessions = endpointsFor(name, options.mirrors ?? [], offline).map((endpoint) => createSession(asking, endpoint));
	if (sessions.length === 0)
		throw new FootingError('network', `cannot read ${quote(nameText(name))} from its registry: --offline asks this machine only`);
	const wanted = name.digest ?? name.tag ?? 'latest';
	const { session, document } = await firstManifest(sessions, wanted, nameText(name));
	const root: Descriptor = {
		mediaType: document.mediaType,
		digest: name.digest ?? digestOf(document.bytes),
		size: document.bytes.length,
		annotations: new Map(),
	};
	return {
		form: 'oci',
		roots: [root],
		...reader([session, ...sessions.filter((other) => other !== session)], root, document.bytes),
		problems: [],
		close: async () => closing.abort(new FootingError('network', `cannot go on reading ${quote(nameText(name))}: it was closed`)),
	};
}

interface Fetched {
	readonly session: Session;
	readonly document: ManifestDocument;
}

async function firstManifest(sessions: readonly Session[], reference: string, name: string): Promise<Fetched> {
	const first = tryEach(sessions, async function* (session): AsyncGenerator<Fetched> {
		yield { session, document: await fetchManifest(session, reference, quote(name)) };
	});
	return (await first.next()).value as Fetched;
}

/** The server that had the manifest is asked first for all that it names. */
function reader(sessions: readonly Session[], root: Descriptor, rootBytes: Uint8Array): Pick<OciImage, 'document' | 'layer'> {
	return {
		async document(descriptor) {
			if (descriptor.digest === root.digest) return rootBytes;
			if (documentTypes.includes(descriptor.mediaType)) return manifestOf(sessions, descriptor);
			if (descriptor.mediaType === '') return untyped(sessions, descriptor);
			return wholeBlob(sessions, descriptor);
		},
		layer: async (descriptor) => ({
			kind: 'stream',
			open: () => readBlob(sessions, { digest: descriptor.digest, size: descriptor.size, name: `layer ${descriptor.digest}` }),
		}),
	};
}

async function manifestOf(sessions: readonly Session[], descriptor: Descriptor): Promise<Uint8Array> {
	return (await firstManifest(sessions, descriptor.digest, descriptor.digest)).document.bytes;
}

/** Registries keep manifests and blobs apart; a descriptor without a type may be either. */
async function untyped(sessions: readonly Session[], descriptor: Descriptor): Promise<Uint8Array> {
	try {
		return await manifestOf(sessions, descriptor);
	} catch (error) {
		if (error instanceof FootingError && error.code === 'image-not-found') return wholeBlob(sessions, descriptor);
		throw error;
	}
}

/** A blob of at most `limits.document`, which the opener sees to. */
async function wholeBlob(sessions: readonly Session[], descriptor: Descriptor): Promise<Uint8Array> {
	const { digest, size } = descriptor;
	const chunks: Uint8Array[] = [];
	for await (const chunk of readBlob(sessions, { digest, size, name: `the document ${digest}` })) chunks.push(chunk);
	return Buffer.concat(chunks, size);
}
