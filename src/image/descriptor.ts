import { FootingError } from '../model/errors.ts';
import type { Platform } from '../model/platform.ts';
import { quote } from '../model/quote.ts';
import { isDigest } from './digest.ts';
import { asObject, broken, type DocumentKind, type JsonObject, textField, typeName } from './json-document.ts';
import type { Descriptor } from './source.ts';

/** OCI image specification, "Content Descriptors". `urls` and `data` are not read: a blob comes from where the image is. */
export function parseDescriptor(value: unknown, kind: DocumentKind): Descriptor {
	const object = asObject(value);
	if (object === undefined) throw broken(kind, `a descriptor is ${typeName(value)}, not an object`);
	const digest = textField(object, 'digest', kind);
	if (!isDigest(digest)) throw badDigest(kind, digest);
	const size = object.get('size');
	if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
		throw broken(kind, `the size of ${digest} is not a whole number of bytes`);
	const platform = parsePlatformObject(object.get('platform'), kind);
	const artifactType = textField(object, 'artifactType', kind);
	return {
		mediaType: textField(object, 'mediaType', kind),
		digest,
		size,
		...(platform === undefined ? {} : { platform }),
		...(artifactType === '' ? {} : { artifactType }),
		annotations: parseAnnotations(object),
	};
}

function badDigest(kind: DocumentKind, digest: string): FootingError {
	const foreign = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]{16,}$/.test(digest) && !/^sha(?:256|512):/.test(digest);
	if (foreign)
		return new FootingError('unsupported', `cannot read ${kind.what}: the algorithm of the digest ${quote(digest)} is not known here`);
	return new FootingError('bad-digest', `cannot read ${kind.what}: "${quote(digest)}" is not a digest`);
}

function parsePlatformObject(value: unknown, kind: DocumentKind): Platform | undefined {
	if (value === undefined || value === null) return undefined;
	const object = asObject(value);
	if (object === undefined) throw broken(kind, `a platform is ${typeName(value)}, not an object`);
	const variant = textField(object, 'variant', kind);
	const os = textField(object, 'os', kind);
	const architecture = textField(object, 'architecture', kind);
	if (os === '' && architecture === '') return undefined;
	return { os, architecture, ...(variant === '' ? {} : { variant }) };
}

/** Texts only; what is no text is left out, as nothing depends on it. */
export function parseAnnotations(object: JsonObject): ReadonlyMap<string, string> {
	const annotations = asObject(object.get('annotations')) ?? new Map<string, unknown>();
	return new Map([...annotations].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
