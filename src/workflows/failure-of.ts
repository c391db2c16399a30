import { FootingError } from '../model/errors.ts';

/** The failure to have an image, as a value; defects of ours are thrown on. */
export function failureOf(error: unknown): { readonly code: string; readonly message: string } {
	if (error instanceof FootingError && error.code !== 'internal') return { code: error.code, message: error.message };
	throw error;
}
