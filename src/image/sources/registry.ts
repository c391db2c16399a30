import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { ImageSource } from '../source.ts';

/** Images in a registry: `registry:NAME`, and bare names that no local engine has. */
export const registry: ImageSource = {
	name: 'registry',
	schemes: ['any', 'registry'],
	async find(host, reference, options) {
		if (reference.name === undefined)
			throw new FootingError('image-not-found', `cannot open ${quote(reference.text)}: an image id has a meaning in a local engine only`);
		const { openRegistryImage } = await import('../registry/registry-image.ts');
		return openRegistryImage(host, reference.name, options);
	},
};
