import { quote } from '../../model/quote.ts';
import type { ImageSource } from '../source.ts';

/** `oci-layout:DIR[:TAG]` or `oci-layout:DIR@DIGEST`. */
export const ociLayout: ImageSource = {
	name: 'OCI layout',
	schemes: ['oci-layout'],
	async find(host, reference) {
		const [{ splitTarget }, { directoryBundle }, { layoutImage }] = await Promise.all([
			import('../bundle/split-target.ts'),
			import('../bundle/bundle.ts'),
			import('../bundle/oci-layout.ts'),
		]);
		const { path, name } = await splitTarget(host.disk, 'oci-layout', reference.target, 'directory');
		return layoutImage(host.disk, directoryBundle(host.disk, path, `oci-layout ${quote(path)}`), name);
	},
};
