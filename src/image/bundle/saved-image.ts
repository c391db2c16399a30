import { FootingError } from '../../model/errors.ts';
import type { Disk } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import type { Platform } from '../../model/platform.ts';
import type { Problem } from '../../model/problem.ts';
import { quote } from '../../model/quote.ts';
import { noPlatform } from '../choose-manifest.ts';
import { parseConfig } from '../config.ts';
import { checkBytes, digestOf, isDigest } from '../digest.ts';
import { asObject, broken, type DocumentKind, listField, parseJson, textField, typeName } from '../json-document.ts';
import { parseManifest } from '../manifest.ts';
import { defaultPlatform, platformMatch } from '../platform.ts';
import type { Descriptor, FoundImage, SavedImage } from '../source.ts';
import { normalName } from './archive.ts';
import { type Bundle, type FilePlace, readPlace } from './bundle.ts';
import { blobName, isLayout, ociImageOf, readIndex } from './oci-layout.ts';
import { sameName } from './same-name.ts';

/** One image of `manifest.json` ("docker save"). */
interface Saved {
	readonly config: string;
	readonly tags: readonly string[];
	readonly layers: readonly string[];
}

/** Platforms of one image that are looked at, and documents of an index beside `manifest.json`. */
const maxDocuments = 64;

export async function isSaved(bundle: Bundle): Promise<boolean> {
	return (await bundle.place('manifest.json')) !== undefined;
}

/**
 * The archive that "docker save" writes. `manifest.json` says what is in it, as for "docker load"; newer engines write an
 * OCI layout around the same blobs, whose manifest is then used.
 * @throws FootingError `bad-archive`, `ambiguous-reference`, `image-not-found`, `blob-missing`, `path-escape` …
 */
export async function savedImage(
	disk: Disk,
	bundle: Bundle,
	name: string | undefined,
	platform: Platform | undefined,
): Promise<FoundImage> {
	const entries = await readEntries(disk, bundle);
	const saved = await select(disk, bundle, entries, name, platform);
	const config = await readConfig(disk, bundle, saved.config);
	const problems: Problem[] = [];
	if (await isLayout(bundle)) {
		const root = await sameInLayout(disk, bundle, digestOf(config), saved.layers.length).catch((error: unknown) => {
			if (error instanceof FootingError) return undefined;
			throw error;
		});
		if (root !== undefined) return ociImageOf(disk, bundle, [root]);
		const message = 'index.json does not list the image that manifest.json describes; the latter is read, as "docker load" does';
		problems.push({ code: 'archive-disagrees', where: 'index.json', message });
	}
	const layers: SavedImage['layers'][number][] = [];
	for (const layer of saved.layers) layers.push(layerOf(layer, await member(bundle, layer)));
	const configDigest = promisedDigest(saved.config);
	return {
		form: 'saved',
		config,
		...(configDigest === undefined ? {} : { configDigest }),
		layers,
		problems,
		close: () => bundle.close(),
	};
}

async function readEntries(disk: Disk, bundle: Bundle): Promise<readonly Saved[]> {
	const what = `manifest.json of ${bundle.where}`;
	const kind: DocumentKind = { what, code: 'bad-archive' };
	const place = await member(bundle, 'manifest.json');
	const value = parseJson(await readPlace(disk, place, limits.document, what), kind);
	if (!Array.isArray(value)) throw broken(kind, `it holds ${typeName(value)}, not a list`);
	if (value.length === 0) throw new FootingError('image-not-found', `cannot open ${bundle.where}: it lists no image`);
	return value.map((item) => parseEntry(item, kind));
}

function parseEntry(item: unknown, kind: DocumentKind): Saved {
	const object = asObject(item);
	if (object === undefined) throw broken(kind, `it lists ${typeName(item)}, not an image`);
	const texts = (name: string): readonly string[] =>
		listField(object, name, kind).map((text) => {
			if (typeof text !== 'string') throw broken(kind, `${name} holds ${typeName(text)}, not texts only`);
			return text;
		});
	const layers = texts('Layers');
	if (layers.length > limits.layers)
		throw new FootingError('limit', `cannot read ${kind.what}: ${layers.length} layers are more than the limit of ${limits.layers}`);
	return { config: textField(object, 'Config', kind), tags: texts('RepoTags'), layers };
}

