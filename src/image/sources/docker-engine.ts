import { docker } from '../engine/docker.ts';
import type { ImageSource } from '../source.ts';

/** `docker:NAME` or an image id: the local Docker engine. */
export const dockerEngine: ImageSource = {
	name: 'Docker',
	schemes: ['any', 'docker'],
	find: async (host, reference, options) => (await import('../engine/engine-image.ts')).engineImage(docker, host, reference, options),
};
