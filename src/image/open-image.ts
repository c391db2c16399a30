import { FootingError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Image } from '../model/image.ts';
import { quote } from '../model/quote.ts';
import { assemble } from './assemble.ts';
import { parseReference, type Reference } from './reference.ts';
import type { FoundImage, ImageSource, OpenOptions } from './source.ts';
import { imageSources } from './sources/index.ts';

export type { OpenOptions } from './source.ts';

/** Errors after which a bare name is looked for in the next source. */
const tryNext: ReadonlySet<string> = new Set(['engine-unavailable', 'image-not-found', 'no-platform']);

/**
 * Opens an image from wherever it is: its documents are read and checked, its layers are not read yet. A bare name is
 * tried in the local engines first and then in its registry. Close the image when done.
 * @throws FootingError with what each place said
 */
export async function openImage(
	host: Host,
	reference: string,
	options: OpenOptions = {},
	sources: readonly ImageSource[] = imageSources,
): Promise<Image> {
	const parsed = parseReference(reference);
	const answering = sources.filter((source) => source.schemes.includes(parsed.scheme));
	const refused: { readonly source: ImageSource; readonly error: FootingError }[] = [];
	for (const source of answering) {
		try {
			return await openFrom(host, source, parsed, options);
		} catch (error) {
			if (!(error instanceof FootingError) || !tryNext.has(error.code) || answering.length === 1) throw error;
			refused.push({ source, error });
		}
	}
	throw nowhere(parsed, refused);
}

async function openFrom(host: Host, source: ImageSource, reference: Reference, options: OpenOptions): Promise<Image> {
	const found = await source.find(host, reference, options);
	try {
		return await assemble(found, reference, options);
	} catch (error) {
		await closeFound(found);
		throw error;
	}
}

async function closeFound(found: FoundImage): Promise<void> {
	if (found.form !== 'directory') await found.close();
}

/** The error of the last place, with what the places before it said. */
function nowhere(reference: Reference, refused: readonly { readonly source: ImageSource; readonly error: FootingError }[]): FootingError {
	const last = refused.at(-1);
	if (last === undefined)
		return new FootingError('unsupported', `cannot open ${quote(reference.text)}: nothing here reads "${reference.scheme}:"`);
	const before = refused.slice(0, -1).map(({ source, error }) => `${source.name}: ${error.message}`);
	const message = before.length === 0 ? last.error.message : `${last.error.message} (before: ${before.join('; ')})`;
	return new FootingError(last.error.code, message, { cause: last.error, hint: last.error.hint });
}
