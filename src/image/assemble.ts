import { FootingError } from '../model/errors.ts';
import type { Image, Layer, LayerBody } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import { quote } from '../model/quote.ts';
import { chooseManifest, isImageConfig, noPlatform, verifiedDocument } from './choose-manifest.ts';
import { emptyConfig, type ParsedConfig, parseConfig } from './config.ts';
import { checkBytes, digestOf } from './digest.ts';
import { platformMatch } from './platform.ts';
import type { Reference } from './reference.ts';
import type { Descriptor, DirectoryImage, FoundImage, OciImage, OpenOptions, SavedImage } from './source.ts';

/** Makes an image of what a source found: its documents read, checked and brought together. */
export async function assemble(found: FoundImage, reference: Reference, options: OpenOptions): Promise<Image> {
	if (found.form === 'oci') return ofOci(found, reference, options);
	if (found.form === 'saved') return ofSaved(found, reference, options);
	return ofDirectory(found, reference, options);
}

async function ofOci(found: OciImage, reference: Reference, options: OpenOptions): Promise<Image> {
	const chosen = await chooseManifest(found, options.platform, reference.text);
	const { manifest } = chosen;
	if (!isImageConfig(manifest.config.mediaType)) {
		const kind = manifest.artifactType === '' ? manifest.config.mediaType : manifest.artifactType;
		throw new FootingError('not-an-image', `cannot open ${quote(reference.text)}: it is an artifact of the type ${quote(kind)}`);
	}
	const parsed = parseConfig(await verifiedDocument(found, manifest.config, 'the image configuration'));
	checkPlatform(parsed, reference, options);
	checkCount(parsed, manifest.layers.length);
	const layers: StoredLayer[] = [];
	for (const [index, descriptor] of manifest.layers.entries()) {
		checkLayerType(descriptor, index, manifest.layers.length);
		layers.push({ ...pickFacts(descriptor), body: await found.layer(descriptor) });
	}
	return {
		...facts(reference, parsed, layers, found.problems),
		digest: chosen.descriptor.digest,
		configDigest: manifest.config.digest,
		annotations: chosen.annotations,
		close: () => found.close(),
	};
}

function ofSaved(found: SavedImage, reference: Reference, options: OpenOptions): Image {
	const configDigest = found.configDigest ?? digestOf(found.config);
	checkBytes(found.config, { digest: configDigest }, 'the image configuration');
	const parsed = parseConfig(found.config);
	checkPlatform(parsed, reference, options);
	checkCount(parsed, found.layers.length);
	return {
		...facts(reference, parsed, found.layers, found.problems),
		digest: configDigest,
		configDigest,
		annotations: new Map(),
		close: () => found.close(),
	};
}

function ofDirectory(found: DirectoryImage, reference: Reference, options: OpenOptions): Image {
	return {
		reference: reference.text,
		platform: options.platform ?? { os: 'linux', architecture: 'unknown' },
		config: emptyConfig,
		layers: [{ size: 0, body: { kind: 'tree', directory: found.directory } }],
		annotations: new Map(),
		problems: [],
		close: async () => {},
	};
}

interface StoredLayer {
	readonly size: number;
	readonly digest?: string;
	readonly mediaType?: string;
	readonly body: LayerBody;
}

function pickFacts(descriptor: Descriptor): { readonly size: number; readonly digest: string; readonly mediaType?: string } {
	const { size, digest, mediaType } = descriptor;
	return { size, digest, ...(mediaType === '' ? {} : { mediaType }) };
}

function facts(
	reference: Reference,
	parsed: ParsedConfig,
	stored: readonly StoredLayer[],
	problems: readonly Problem[],
): Pick<Image, 'reference' | 'platform' | 'config' | 'layers' | 'problems'> {
	const layers = stored.map((layer, index): Layer => {
		const createdBy = parsed.createdBy[index];
		return { ...layer, diffId: parsed.diffIds[index] as string, ...(createdBy === undefined ? {} : { createdBy }) };
	});
	return {
		reference: reference.text,
		platform: parsed.platform,
		config: parsed.config,
		layers,
		problems: [...problems, ...parsed.problems],
	};
}

function checkPlatform(parsed: ParsedConfig, reference: Reference, options: OpenOptions): void {
	if (options.platform !== undefined && platformMatch(parsed.platform, options.platform) === undefined)
		throw noPlatform(reference.text, options.platform, [parsed.platform]);
}

function checkCount(parsed: ParsedConfig, layers: number): void {
	if (parsed.diffIds.length === layers) return;
	const message = `cannot read the image configuration: it speaks of ${parsed.diffIds.length} layers, the manifest of ${layers}`;
	throw new FootingError('bad-config', message);
}

/** Tar layers of OCI and Docker, also those that may not be distributed; the compression is told by the bytes. */
const layerType =
	/^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+(?:gzip|zstd))?|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:[.+](?:gzip|zstd))?)$/;

function checkLayerType(descriptor: Descriptor, index: number, count: number): void {
	if (descriptor.mediaType === '' || layerType.test(descriptor.mediaType)) return;
	const message = `cannot read layer ${index + 1} of ${count}: its media type ${quote(descriptor.mediaType)} is not known here`;
	throw new FootingError('unsupported', message);
}
