/** Talk goes to standard error, so that results on standard output stay clean. @param {string} line */
export function say(line) {
	process.stderr.write(`footing: ${line}\n`);
}

/** What the user can mend: shown without a stack. */
export class LaunchError extends Error {}
