import { openImage } from '../image/open-image.ts';
import type { Image } from '../model/image.ts';
import { imageKey } from './image-key.ts';
import type { Session } from './session.ts';

/** The image that a name in a report means: `scratch` is one, and substitutes are put in. @throws FootingError when it cannot be had */
export async function openNamed(session: Session, reference: string): Promise<Image> {
	const place = session.substitutes?.get(imageKey(reference)) ?? reference;
	return place === 'scratch' ? scratchImage() : openImage(session.host, place, session.open);
}

/** `FROM scratch` names no image: an empty root and an empty configuration. */
function scratchImage(): Image {
	return {
		reference: 'scratch',
		platform: { os: 'linux', architecture: 'amd64' },
		config: {
			user: '',
			entrypoint: [],
			command: [],
			env: [],
			workingDir: '',
			exposedPorts: [],
			volumes: [],
			labels: new Map(),
		},
		layers: [],
		annotations: new Map(),
		problems: [],
		close: async () => {},
	};
}
