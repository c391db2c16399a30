import { parseReference, type Reference, type Scheme } from '../image/reference.ts';
import { endpointsFor } from '../image/registry/endpoint.ts';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { imageKey } from './image-key.ts';
import type { Session } from './session.ts';

const named: ReadonlySet<Scheme> = new Set<Scheme>(['any', 'registry', 'docker', 'podman']);

/**
 * What a container engine may know an image as: its name as it was written, then the name it has in each mirror.
 * @throws FootingError `unsupported` for an image that lies in a file
 */
export function engineNames(session: Session, written: string): readonly string[] {
	const place = session.substitutes?.get(imageKey(written)) ?? written;
	if (place === 'scratch') return [place];
	// a file that stands in for an image has no name in an engine: there the image itself is meant
	const reference = [place, written].map((text) => parseReference(text)).find(({ scheme }) => named.has(scheme));
	if (reference === undefined)
		throw new FootingError('unsupported', `cannot give ${quote(place)} to a container engine: it takes images by name`, {
			hint: 'load the image into the engine, or push it to a registry, and name it as it is called there',
		});
	return [...new Set([reference.target, ...mirrored(session, reference)])];
}

function mirrored({ open }: Session, { name }: Reference): readonly string[] {
	if (name === undefined) return [];
	const tag = name.tag === undefined ? '' : `:${name.tag}`;
	const digest = name.digest === undefined ? '' : `@${name.digest}`;
	return endpointsFor(name, open.mirrors ?? [], false).map(({ origin, account, repository }) => {
		return `${account === 'docker.io' ? account : origin.host}/${repository}${tag}${digest}`;
	});
}
