import { FootingError } from '../../model/errors.ts';
import type { Disk } from '../../model/host.ts';
import type { LayerBody } from '../../model/image.ts';
import { quote } from '../../model/quote.ts';

/** A range of a local file. */
export type FilePlace = LayerBody & { readonly kind: 'file' };

/** Files by name, in a directory or in an archive: what OCI layouts and saved images are made of. */
export interface Bundle {
	/** For messages: `oci-layout ./out`. */
	readonly where: string;
	/** Where a regular file lies; links inside an archive are followed. `name` is relative and without `..`. */
	place(name: string): Promise<FilePlace | undefined>;
	close(): Promise<void>;
}

/** The bytes of a small file. @throws FootingError `limit` when it is larger, `truncated` */
export async function readPlace(disk: Disk, place: FilePlace, limit: number, what: string): Promise<Uint8Array> {
	if (place.length > limit)
		throw new FootingError('limit', `cannot read ${what}: ${place.length} bytes are more than the limit of ${limit}`);
	const file = await disk.open(place.path, { follow: true });
	try {
		const bytes = await file.read(place.offset, place.length);
		if (bytes.length < place.length) throw new FootingError('truncated', `cannot read ${what}: ${quote(place.path)} ends too early`);
		return bytes;
	} finally {
		await file.close();
	}
}

/** A directory of the local disk. Links are followed: what they lead to has to have the right digest or be valid JSON. */
export function directoryBundle(disk: Disk, directory: string, where: string): Bundle {
	return {
		where,
		async place(name) {
			const path = `${directory}/${name}`;
			const stat = await disk.stat(path, { follow: true });
			return stat?.type === 'file' ? { kind: 'file', path, offset: 0, length: stat.size } : undefined;
		},
		close: async () => {},
	};
}