async function select(
	disk: Disk,
	bundle: Bundle,
	entries: readonly Saved[],
	name: string | undefined,
	platform: Platform | undefined,
): Promise<Saved> {
	const named = name === undefined ? entries : entries.filter((entry) => goesBy(entry, name));
	const found = [...new Map(named.map((entry) => [entry.config, entry])).values()];
	const [only] = found;
	if (only === undefined)
		throw new FootingError('image-not-found', `cannot open ${bundle.where}: it has no "${quote(name ?? '')}"; there is ${listed(entries)}`);
	if (found.length === 1) return only;
	const tags = new Set(found.map((entry) => [...entry.tags].sort().join('\n')));
	if (tags.size > 1 || found.length > maxDocuments)
		throw new FootingError('ambiguous-reference', `cannot open ${bundle.where}: it holds several images: ${listed(found)}`);
	return ofPlatform(disk, bundle, found, platform);
}

function goesBy(entry: Saved, name: string): boolean {
	const digest = promisedDigest(entry.config);
	return digest === name || digest === `sha256:${name}` || entry.tags.some((tag) => sameName(tag, name));
}

/** Images of one name are its platforms. */
async function ofPlatform(disk: Disk, bundle: Bundle, entries: readonly Saved[], wish: Platform | undefined): Promise<Saved> {
	const wanted = wish ?? defaultPlatform();
	const offered: { readonly entry: Saved; readonly platform: Platform }[] = [];
	for (const entry of entries) offered.push({ entry, platform: parseConfig(await readConfig(disk, bundle, entry.config)).platform });
	const matching = offered.filter(({ platform }) => platformMatch(platform, wanted) !== undefined);
	if (matching.length > 1)
		throw new FootingError('ambiguous-reference', `cannot open ${bundle.where}: it holds several images: ${listed(entries)}`);
	const [found] = matching;
	if (found !== undefined) return found.entry;
	throw noPlatform(
		bundle.where,
		wanted,
		offered.map(({ platform }) => platform),
	);
}

function listed(entries: readonly Saved[]): string {
	const texts = entries.map((entry) => entry.tags[0] ?? promisedDigest(entry.config) ?? entry.config);
	const more = texts.length > 20 ? ` and ${texts.length - 20} more` : '';
	return `${texts
		.slice(0, 20)
		.map((text) => quote(text, 120))
		.join(', ')}${more}`;
}

async function member(bundle: Bundle, name: string): Promise<FilePlace> {
	const normal = normalName(name);
	if (normal === undefined) throw new FootingError('path-escape', `cannot open ${bundle.where}: it asks for "${quote(name)}"`);
	const place = await bundle.place(normal);
	if (place === undefined) throw new FootingError('blob-missing', `cannot open ${bundle.where}: it does not hold "${quote(name)}"`);
	return place;
}

async function readConfig(disk: Disk, bundle: Bundle, name: string): Promise<Uint8Array> {
	return readPlace(disk, await member(bundle, name), limits.document, `the image configuration of ${bundle.where}`);
}

/** Engines name the configuration after its digest: `HEX.json`, `sha256:HEX` or `blobs/sha256/HEX`. */
function promisedDigest(name: string): string | undefined {
	const digest = `sha256:${/(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1] ?? ''}`;
	return isDigest(digest) ? digest : undefined;
}

/** Only below `blobs/` is the name of a layer its digest; older forms use ids, or the digest of the content. */
function layerOf(name: string, place: FilePlace): SavedImage['layers'][number] {
	const digest = /^(?:\.\/)?blobs\/(sha256|sha512)\/([0-9a-f]+)$/.exec(name);
	const text = digest === null ? '' : `${digest[1]}:${digest[2]}`;
	return { size: place.length, body: place, ...(isDigest(text) ? { digest: text } : {}) };
}

/** The manifest of the layout with this configuration, all of whose blobs are there. */
async function sameInLayout(disk: Disk, bundle: Bundle, configDigest: string, layers: number): Promise<Descriptor | undefined> {
	const pending = [...(await readIndex(disk, bundle)).manifests];
	let count = 0;
	for (let next = pending.shift(); next !== undefined && count < maxDocuments; next = pending.shift()) {
		const place = await bundle.place(blobName(next.digest));
		if (place === undefined) continue;
		count += 1;
		const bytes = await readPlace(disk, place, limits.document, next.digest);
		checkBytes(bytes, next, next.digest);
		const document = parseManifest(bytes, next.mediaType, next.digest);
		if (document.type === 'index') pending.push(...document.manifests);
		else if (document.config.digest === configDigest && document.layers.length === layers) return next;
	}
	return undefined;
}
