import { identifyBase } from '../bases/identify-base.ts';
import type { Image } from '../model/image.ts';
import { annotatedBase, applicationFromImage, type ImageSplit } from '../needs/application/from-image.ts';
import { failureOf } from './failure-of.ts';
import { documentsOf, plain } from './kept-answer.ts';
import { type OpenedBase, openBase } from './open-base.ts';
import { openNamed } from './open-named.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';
import type { OpenedSubject } from './subject.ts';

/**
 * The application in a built image. Where its base ends is told by the layers of the bases that are named (and of the one
 * that its annotations name); without one of them, files that no package owns outside of the system's places are its own,
 * and what cannot be told apart is listed as unseen.
 * @throws FootingError when the image cannot be had
 */
export async function openImageSubject(session: Session, reference: string, named: readonly string[]): Promise<OpenedSubject> {
	const image: Image = { ...(await openNamed(session, reference)), reference };
	try {
		const split = await splitByBase(session, image, named);
		const documents = documentsOf(image);
		return {
			identity: documents === undefined ? undefined : JSON.stringify([documents, split ?? null], plain),
			currentBase: split?.base?.reference,
			async read() {
				const { readFiles } = await import('./study-image.ts');
				const files = await readFiles(session, reference, image);
				const application = applicationFromImage(image, files.rootfs, split ?? (await byOwner(files)));
				return { application, failed: files.failed, close: () => image.close() };
			},
			close: () => image.close(),
		};
	} catch (error) {
		await image.close();
		throw error;
	}
}

/** Without a base that is known, what no package owns. */
async function byOwner({ rootfs }: ImageFiles): Promise<ImageSplit> {
	const { takeInventory } = await import('../inventory/take-inventory.ts');
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
