import { createHash } from 'node:crypto';
import type { KnownBase } from '../bases/identify-base.ts';
import type { Host } from '../model/host.ts';
import type { Image } from '../model/image.ts';

/** Names that are kept for one list of layers, the last ones seen. */
const mostNames = 16;
/** Beginnings of an image that are looked up, lowest first. */
const mostLayers = 127;
const form = 1;

/**
 * Which images were read before, by their layers: each is kept in the cache under the digest of its list of diffIDs, so that
 * the beginnings of another image's list find it. Without a cache nothing is known. Several processes may write: what they
 * wrote for the same layers at the same moment, one of them loses, which loses a name and tells nothing wrong.
 */
export async function seenBases(host: Host, { layers, reference }: Image): Promise<readonly KnownBase[]> {
	const diffIds = diffIdsOf(layers);
	if (host.cache === undefined || diffIds === undefined) return [];
	const found: KnownBase[] = [];
	// the whole list is the image itself, or another name of it
	for (let length = 1; length < Math.min(diffIds.length, mostLayers); length += 1) {
		const part = diffIds.slice(0, length);
		for (const seen of await namesOf(host, part)) if (seen.reference !== reference) found.push({ ...seen, diffIds: part });
	}
	return found;
}

/** Keeps an image for those that will stand on it. */
export async function rememberBase(host: Host, reference: string, { layers, digest }: Pick<Image, 'layers' | 'digest'>): Promise<void> {
	const diffIds = diffIdsOf(layers);
	if (host.cache === undefined || diffIds === undefined || diffIds.length === 0 || diffIds.length > mostLayers) return;
	const known = await namesOf(host, diffIds);
	if (known.some((one) => one.reference === reference && one.digest === digest)) return;
	const others = known.filter((one) => one.reference !== reference).slice(-(mostNames - 1));
	await host.cache.put(
		keyOf(diffIds),
		Buffer.from(JSON.stringify([...others, { reference, ...(digest === undefined ? {} : { digest }) }])),
	);
}

function diffIdsOf(layers: Image['layers']): readonly string[] | undefined {
	const all = layers.flatMap(({ diffId }) => (diffId === undefined ? [] : [diffId]));
	return all.length === layers.length ? all : undefined;
}

function keyOf(diffIds: readonly string[]): string {
	return `base ${form}\n${createHash('sha256').update(diffIds.join('\n')).digest('hex')}`;
}

async function namesOf(host: Host, diffIds: readonly string[]): Promise<readonly Omit<KnownBase, 'diffIds'>[]> {
	const bytes = await host.cache?.get(keyOf(diffIds));
	if (bytes === undefined) return [];
	// only what was put there under this key comes back, whole
	return JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly Omit<KnownBase, 'diffIds'>[];
}
