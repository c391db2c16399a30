import { FootingError } from '../../model/errors.ts';
import type { Host } from '../../model/host.ts';
import { quote } from '../../model/quote.ts';
import type { Reference } from '../reference.ts';
import type { FoundImage, OpenOptions } from '../source.ts';
import { openArchive } from './archive.ts';
import type { Bundle } from './bundle.ts';
import { isLayout, layoutImage } from './oci-layout.ts';
import { isSaved, savedImage } from './saved-image.ts';
import { splitTarget } from './split-target.ts';

/** The image in an archive of the local disk. What the archive is, is told by its content; `prefer` decides when it is both. */
export async function archivedImage(
	host: Host,
	reference: Reference,
	options: OpenOptions,
	prefer: 'saved' | 'layout',
): Promise<FoundImage> {
	const { path, name } = await splitTarget(host.disk, reference.scheme, reference.target, 'file');
	return bundledImage(host, await openArchive(host, path, `${reference.scheme} ${quote(path)}`), name, options, prefer);
}

/** Closes the bundle when there is no image in it. */
export async function bundledImage(
	host: Host,
	bundle: Bundle,
	name: string | undefined,
	options: OpenOptions,
	prefer: 'saved' | 'layout',
): Promise<FoundImage> {
	try {
		const saved = await isSaved(bundle);
		const layout = await isLayout(bundle);
		if (layout && (prefer === 'layout' || !saved)) return await layoutImage(host.disk, bundle, name);
		if (saved) return await savedImage(host.disk, bundle, name, options.platform);
		throw new FootingError('bad-archive', `cannot open ${bundle.where}: it holds neither manifest.json nor index.json`);
	} catch (error) {
		await bundle.close();
		throw error;
	}
}
