import type { KnownBase } from '../bases/identify-base.ts';
import type { Image } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { ImageReport, ReportedPackage } from '../model/report.ts';
import { seenBases } from './base-catalogue.ts';
import { documentsOf, type KeptAnswer, keptAnswer } from './kept-answer.ts';
import type { Session } from './session.ts';

/** What reports tell of one image. */
export interface ToldImage {
	readonly report: ImageReport;
	readonly packages: readonly ReportedPackage[];
	readonly problems: readonly Problem[];
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
): Promise<KeptAnswer<ToldImage> | undefined> {
	const documents = image.layers.length === 0 ? undefined : documentsOf(image);
	if (host.cache === undefined || host.build === undefined || documents === undefined) return undefined;
	const known = [named, await seenBases(host, { ...image, reference })];
	return keptAnswer(host, 'report', [reference, documents, JSON.stringify(known)]);
}
