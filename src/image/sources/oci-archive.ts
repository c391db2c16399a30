import type { ImageSource } from '../source.ts';

/** `oci-archive:FILE[:TAG]`: an OCI layout in a tar archive, also compressed as a whole. */
export const ociArchive: ImageSource = {
	name: 'OCI archive',
	schemes: ['oci-archive'],
	find: async (host, reference, options) => (await import('../bundle/open-bundle.ts')).archivedImage(host, reference, options, 'layout'),
};
