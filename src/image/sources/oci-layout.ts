import { quote } from '../../model/quote.ts';
import { directoryBundle } from '../bundle/bundle.ts';
import { layoutImage } from '../bundle/oci-layout.ts';
import { splitTarget } from '../bundle/split-target.ts';
import type { ImageSource } from '../source.ts';

/** `oci-layout:DIR[:TAG]` or `oci-layout:DIR@DIGEST`. */
export const ociLayout: ImageSource = {
	name: 'OCI layout',
	schemes: ['oci-layout'],
	async find(host, reference) {
		const { path, name } = await splitTarget(host.disk, 'oci-layout', reference.target, 'directory');
		return layoutImage(host.disk, directoryBundle(host.disk, path, `oci-layout ${quote(path)}`), name);
	},
};
