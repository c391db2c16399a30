/**
 * Something that could not be read or is not as it should be, and that does not end the run.
 * A result with problems is partial: what they hide is never counted as 0.
 */
export interface Problem {
	/** Stable, kebab-case: `broken-dpkg-status`. */
	readonly code: string;
	/** The path, reference or field it is about. */
	readonly where: string;
	readonly message: string;
}
