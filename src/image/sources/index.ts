import type { ImageSource } from '../source.ts';
import { dockerArchive } from './docker-archive.ts';
import { dockerEngine } from './docker-engine.ts';
import { ociArchive } from './oci-archive.ts';
import { ociLayout } from './oci-layout.ts';
import { podmanEngine } from './podman-engine.ts';
import { registry } from './registry.ts';
import { rootfsDirectory } from './rootfs-directory.ts';

/** In the order in which a bare name is tried: local engines, then its registry. How each reads is loaded when it is asked. */
export const imageSources: readonly ImageSource[] = [
	dockerEngine,
	podmanEngine,
	registry,
	ociLayout,
	ociArchive,
	dockerArchive,
	rootfsDirectory,
];
