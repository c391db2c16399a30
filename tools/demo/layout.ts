import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerBlob } from './layer.ts';

export interface BaseConfig {
	readonly architecture: string;
	readonly env: readonly string[];
	readonly entrypoint?: readonly string[];
	readonly command?: readonly string[];
	readonly user?: string;
	readonly workingDir?: string;
}

interface Descriptor {
	readonly mediaType: string;
	readonly digest: string;
	readonly size: number;
}

/** An OCI image layout (image-spec, image-layout.md) that images are added to by tag. */
export interface LayoutWriter {
	readonly blobs: string;
	addImage(tag: string, config: BaseConfig, layers: readonly LayerBlob[]): void;
	/** Writes the index: from here on the layout is whole. */
	finish(annotations: Readonly<Record<string, string>>): void;
}

export function createLayout(directory: string): LayoutWriter {
	const blobs = join(directory, 'blobs', 'sha256');
	mkdirSync(blobs, { recursive: true });
	const manifests: (Descriptor & { readonly annotations: Readonly<Record<string, string>> })[] = [];
	function put(document: unknown, mediaType: string): Descriptor {
		const bytes = Buffer.from(JSON.stringify(document));
		const hex = createHash('sha256').update(bytes).digest('hex');
		writeFileSync(join(blobs, hex), bytes);
		return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
	}
	return {
		blobs,
		addImage(tag, config, layers) {
			const configuration = put(imageConfig(config, layers), 'application/vnd.oci.image.config.v1+json');
			const manifest = {
				schemaVersion: 2,
				mediaType: 'application/vnd.oci.image.manifest.v1+json',
				config: configuration,
				layers: layers.map(({ digest, size }) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size })),
			};
			manifests.push({ ...put(manifest, manifest.mediaType), annotations: { 'org.opencontainers.image.ref.name': tag } });
		},
		finish(annotations) {
			writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
			const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests, annotations };
			writeFileSync(join(directory, 'index.json'), JSON.stringify(index));
		},
	};
}

function imageConfig({ architecture, env, entrypoint, command, user, workingDir }: BaseConfig, layers: readonly LayerBlob[]): unknown {
	return {
		architecture,
		os: 'linux',
		config: { Env: env, Entrypoint: entrypoint, Cmd: command, User: user, WorkingDir: workingDir },
		rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
		history: layers.map(({ createdBy }) => ({ created_by: createdBy })),
	};
}
