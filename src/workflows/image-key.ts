import { nameText, parseReference } from '../image/reference.ts';

/**
 * What two ways to write one image's name have in common: `node:24` and `docker.io/library/node:24`. Anything but a name in
 * a registry is its own key.
 * @throws FootingError `bad-reference`
 */
export function imageKey(reference: string): string {
	const { scheme, name } = parseReference(reference);
	return name !== undefined && (scheme === 'any' || scheme === 'registry') ? nameText(name) : reference;
}
