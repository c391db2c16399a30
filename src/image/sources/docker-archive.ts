import { archivedImage } from '../bundle/open-bundle.ts';
import type { ImageSource } from '../source.ts';

/** `docker-archive:FILE[:NAME]`: what "docker save" and "podman save" write, also compressed as a whole. */
export const dockerArchive: ImageSource = {
	name: 'docker archive',
	schemes: ['docker-archive'],
	find: (host, reference, options) => archivedImage(host, reference, options, 'saved'),
};
