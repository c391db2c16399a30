import { identifyBase } from '../bases/identify-base.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import type { Image } from '../model/image.ts';
import { annotatedBase, applicationFromImage, type ImageSplit } from '../needs/application/from-image.ts';
import { type OpenedBase, openBase } from './open-base.ts';
import type { Session } from './session.ts';
import { failureOf } from './stand-on.ts';
import { type ImageFiles, readImage } from './study-image.ts';
import type { Subject } from './subject.ts';

/**
 * The application in a built image. Where its base ends is told by the layers of the bases that are named (and of the one
 * that its annotations name); without one of them, files that no package owns outside of the system's places are its own,
 * and what cannot be told apart is listed as unseen.
 * @throws FootingError when the image cannot be had or read
 */
export async function readImageSubject(session: Session, reference: string, named: readonly string[]): Promise<Subject> {
	const study = await readImage(session, reference);
	try {
		const image: Image = { ...study.image, reference };
		const split = (await splitByBase(session, image, named)) ?? (await byOwner(study));
		return { application: applicationFromImage(image, study.rootfs, split), close: () => study.close() };
	} catch (error) {
		await study.close();
		throw error;
	}
}

/** Without a base that is known, what no package owns. */
async function byOwner({ rootfs }: ImageFiles): Promise<ImageSplit> {
	const inventory = await takeInventory(rootfs);
	return { owned: (path) => inventory.owner(path) !== undefined };
}

async function splitByBase(session: Session, image: Image, named: readonly string[]): Promise<ImageSplit | undefined> {
	const annotated = annotatedBase(image)?.reference;
	const references = new Set([...named, ...(annotated === undefined ? [] : [annotated])]);
	references.delete(image.reference);
	const known: OpenedBase[] = [];
	for (const reference of references) known.push(...(await openedBase(session, reference)));
	const diffIds = image.layers.map(({ diffId }) => diffId);
	const identity = identifyBase({ diffIds, annotations: image.annotations, labels: image.config.labels }, known);
	// several names of the same layers are one border; which name is right plays no part in it
	const found = identity.bases.find(({ by }) => by === 'layers');
	const base = known.find((one) => one.reference === found?.reference);
	if (found?.layers === undefined || base === undefined) return undefined;
	return {
		base: { reference: base.reference, config: base.config, layers: found.layers, because: { ...found.because, shows: identity.because } },
	};
}

/** Nothing when it cannot be had: then it cannot tell the border. */
async function openedBase(session: Session, reference: string): Promise<readonly OpenedBase[]> {
	try {
		const base = await openBase(session, reference);
		return base === undefined ? [] : [base];
	} catch (error) {
		failureOf(error);
		return [];
	}
}
