/** Exit codes of the command line (sysexits for our own defects). */
export const exitCodes = { yes: 0, no: 1, usage: 2, input: 3, defect: 70 } as const;

interface ErrorKind {
	/** Process exit code that this error ends with. */
	readonly exit: 2 | 3 | 70;
	/** What the user can do next. */
	readonly hint: string;
}

/** The one catalogue of errors; the page about errors is generated from it. Keep it sorted. */
export const errorCatalogue = {
	'ambiguous-reference': { exit: 2, hint: 'name one of the images listed, for instance oci-layout:DIR:TAG' },
	'bad-advisory': { exit: 3, hint: 'the record breaks the OSV schema; fetch the advisory data again' },
	'bad-archive': { exit: 3, hint: 'save the image again with "docker save" or "skopeo copy"' },
	'bad-compression': { exit: 3, hint: 'the layer is damaged or uses an unknown compression; pull or save the image again' },
	'bad-config': { exit: 3, hint: 'the image configuration breaks the OCI image specification; build or pull the image again' },
	'bad-digest': { exit: 3, hint: 'a digest is "sha256:" and 64 hexadecimal digits' },
	'bad-dockerfile': { exit: 2, hint: 'mend the Dockerfile at the line named' },
	'bad-footing-yaml': { exit: 2, hint: 'mend footing.yaml at the place named; docs/configuration.md lists the fields' },
	'bad-layout': { exit: 3, hint: 'an OCI layout has the files oci-layout and index.json and the folder blobs/' },
	'bad-manifest': { exit: 3, hint: 'the manifest breaks the OCI image specification; push or save the image again' },
	'bad-reference': { exit: 2, hint: 'write for instance node:24-slim, registry:…, oci-layout:DIR, docker-archive:FILE or rootfs:DIR' },
	'bad-rpmdb': { exit: 3, hint: 'the rpm database is damaged; rebuild it with "rpm --rebuilddb" in the image' },
	'bad-tar': { exit: 3, hint: 'the archive is damaged; save or build the image again' },
	'bad-usage': { exit: 2, hint: 'see footing --help' },
	'blob-missing': { exit: 3, hint: 'the image is not whole; pull or save it again' },
	credentials: { exit: 3, hint: 'log in with "docker login" or mend the credential helper that is named' },
	'digest-mismatch': {
		exit: 3,
		hint: 'the bytes are not those that the manifest promises; fetch the image again and distrust where it came from',
	},
	'engine-unavailable': { exit: 3, hint: 'start Docker or Podman, or read the image from its registry with registry:' },
	'image-not-found': { exit: 3, hint: 'check the name and the tag; a private image needs a login' },
	internal: { exit: 70, hint: 'this is a defect of Footing; please report it with the command line' },
	interrupted: { exit: 3, hint: 'start it again; what was made in the container engine has been removed' },
	limit: { exit: 3, hint: 'the input is larger than Footing reads; see docs/limits.md' },
	network: { exit: 3, hint: 'check the network, proxy and registry; --offline reads only what is here' },
	'no-application': { exit: 2, hint: 'name a directory with a Dockerfile, or a built image' },
	'no-platform': { exit: 3, hint: 'choose one of the platforms listed with --platform os/arch' },
	'not-an-image': { exit: 3, hint: 'this is an OCI artifact of another kind, not a container image' },
	'not-found': { exit: 3, hint: 'check the path' },
	'path-escape': { exit: 3, hint: 'the image tries to reach outside its own root; do not run it' },
	'size-mismatch': { exit: 3, hint: 'the bytes are not those that the manifest promises; fetch the image again' },
	'temporary-file': { exit: 3, hint: 'TMPDIR names the directory for temporary files; it needs room for the image' },
	truncated: { exit: 3, hint: 'the file ends too early; fetch or save the image again' },
	unauthorized: { exit: 3, hint: 'log in to the registry with "docker login"' },
	unsupported: { exit: 3, hint: 'Footing does not read this form; docs/architecture.md lists those it reads' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

/**
 * The only error that leaves a public function. The message says what was being done, to what, and what happened
 * ("cannot …" for the world, "invalid …" for what the user wrote). Text from an image is cut and escaped by the caller
 * with `quote` before it becomes part of a message.
 */
export class FootingError extends Error {
	readonly code: ErrorCode;
	readonly hint: string;
	readonly exitCode: number;
	constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown; readonly hint?: string } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'FootingError';
		this.code = code;
		this.hint = options.hint ?? errorCatalogue[code].hint;
		this.exitCode = errorCatalogue[code].exit;
	}
}
