import { engineImage } from '../engine/engine-image.ts';
import { podman } from '../engine/podman.ts';
import type { ImageSource } from '../source.ts';

/** `podman:NAME` or an image id: the local Podman service. */
export const podmanEngine: ImageSource = {
	name: 'Podman',
	schemes: ['any', 'podman'],
	find: (host, reference, options) => engineImage(podman, host, reference, options),
};
