import { docker } from '../engine/docker.ts';
import { engineImage } from '../engine/engine-image.ts';
import type { ImageSource } from '../source.ts';

/** `docker:NAME` or an image id: the local Docker engine. */
export const dockerEngine: ImageSource = {
	name: 'Docker',
	schemes: ['any', 'docker'],
	find: (host, reference, options) => engineImage(docker, host, reference, options),
};
