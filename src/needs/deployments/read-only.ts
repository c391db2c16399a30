import type { Deployment, Mount } from '../../model/deployment.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { mountAt } from './mounted.ts';

/** What lies at a path when a deployment runs the image, and whether it can be written there at all; users apart. */
export type Ground =
	| { readonly kind: 'mount'; readonly at: string; readonly writable: boolean; readonly owner?: Mount['owner'] }
	/** A VOLUME of the image on a read-only root: Docker mounts it, not every runtime of a cluster does. */
	| { readonly kind: 'volume'; readonly at: string; readonly writable: true | undefined }
	| { readonly kind: 'root'; readonly at: string; readonly writable: boolean };

/** The path is absolute, links in it followed. */
export function groundAt(deployment: Deployment, volumes: readonly string[], path: string): Ground {
	const mount: Mount | undefined = mountAt(
		deployment.mounts.map(({ value }) => value),
		path,
	);
	if (mount !== undefined) return { kind: 'mount', ...mount };
	if (deployment.readOnlyRoot === undefined || /^\/(dev|proc|sys)(\/|$)/.test(path)) return { kind: 'root', at: path, writable: true };
	const volume = volumes.map((one) => absolutePath(one, '/')).find((one) => path === one || path.startsWith(`${one}/`));
	if (volume === undefined) return { kind: 'root', at: path, writable: false };
	return { kind: 'volume', at: volume, writable: deployment.engine === 'compose' ? true : undefined };
}
