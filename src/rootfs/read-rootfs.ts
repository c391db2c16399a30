import type { TarEntry, TarSink } from '../formats/tar.ts';
import { FootingError } from '../model/errors.ts';
import { type Bodies, treeRootfs } from '../model/file-tree.ts';
import type { Host } from '../model/host.ts';
import type { Image, Layer } from '../model/image.ts';
import { quote } from '../model/quote.ts';
import type { Entry, Interest, Rootfs } from '../model/rootfs.ts';
import { LayerCollector } from './layer-collector.ts';
import type { LayerRecords } from './layer-records.ts';
import { type BodyPlace, mergeLayers } from './merge.ts';
import { scanLayers } from './scan-layers.ts';
import { layerChunks, promiseOf, scanChunks } from './scan-source.ts';

/**
 * Reads all layers of an image into one file tree. Digest, size and diffId of every layer are checked before anything
 * of it is used; bodies that `interest` names are kept, others are read again when asked for.
 * @throws FootingError `digest-mismatch`, `size-mismatch`, `bad-tar`, `bad-compression`, `truncated`, `limit` …
 */
export async function readRootfs(host: Host, image: Image, interest: Interest): Promise<Rootfs> {
	const records = await scanLayers(host, image, interest);
	const merged = mergeLayers(records);
	const bodies = layerBodies(host, image, records, merged.places);
	return treeRootfs(merged.root, bodies, { layerCount: image.layers.length, problems: merged.problems });
}

function layerBodies(host: Host, image: Image, records: readonly LayerRecords[], places: readonly (BodyPlace | undefined)[]): Bodies {
	const at = (entry: Entry): { readonly of: LayerRecords; readonly ordinal: number; readonly layer: number } | undefined => {
		const place = places[entry.inode];
		const of = place === undefined ? undefined : records[place.layer];
		return place === undefined || of === undefined ? undefined : { of, ordinal: place.ordinal, layer: place.layer };
	};
	const pick = <T>(entry: Entry, map: (of: LayerRecords) => ReadonlyMap<number, T>): T | undefined => {
		const place = at(entry);
		return place === undefined ? undefined : map(place.of).get(place.ordinal);
	};
	return {
		kept: (entry) => pick(entry, (of) => of.bodies),
		elf: (entry) => pick(entry, (of) => of.elf),
		shebang: (entry) => pick(entry, (of) => of.shebangs),
		jar: (entry) => pick(entry, (of) => of.jars),
		async fetch(entries, limit) {
			const byLayer = new Map<number, Map<number, Entry>>();
			for (const entry of entries) {
				const place = at(entry);
				if (place === undefined) continue;
				const wanted = byLayer.get(place.layer) ?? new Map<number, Entry>();
				byLayer.set(place.layer, wanted.set(place.ordinal, entry));
			}
			const found = new Map<number, Uint8Array>();
			for (const [layer, wanted] of byLayer) await fetchFrom(host, image, layer, wanted, limit, found);
			return found;
		},
	};
}

async function fetchFrom(
	host: Host,
	image: Image,
	index: number,
	wanted: ReadonlyMap<number, Entry>,
	limit: number,
	found: Map<number, Uint8Array>,
): Promise<void> {
	const layer = image.layers[index] as Layer;
	if (layer.body.kind === 'tree') {
		for (const entry of wanted.values()) {
			const body = await host.disk.readFile(`${layer.body.directory}${entry.path}`, limit);
			if (body.length !== entry.size)
				throw new FootingError('truncated', `cannot read ${quote(entry.path)}: it changed while the directory was read`);
			found.set(entry.inode, body);
		}
		return;
	}
	await scanChunks(layerChunks(host.disk, layer), promiseOf(layer, index, image.layers.length), new BodyPicker(wanted, found));
}

/** Counts the members of a layer as `LayerCollector` does and copies the bodies of some. */
class BodyPicker implements TarSink {
	readonly #wanted: ReadonlyMap<number, Entry>;
	readonly #found: Map<number, Uint8Array>;
	readonly #counter = new LayerCollector({});
	#body: Uint8Array | undefined;
	#inode = 0;

	constructor(wanted: ReadonlyMap<number, Entry>, found: Map<number, Uint8Array>) {
		this.#wanted = wanted;
		this.#found = found;
	}

	entry(entry: TarEntry): boolean {
		this.#counter.entry(entry);
		const wanted = this.#wanted.get(this.#counter.count - 1);
		if (wanted === undefined || entry.type !== 'file' || entry.size === 0) return false;
		if (entry.size !== wanted.size)
			throw new FootingError('digest-mismatch', `cannot read ${quote(wanted.path)}: the layer changed while it was read`);
		this.#body = new Uint8Array(entry.size);
		this.#inode = wanted.inode;
		return true;
	}

	body(chunk: Uint8Array, position: number): void {
		this.#body?.set(chunk, position);
	}

	finish(): void {
		if (this.#body !== undefined) this.#found.set(this.#inode, this.#body);
		this.#body = undefined;
	}
}
