import { FootingError } from '../../model/errors.ts';
import type { Disk } from '../../model/host.ts';
import type { LayerBody } from '../../model/image.ts';
import { limits } from '../../model/limits.ts';
import { quote } from '../../model/quote.ts';
import { isDigest } from '../digest.ts';
import { parseObject } from '../json-document.ts';
import { type Index, parseManifest } from '../manifest.ts';
import { platformText } from '../platform.ts';
import type { Descriptor, OciImage } from '../source.ts';
import { type Bundle, type FilePlace, readPlace } from './bundle.ts';
import { sameName } from './same-name.ts';

/**
 * OCI image specification, "Image Layout". `name` is a tag, a full name or a digest; without one there may be only one
 * image, or one per platform.
 * @throws FootingError `bad-layout`, `ambiguous-reference`, `image-not-found`, `bad-manifest`
 */
export async function layoutImage(disk: Disk, bundle: Bundle, name: string | undefined): Promise<OciImage> {
	const index = await readIndex(disk, bundle);
	return ociImageOf(disk, bundle, await select(bundle, index, name));
}

export async function isLayout(bundle: Bundle): Promise<boolean> {
	return (await bundle.place('index.json')) !== undefined;
}

export async function readIndex(disk: Disk, bundle: Bundle): Promise<Index> {
	const marker = await bundle.place('oci-layout');
	if (marker === undefined) throw new FootingError('bad-layout', `cannot open ${bundle.where}: it has no file oci-layout`);
	const what = `oci-layout of ${bundle.where}`;
	const version = parseObject(await readPlace(disk, marker, limits.metadata, what), { what, code: 'bad-layout' }).get('imageLayoutVersion');
	if (typeof version !== 'string' || !/^1\.[0-9]/.test(version))
		throw new FootingError('bad-layout', `cannot open ${bundle.where}: it is of a version of the layout that is not known here`);
	const place = await bundle.place('index.json');
	if (place === undefined) throw new FootingError('bad-layout', `cannot open ${bundle.where}: it has no file index.json`);
	const index = parseManifest(
		await readPlace(disk, place, limits.document, `index.json of ${bundle.where}`),
		'',
		`index.json of ${bundle.where}`,
	);
	if (index.type !== 'index') throw new FootingError('bad-layout', `cannot open ${bundle.where}: its index.json is not an index`);
	return index;
}

/** An image in a bundle with `blobs/`, its roots known. */
export function ociImageOf(disk: Disk, bundle: Bundle, roots: readonly Descriptor[]): OciImage {
	return {
		form: 'oci',
		roots,
		problems: [],
		async document(descriptor) {
			return readPlace(disk, await blob(bundle, descriptor), limits.document, descriptor.digest);
		},
		async layer(descriptor): Promise<LayerBody> {
			const place = await blob(bundle, descriptor);
			if (place.length !== descriptor.size) {
				const message = `cannot open ${bundle.where}: ${descriptor.digest} has ${place.length} bytes, not the ${descriptor.size} that are promised`;
				throw new FootingError('size-mismatch', message);
			}
			return place;
		},
		close: () => bundle.close(),
	};
}

export function blobName(digest: string): string {
	return `blobs/${digest.replace(':', '/')}`;
}

async function blob(bundle: Bundle, descriptor: Descriptor): Promise<FilePlace> {
	const place = await bundle.place(blobName(descriptor.digest));
	if (place === undefined) throw new FootingError('blob-missing', `cannot open ${bundle.where}: it does not hold ${descriptor.digest}`);
	return place;
}

const nameAnnotations = ['org.opencontainers.image.ref.name', 'io.containerd.image.name'];

function namesOf(descriptor: Descriptor): readonly string[] {
	return nameAnnotations.map((key) => descriptor.annotations.get(key) ?? '').filter((name) => name !== '');
}

async function select(bundle: Bundle, index: Index, name: string | undefined): Promise<readonly Descriptor[]> {
	if (index.manifests.length === 0) throw new FootingError('image-not-found', `cannot open ${bundle.where}: it lists no image`);
	if (name === undefined) return onlyOne(bundle, index.manifests);
	if (isDigest(name)) return [await byDigest(bundle, index, name)];
	const found = distinct(index.manifests.filter((d) => namesOf(d).some((known) => sameName(known, name))));
	if (found.length > 0) return onlyOne(bundle, found, true);
	throw new FootingError('image-not-found', `cannot open ${bundle.where}: it has no "${quote(name)}"; there is ${listed(index.manifests)}`);
}

async function byDigest(bundle: Bundle, index: Index, digest: string): Promise<Descriptor> {
	const listedOne = index.manifests.find((descriptor) => descriptor.digest === digest);
	if (listedOne !== undefined) return listedOne;
	const place = await bundle.place(blobName(digest));
	if (place === undefined) throw new FootingError('image-not-found', `cannot open ${bundle.where}: it does not hold ${digest}`);
	return { mediaType: '', digest, size: place.length, annotations: new Map() };
}

/** Several are one image only as its platforms: each has another one, and they do not go by different names. */
function onlyOne(bundle: Bundle, manifests: readonly Descriptor[], sameNamed = false): readonly Descriptor[] {
	const found = distinct(manifests);
	const platforms = new Set(found.map((d) => (d.platform === undefined ? '' : platformText(d.platform))));
	const names = new Set(found.flatMap((d) => d.annotations.get(nameAnnotations[0] as string) ?? []));
	if (found.length === 1 || (platforms.size === found.length && !platforms.has('') && (sameNamed || names.size <= 1))) return found;
	throw new FootingError('ambiguous-reference', `cannot open ${bundle.where}: it holds several images: ${listed(found)}`);
}

function distinct(manifests: readonly Descriptor[]): readonly Descriptor[] {
	const attested = manifests.filter((d) => !d.annotations.has('vnd.docker.reference.type'));
	return [...new Map(attested.map((d) => [d.digest, d])).values()];
}

function listed(manifests: readonly Descriptor[]): string {
	const texts = distinct(manifests).map((d) => namesOf(d)[0] ?? d.digest);
	const more = texts.length > 20 ? ` and ${texts.length - 20} more` : '';
	return `${texts
		.slice(0, 20)
		.map((text) => quote(text, 120))
		.join(', ')}${more}`;
}
