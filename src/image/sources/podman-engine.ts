import { podman } from '../engine/podman.ts';
import type { ImageSource } from '../source.ts';

/** `podman:NAME` or an image id: the local Podman service. */
export const podmanEngine: ImageSource = {
	name: 'Podman',
	schemes: ['any', 'podman'],
	find: async (host, reference, options) => (await import('../engine/engine-image.ts')).engineImage(podman, host, reference, options),
};
