import { deserialize, serialize } from 'node:v8';
import type { Host } from '../model/host.ts';
import type { Layer } from '../model/image.ts';
import type { Interest } from '../model/rootfs.ts';
import type { LayerRecords } from './layer-records.ts';

/** What a layer holds, kept by its diffID: a layer that was read once is not read again, nor fetched. */
export interface LayerCache {
	get(layer: Layer): Promise<LayerRecords | undefined>;
	/** Only for records of which every promise was checked. */
	put(layer: Layer, records: LayerRecords): Promise<void>;
}

/** The records depend on what was asked for and on the build that read them. Undefined when the host keeps nothing. */
export function layerCache({ cache, build }: Host, interest: Interest): LayerCache | undefined {
	if (cache === undefined || build === undefined) return undefined;
	const asked = JSON.stringify([build, process.versions.v8, interest]);
	return {
		async get(layer) {
			const key = keyOf(layer, asked);
			const bytes = key === undefined ? undefined : await cache.get(key);
			// the cache gives back only what was put there under this key, whole
			return bytes === undefined ? undefined : (deserialize(bytes) as LayerRecords);
		},
		async put(layer, records) {
			const key = keyOf(layer, asked);
			if (key !== undefined) await cache.put(key, serialize(records));
		},
	};
}

/** A directory has no content address; a layer without a diffID has nothing that could be trusted. */
function keyOf({ diffId, body }: Layer, asked: string): string | undefined {
	return diffId === undefined || body.kind === 'tree' ? undefined : `${diffId}\n${asked}`;
}
