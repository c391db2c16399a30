import { parseReference } from '../image/reference.ts';
import { inventoryInterest } from '../inventory/interest.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import { fileTree } from '../model/file-tree.ts';
import type { Image } from '../model/image.ts';
import type { Inventory } from '../model/package.ts';
import type { Interest, Rootfs } from '../model/rootfs.ts';
import type { Measurement } from '../model/surface.ts';
import { needsInterest } from '../needs/interest.ts';
import { unite } from '../rootfs/interest.ts';
import { readRootfs } from '../rootfs/read-rootfs.ts';
import { surfaceInterest } from '../surface/interest.ts';
import { measure } from '../surface/measure.ts';
import { rememberBase } from './base-catalogue.ts';
import { openNamed } from './open-named.ts';
import type { Session } from './session.ts';
import { watched } from './watched.ts';

/** An image with its files: enough to see whether an application fits. Bodies can be read until `close`. */
export interface ImageFiles {
	/** As the user wrote it, substitutes not yet put in. */
	readonly reference: string;
	readonly image: Image;
	readonly rootfs: Rootfs;
	/** Something of it could not be read that may be readable another day: what follows from it is not kept. */
	failed(): boolean;
	close(): Promise<void>;
}

/** An image with all that was read of it. */
export interface Study extends ImageFiles {
	readonly inventory: Inventory;
	readonly measurement: Measurement;
}

/** What is read of an image only to be measured, and what is read to see whether an application fits. */
export type Purpose = 'measure' | 'fit';

const interests: Readonly<Record<Purpose, Interest>> = {
	measure: unite([inventoryInterest, surfaceInterest]),
	fit: unite([inventoryInterest, surfaceInterest, needsInterest]),
};

/** Opens, reads and measures one image. @throws FootingError when it cannot be had or read */
export async function studyImage(session: Session, reference: string, purpose: Purpose): Promise<Study> {
	session.host.progress?.(`reading ${reference}`);
	const image = await openNamed(session, reference);
	try {
		return await studyOf(session, reference, image, purpose);
	} catch (error) {
		await image.close();
		throw error;
	}
}

/** Opens and reads one image, without measuring it. @throws FootingError when it cannot be had or read */
export async function readImage(session: Session, reference: string): Promise<ImageFiles> {
	const image = await openNamed(session, reference);
	try {
		return await readFiles(session, reference, image);
	} catch (error) {
		await image.close();
		throw error;
	}
}

/** Reads an image that is open, without measuring it. @throws FootingError when it cannot be read */
export function readFiles(session: Session, reference: string, image: Image): Promise<ImageFiles> {
	session.host.progress?.(`reading ${reference}`);
	return filesOf(session, reference, image, 'fit');
}

/** Reads and measures an image that is open. */
export async function studyOf(session: Session, reference: string, image: Image, purpose: Purpose): Promise<Study> {
	const files = await filesOf(session, reference, image, purpose);
	const inventory = await takeInventory(files.rootfs);
	return { ...files, inventory, measurement: await measure(files.rootfs, inventory, image.config) };
}

async function filesOf({ host }: Session, reference: string, image: Image, purpose: Purpose): Promise<ImageFiles> {
	const { rootfs, failed } = watched(image.layers.length === 0 ? fileTree([]) : await readRootfs(host, image, interests[purpose]));
	if (isNamed(reference)) await rememberBase(host, reference, image);
	return { reference, image, rootfs, failed, close: () => image.close() };
}

/** Other images can stand on it by its name: it is in a registry or an engine, not in a file or under an id. */
function isNamed(reference: string): boolean {
	return reference !== 'scratch' && parseReference(reference).name !== undefined;
}
