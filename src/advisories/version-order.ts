/** How the versions of one ecosystem are ordered. */
export interface VersionOrder {
	/** Package-URL type: `deb`. */
	readonly ecosystem: string;
	/** Negative, zero or positive, as `Array.sort` wants it; a total order over all texts. */
	compare(a: string, b: string): number;
}
