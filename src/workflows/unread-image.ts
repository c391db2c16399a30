import type { Image } from '../model/image.ts';
import { openNamed } from './open-named.ts';
import type { Session } from './session.ts';
import type { ImageFiles } from './study-image.ts';

/** An image of which the documents are read, and the files when they are asked for. */
export interface UnreadImage {
	readonly reference: string;
	readonly image: Image;
	/** Read once. @throws FootingError when they cannot be read */
	files(): Promise<ImageFiles>;
	close(): Promise<void>;
}

/** @throws FootingError when it cannot be had */
export async function openUnread(session: Session, reference: string): Promise<UnreadImage> {
	const image = await openNamed(session, reference);
	let reading: Promise<ImageFiles> | undefined;
	return {
		reference,
		image,
		files() {
			reading ??= import('./study-image.ts').then(({ readFiles }) => readFiles(session, reference, image));
			return reading;
		},
		close: () => image.close(),
	};
}
