import { FootingError } from './errors.ts';

/**
 * What a `Network` throws. `transient`: trying again may help (a reset, a stall, a name server that did not answer); false
 * when it cannot (a certificate that is not trusted, a refused connection, a name that does not exist).
 */
export class NetworkError extends FootingError {
	/** The reason alone, for a message that says what was being done: `the connection was refused`. */
	readonly why: string;
	readonly transient: boolean;
	constructor(doing: string, why: string, options: { readonly transient: boolean; readonly cause?: unknown; readonly hint?: string }) {
		super('network', `cannot ${doing}: ${why}`, options);
		this.why = why;
		this.transient = options.transient;
	}
}
