import { htmlDocument } from '../html/document.ts';
import type { Reporter } from '../reporter.ts';

/** One page to look at, search and print; it needs no server. */
export const html: Reporter = {
	format: 'html',
	kinds: ['inspect', 'compare', 'choose'],
	render: (report) => htmlDocument(report),
};
