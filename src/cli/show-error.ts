import { FootingError } from '../model/errors.ts';

/** What the user sees of an error: what was being done, to what, what happened, what to do next. */
export function showError(error: unknown): string {
	if (error instanceof FootingError) return `footing: ${error.message}\nhint: ${error.hint}\n`;
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return `footing: internal error: ${stack}\nhint: this is a defect of Footing; please report it with the command line\n`;
}
