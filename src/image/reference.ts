import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { isDigest } from './digest.ts';

/** Where an image is to be looked for. `any`: a bare name, tried in the local engines and then in its registry. */
export type Scheme = 'any' | 'registry' | 'docker' | 'podman' | 'docker-archive' | 'oci-archive' | 'oci-layout' | 'rootfs';

/** A name in full, normalised as Docker does: `node` is `docker.io/library/node:latest`. */
export interface ImageName {
	/** Host with its port when one is written: `docker.io`, `127.0.0.1:5000`. */
	readonly registry: string;
	/** `library/node` */
	readonly repository: string;
	/** Absent only with a digest. */
	readonly tag?: string;
	readonly digest?: string;
}

/** A reference as the user wrote it, taken apart. */
export interface Reference {
	readonly scheme: Scheme;
	/** All of it, prefix included. */
	readonly text: string;
	/** What follows the prefix: a name, an image id, or a path with perhaps `:TAG` or `@DIGEST` behind it. */
	readonly target: string;
	/** For the schemes that take names; absent when `target` is the id of an image in an engine. */
	readonly name?: ImageName;
}

/** Our prefixes, and those of other tools for the same thing. Longer ones come first. */
const prefixes: readonly (readonly [string, Scheme])[] = [
	['docker://', 'registry'],
	['registry:', 'registry'],
	['docker:', 'docker'],
	['docker-daemon:', 'docker'],
	['podman:', 'podman'],
	['containers-storage:', 'podman'],
	['docker-archive:', 'docker-archive'],
	['oci-archive:', 'oci-archive'],
	['oci-layout:', 'oci-layout'],
	['oci-dir:', 'oci-layout'],
	['oci:', 'oci-layout'],
	['rootfs:', 'rootfs'],
	['dir:', 'rootfs'],
];

const nameSchemes: ReadonlySet<Scheme> = new Set(['any', 'registry', 'docker', 'podman']);
const maxLength = 4096;

/** @throws FootingError `bad-reference` */
export function parseReference(text: string): Reference {
	if (text === '') throw invalid(text, 'it is empty');
	if (text.length > maxLength) throw invalid(text, `it is longer than ${maxLength} characters`);
	if (text.startsWith('-')) throw invalid(text, 'it may not begin with "-"');
	if (text.includes('\0')) throw invalid(text, 'it has a NUL in it');
	const known = prefixes.find(([prefix]) => text.startsWith(prefix));
	const scheme = known?.[1] ?? 'any';
	const target = text.slice(known?.[0].length ?? 0);
	if (target === '') throw invalid(text, 'nothing follows the prefix');
	if (!nameSchemes.has(scheme)) return { scheme, text, target };
	if (target.startsWith('-')) throw invalid(text, 'a name may not begin with "-"');
	if (isDigest(target) || /^[0-9a-f]{64}$/.test(target)) {
		if (scheme === 'registry') throw invalid(text, 'an image id has a meaning in a local engine only');
		return { scheme, text, target };
	}
	return { scheme, text, target, name: parseName(target, text) };
}

const component = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const host =
	/^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/**
 * The grammar of distribution/reference: `[HOST/]PATH[:TAG][@DIGEST]`. The first component is a host when it has a dot
 * or a colon, is `localhost` or has a capital letter; else the registry is docker.io, and one component alone lies in `library/`.
 * @throws FootingError `bad-reference`
 */
export function parseName(written: string, text: string = written): ImageName {
	const at = written.indexOf('@');
	const digest = at === -1 ? undefined : written.slice(at + 1);
	if (digest !== undefined && !isDigest(digest)) throw invalid(text, 'the digest is not "sha256:" and 64 hexadecimal digits');
	const beforeDigest = at === -1 ? written : written.slice(0, at);
	const colon = beforeDigest.lastIndexOf(':');
	const tagged = colon > beforeDigest.lastIndexOf('/');
	const tag = tagged ? beforeDigest.slice(colon + 1) : undefined;
	if (tag !== undefined && !tagForm.test(tag)) throw invalid(text, 'the tag has characters that tags cannot have');
	const { registry, repository } = splitHost(tagged ? beforeDigest.slice(0, colon) : beforeDigest);
	if (registry.length > 255 || !host.test(registry)) throw invalid(text, 'the registry is not a host name');
	if (repository.length > 255 || !repository.split('/').every((c) => component.test(c)))
		throw invalid(text, 'a name has lower-case letters, digits and separators between them');
	const kept = tag ?? (digest === undefined ? 'latest' : undefined);
	return { registry, repository, ...(kept === undefined ? {} : { tag: kept }), ...(digest === undefined ? {} : { digest }) };
}

function splitHost(path: string): { readonly registry: string; readonly repository: string } {
	const slash = path.indexOf('/');
	const first = slash === -1 ? '' : path.slice(0, slash);
	const isHost = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
	const registry = isHost ? first : 'docker.io';
	const rest = isHost ? path.slice(slash + 1) : path;
	const official = registry === 'docker.io' || registry === 'index.docker.io';
	return { registry: official ? 'docker.io' : registry, repository: official && !rest.includes('/') ? `library/${rest}` : rest };
}

/** `docker.io/library/node:24-slim`, the way back from `parseName`. */
export function nameText(name: ImageName): string {
	const tag = name.tag === undefined ? '' : `:${name.tag}`;
	return `${name.registry}/${name.repository}${tag}${name.digest === undefined ? '' : `@${name.digest}`}`;
}

function invalid(text: string, why: string): FootingError {
	return new FootingError('bad-reference', `invalid reference "${quote(text)}": ${why}`);
}
