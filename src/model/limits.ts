const KiB = 1024;
const MiB = 1024 * KiB;

/** Every read has a limit and every limit a name; errors of code `limit` quote it. Sizes in bytes unless said. */
export const limits = {
	/** manifest, index, image configuration */
	document: 4 * MiB,
	/** registry token, PAX and GNU metadata records */
	metadata: 1 * MiB,
	/** HTTP header block and error bodies */
	errorBody: 64 * KiB,
	/** the end of a log that is explained */
	log: 4 * MiB,
	/** one path */
	path: 32 * KiB,
	/** path components */
	depth: 1024,
	/** entries of one image */
	entries: 2_000_000,
	/** layers of one image */
	layers: 1000,
	/** members of an archive that holds an image (not of a layer) */
	archiveMembers: 100_000,
	/** an image that has to be written to a temporary file before it can be read */
	temporaryFile: 64 * 1024 * MiB,
	/** nesting of image indexes */
	indexNesting: 8,
	/** decompressed size may be this many times the compressed one after the first `ratioFree` bytes */
	ratio: 1000,
	/** so much may come out of a layer before `ratio` is looked at */
	ratioFree: 64 * MiB,
	/** a package database in text form */
	textDatabase: 256 * MiB,
	/** characters of all paths that one package database lists; its compact forms repeat directories */
	ownedPaths: 64 * MiB,
	/** entries of one ELF table */
	elfEntries: 1_000_000,
	/** memory that a zstd frame may ask for */
	zstdWindow: 128 * MiB,
	/** names, attributes and ELF facts of an image that are held in memory */
	remembered: 256 * MiB,
	/** bodies held in memory so that they need not be read again, of a layer and of an image */
	keptBodies: 64 * MiB,
	/** sparse files whose holes are filled in because somebody looks into them */
	filledHoles: 2048 * MiB,
	/** symbolic links followed while one path is resolved */
	linkHops: 40,
	/** one file of a build context or of an image that is read for its meaning (a Dockerfile, a script, a package.json) */
	sourceFile: 4 * MiB,
} as const;
