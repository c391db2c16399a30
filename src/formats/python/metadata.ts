/** Core metadata of a distribution (PyPA specification "Core metadata"), as far as it says which it is. */
export interface DistributionMetadata {
	readonly name: string;
	readonly version: string;
}

/** The header is what stands before the first empty line; more than this is not looked at. */
const headerLimit = 1024 * 1024;

/** Undefined when the header names no distribution or no version. */
export function readDistributionMetadata(bytes: Uint8Array): DistributionMetadata | undefined {
	const text = new TextDecoder().decode(bytes.subarray(0, headerLimit));
	const end = text.search(/\r?\n\r?\n/);
	const header = end === -1 ? text : text.slice(0, end);
	const field = (name: RegExp): string | undefined => name.exec(header)?.[1]?.trim();
	const name = field(/^name:(.*)$/im);
	const version = field(/^version:(.*)$/im);
	return name === undefined || version === undefined || name === '' || version === '' ? undefined : { name, version };
}

/** PyPA specification "Names and normalization": what `pip` compares. */
export function normalizedName(name: string): string {
	return name.replace(/[-_.]+/g, '-').toLowerCase();
}
