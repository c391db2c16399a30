import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Platform } from '../model/platform.ts';
import { quote } from '../model/quote.ts';
import { parseConfig } from './config.ts';
import { checkBytes } from './digest.ts';
import { type Index, isIndexType, type Manifest, parseManifest } from './manifest.ts';
import { defaultPlatform, platformMatch, platformText } from './platform.ts';
import type { Descriptor, OciImage } from './source.ts';

/** Manifests and indexes that are read to find one platform; a real index needs two or three. */
const maxDocuments = 64;

/** A manifest that may be the one; read already when only that could tell what it is. */
interface Candidate {
	readonly descriptor: Descriptor;
	readonly manifest?: Manifest;
}

export interface Chosen {
	readonly descriptor: Descriptor;
	readonly manifest: Manifest;
	/** Annotations of the indexes on the way and of the manifest, the nearer ones winning. */
	readonly annotations: ReadonlyMap<string, string>;
}

/** A document whose digest and size are what the descriptor promises. */
export async function verifiedDocument(found: OciImage, descriptor: Descriptor, what: string): Promise<Uint8Array> {
	if (descriptor.size > limits.document)
		throw new FootingError('limit', `cannot read ${what}: ${descriptor.size} bytes are more than the limit of ${limits.document}`);
	const bytes = await found.document(descriptor);
	checkBytes(bytes, descriptor, what);
	return bytes;
}

/**
 * The manifest of the wanted platform. Indexes are followed, attestations passed over. Without a wish the platform of
 * this machine is taken, or the only one there is.
 * @throws FootingError `no-platform` with what there is, `not-an-image`, `bad-manifest`, `digest-mismatch` …
 */
export async function chooseManifest(found: OciImage, wish: Platform | undefined, name: string): Promise<Chosen> {
	const search = new Search(found);
	await search.expand(found.roots, 0);
	const images = search.candidates.filter((candidate) => !isAttestation(candidate.descriptor));
	if (images.length === 0) throw new FootingError('not-an-image', `cannot open ${quote(name)}: it lists no image`);
	const chosen = await pick(search, images, wish, name);
	const manifest = chosen.manifest ?? (await search.manifest(chosen.descriptor));
	return { descriptor: chosen.descriptor, manifest, annotations: new Map([...search.annotations, ...manifest.annotations]) };
}

class Search {
	readonly candidates: Candidate[] = [];
	readonly annotations = new Map<string, string>();
	readonly #found: OciImage;
	#documents = 0;

	constructor(found: OciImage) {
		this.#found = found;
	}

	/** Gathers the manifests below these descriptors. One whose type is not declared is read to see what it is. */
	async expand(descriptors: readonly Descriptor[], depth: number): Promise<void> {
		if (depth > limits.indexNesting)
			throw new FootingError('limit', `cannot open the image: indexes are nested deeper than ${limits.indexNesting}`);
		for (const descriptor of descriptors) {
			const alone = descriptors.length === 1 && depth === 0;
			if (!alone && !isIndexType(descriptor.mediaType)) {
				this.candidates.push({ descriptor });
				continue;
			}
			const document = await this.#read(descriptor);
			if (document.type === 'manifest') this.candidates.push({ descriptor, manifest: document });
			else {
				for (const [key, value] of document.annotations) this.annotations.set(key, value);
				await this.expand(document.manifests, depth + 1);
			}
		}
	}

	async manifest(descriptor: Descriptor): Promise<Manifest> {
		const document = await this.#read(descriptor);
		if (document.type === 'manifest') return document;
		throw new FootingError('bad-manifest', `cannot open the image: ${descriptor.digest} is an index where a manifest is declared`);
	}

	async platform(candidate: Candidate): Promise<Platform | undefined> {
		if (candidate.descriptor.platform !== undefined) return candidate.descriptor.platform;
		const manifest = candidate.manifest ?? (await this.manifest(candidate.descriptor));
		if (!isImageConfig(manifest.config.mediaType)) return undefined;
		this.#count();
		return parseConfig(await verifiedDocument(this.#found, manifest.config, 'the image configuration')).platform;
	}

	async #read(descriptor: Descriptor): Promise<Manifest | Index> {
		this.#count();
		const what = `the manifest ${descriptor.digest}`;
		return parseManifest(await verifiedDocument(this.#found, descriptor, what), descriptor.mediaType, what);
	}

	#count(): void {
		this.#documents += 1;
		if (this.#documents > maxDocuments)
			throw new FootingError('limit', `cannot open the image: more than ${maxDocuments} documents to choose from; name a digest`);
	}
}

async function pick(search: Search, images: readonly Candidate[], wish: Platform | undefined, name: string): Promise<Candidate> {
	const [only] = images;
	if (images.length === 1 && only !== undefined && wish === undefined) return only;
	const wanted = wish ?? defaultPlatform();
	const declared = best(
		images.map((candidate) => ({ candidate, platform: candidate.descriptor.platform })),
		wanted,
	);
	if (declared !== undefined) return declared;
	const seen: { candidate: Candidate; platform: Platform | undefined }[] = [];
	for (const candidate of images) seen.push({ candidate, platform: await search.platform(candidate) });
	const found = best(seen, wanted);
	if (found !== undefined) return found;
	const runnable = seen.filter((s) => s.platform !== undefined);
	if (wish === undefined && runnable.length === 1) return (runnable[0] as { readonly candidate: Candidate }).candidate;
	if (runnable.length === 0) throw new FootingError('not-an-image', `cannot open ${quote(name)}: it lists no image`);
	throw noPlatform(
		name,
		wanted,
		runnable.map((s) => s.platform as Platform),
	);
}

function best(
	offers: readonly { readonly candidate: Candidate; readonly platform: Platform | undefined }[],
	wish: Platform,
): Candidate | undefined {
	let found: { readonly candidate: Candidate; readonly rank: number } | undefined;
	for (const { candidate, platform } of offers) {
		const rank = platform === undefined ? undefined : platformMatch(platform, wish);
		if (rank !== undefined && (found === undefined || rank > found.rank)) found = { candidate, rank };
	}
	return found?.candidate;
}

/** @returns the error `no-platform`, with what there is instead */
export function noPlatform(name: string, wanted: Platform, offered: readonly Platform[]): FootingError {
	const list = [...new Set(offered.map(platformText))].sort();
	const shown = list.slice(0, 20).map((text) => quote(text, 60));
	const more = list.length > shown.length ? ` and ${list.length - shown.length} more` : '';
	return new FootingError(
		'no-platform',
		`cannot open ${quote(name)} for ${quote(platformText(wanted))}: there is ${shown.join(', ')}${more}`,
	);
}

/** BuildKit lists its attestations beside the images they speak of. */
function isAttestation(descriptor: Descriptor): boolean {
	const { platform, annotations } = descriptor;
	return annotations.has('vnd.docker.reference.type') || (platform?.os === 'unknown' && platform.architecture === 'unknown');
}

const configTypes: ReadonlySet<string> = new Set([
	'application/vnd.oci.image.config.v1+json',
	'application/vnd.docker.container.image.v1+json',
	'application/octet-stream',
	'',
]);

/** What else a configuration may be (a chart, a signature, a module) is no container image. */
export function isImageConfig(mediaType: string): boolean {
	return configTypes.has(mediaType);
}
