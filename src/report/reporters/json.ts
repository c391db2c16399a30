import type { Reporter } from '../reporter.ts';

/** The public contract, as it is in model/report.ts. Stray bytes of names come out as `\udcNN` escapes. */
export const json: Reporter = {
	format: 'json',
	kinds: ['inspect', 'compare', 'needs', 'fit', 'verify', 'probe', 'debug', 'explain', 'choose'],
	// a lone surrogate is escaped by JSON.stringify itself (well-formed JSON.stringify)
	render: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};
