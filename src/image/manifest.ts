import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { quote } from '../model/quote.ts';
import { parseAnnotations, parseDescriptor } from './descriptor.ts';
import { broken, canonicalNames, type DocumentKind, type JsonObject, listField, parseObject, textField } from './json-document.ts';
import type { Descriptor } from './source.ts';

export interface Manifest {
	readonly type: 'manifest';
	readonly config: Descriptor;
	readonly layers: readonly Descriptor[];
	readonly artifactType: string;
	readonly annotations: ReadonlyMap<string, string>;
}

export interface Index {
	readonly type: 'index';
	readonly manifests: readonly Descriptor[];
	readonly annotations: ReadonlyMap<string, string>;
}

const indexTypes: ReadonlySet<string> = new Set([
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const manifestTypes: ReadonlySet<string> = new Set([
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.v2+json',
]);
const fields = ['schemaVersion', 'mediaType', 'artifactType', 'config', 'layers', 'manifests', 'subject', 'annotations'];

/** Every media type that a manifest or index may be asked for with. */
export const documentTypes: readonly string[] = [...manifestTypes, ...indexTypes];

export function isIndexType(mediaType: string): boolean {
	return indexTypes.has(mediaType);
}

/**
 * OCI image specification, "Image Manifest" and "Image Index", and Docker's schema 2. What it is, is told by its content;
 * media types, its own and the declared one, must agree with that.
 * @throws FootingError `bad-manifest`, `bad-digest`, `unsupported`, `limit`
 */
export function parseManifest(bytes: Uint8Array, declaredType: string, what: string): Manifest | Index {
	const kind: DocumentKind = { what, code: 'bad-manifest' };
	const { object, odd } = canonicalNames(parseObject(bytes, kind), fields);
	if (odd.length > 0) throw broken(kind, `it has the field "${quote(odd[0] as string)}", which programs read in different ways`);
	const ownType = textField(object, 'mediaType', kind);
	refuseOldSchema(object, ownType, kind);
	const isIndex = object.has('manifests');
	if (isIndex && (object.has('layers') || object.has('config'))) throw broken(kind, 'it is a manifest and an index at once');
	if (!isIndex && !object.has('layers') && !object.has('config')) throw broken(kind, 'it has neither layers nor manifests');
	for (const type of [ownType, declaredType]) checkType(type, isIndex, kind);
	if (known(ownType) && known(declaredType) && ownType !== declaredType)
		throw broken(kind, `it calls itself ${quote(ownType)} and is declared as ${quote(declaredType)}`);
	return isIndex ? parseIndex(object, kind) : parseImageManifest(object, kind);
}

function refuseOldSchema(object: JsonObject, ownType: string, kind: DocumentKind): void {
	const version = object.get('schemaVersion');
	if (version === 1 || ownType.includes('docker.distribution.manifest.v1+'))
		throw new FootingError('unsupported', `cannot read ${kind.what}: it is of Docker's schema 1, which engines no longer read either`);
	if (version !== 2) throw broken(kind, 'its schemaVersion is not 2');
}

function known(type: string): boolean {
	return indexTypes.has(type) || manifestTypes.has(type);
}

function checkType(type: string, isIndex: boolean, kind: DocumentKind): void {
	if ((isIndex && manifestTypes.has(type)) || (!isIndex && indexTypes.has(type)))
		throw broken(kind, `its media type is ${type}, but its content is ${isIndex ? 'an index' : 'a manifest'}`);
}

function parseIndex(object: JsonObject, kind: DocumentKind): Index {
	const manifests = listField(object, 'manifests', kind).map((entry) => parseDescriptor(entry, kind));
	return { type: 'index', manifests, annotations: parseAnnotations(object) };
}

function parseImageManifest(object: JsonObject, kind: DocumentKind): Manifest {
	const layers = listField(object, 'layers', kind);
	if (layers.length > limits.layers)
		throw new FootingError('limit', `cannot read ${kind.what}: ${layers.length} layers are more than the limit of ${limits.layers}`);
	return {
		type: 'manifest',
		config: parseDescriptor(object.get('config'), kind),
		layers: layers.map((layer) => parseDescriptor(layer, kind)),
		artifactType: textField(object, 'artifactType', kind),
		annotations: parseAnnotations(object),
	};
}
