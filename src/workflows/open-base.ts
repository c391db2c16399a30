import type { KnownBase } from '../bases/identify-base.ts';
import { openImage } from '../image/open-image.ts';
import type { ImageConfig } from '../model/image.ts';
import { imageKey } from './image-key.ts';
import type { Session } from './session.ts';

/** A base whose documents were read; its layers were not. */
export interface OpenedBase extends KnownBase {
	readonly config: ImageConfig;
}

/** Undefined for one that does not say its layers. @throws FootingError when it cannot be had */
export async function openBase(session: Session, reference: string): Promise<OpenedBase | undefined> {
	const image = await openImage(session.host, session.substitutes?.get(imageKey(reference)) ?? reference, session.open);
	await image.close();
	const diffIds = image.layers.flatMap(({ diffId }) => (diffId === undefined ? [] : [diffId]));
	if (diffIds.length !== image.layers.length) return undefined;
	return { reference, ...(image.digest === undefined ? {} : { digest: image.digest }), diffIds, config: image.config };
}

/** The bases that the user named, opened. @throws FootingError when one cannot be had */
export async function openBases(session: Session, references: readonly string[]): Promise<readonly KnownBase[]> {
	const bases: KnownBase[] = [];
	for (const reference of references) {
		const base = await openBase(session, reference);
		if (base !== undefined) bases.push(base);
	}
	return bases;
}
