import type { ImageSource } from '../source.ts';

/** `docker-archive:FILE[:NAME]`: what "docker save" and "podman save" write, also compressed as a whole. */
export const dockerArchive: ImageSource = {
	name: 'docker archive',
	schemes: ['docker-archive'],
	find: async (host, reference, options) => (await import('../bundle/open-bundle.ts')).archivedImage(host, reference, options, 'saved'),
};
