/** Where a claim can be looked up: a file of an image, of the build context or a configuration field. */
export interface Evidence {
	/** Path inside the image (absolute), path inside the build context (relative), or a name such as `image config`. */
	readonly path: string;
	/** Line in that file, counted from 1. */
	readonly line?: number;
	/** Index of the layer it came from; 0 is the lowest. */
	readonly layer?: number;
	/** What is to be seen there, in a few words. Text that came from an image is kept raw here; reporters escape it. */
	readonly shows: string;
}
