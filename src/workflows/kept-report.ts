import type { KnownBase } from '../bases/identify-base.ts';
import type { Image } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { ImageReport, ReportedPackage } from '../model/report.ts';
import { seenBases } from './base-catalogue.ts';
import type { Session } from './session.ts';

/** What reports tell of one image. */
export interface ToldImage {
	readonly report: ImageReport;
	readonly packages: readonly ReportedPackage[];
	readonly problems: readonly Problem[];
}

/** The place in the cache of what was told of an image. */
export interface KeptReport {
	/** All but what depends on the day. */
	get(): Promise<ToldImage | undefined>;
	put(told: ToldImage): Promise<void>;
}

/**
 * Where what is told of this image is kept: under everything that it follows from, which is this build, the documents of the
 * image (they name the layers by their digests), the name it was asked for by, and the bases that are known. Undefined when
 * nothing is kept here, or the content of a layer is not known by its digest.
 */
export async function keptReport(
	{ host }: Session,
	reference: string,
	image: Image,
	named: readonly KnownBase[],
): Promise<KeptReport | undefined> {
	const { cache, build } = host;
	if (cache === undefined || build === undefined || !isAddressed(image)) return undefined;
	const known = [named, await seenBases(host, { ...image, reference })];
	const key = `report\n${build}\n${JSON.stringify([reference, image, known], plain)}`;
	return {
		async get() {
			const bytes = await cache.get(key);
			// the cache gives back only what was put there under this key, whole
			return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as ToldImage);
		},
		put: (told) => cache.put(key, Buffer.from(JSON.stringify(told))),
	};
}

function isAddressed({ layers }: Image): boolean {
	return layers.length > 0 && layers.every(({ diffId, body }) => diffId !== undefined && body.kind !== 'tree');
}

/** Maps as lists; where the bytes of a layer lie says nothing of what they are. */
function plain(name: string, value: unknown): unknown {
	if (name === 'body') return undefined;
	return value instanceof Map ? [...value] : value;
}
