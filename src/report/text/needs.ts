import type { Evidence } from '../../model/evidence.ts';
import { quote } from '../../model/quote.ts';
import type { NeedsReport, ReportedApplication, ReportedNeed } from '../../model/report.ts';
import { type Page, wrap } from './page.ts';

export function needsText({ application, needs }: NeedsReport, page: Page): readonly string[] {
	return [...applicationLines(application, page), '', ...needLines(needs, page), ...unseenLines(application, page)];
}

export function applicationLines(application: ReportedApplication, page: Page): readonly string[] {
	const base = application.currentBase === undefined ? 'no base that is named' : quote(application.currentBase.reference, 120);
	return wrap(
		`stands on ${base}; ${application.files} files of its own`,
		page.width,
		`${page.paint('bold', quote(application.name, 60))} `,
		2,
	);
}

const certainties = ['required', 'likely', 'possible'] as const;

export function needLines(needs: readonly ReportedNeed[], page: Page): readonly string[] {
	if (needs.length === 0) return ['It needs nothing that could be found.'];
	return certainties.flatMap((certainty) => {
		const mine = needs.filter((need) => need.certainty === certainty);
		if (mine.length === 0) return [];
		const shown = certainty === 'possible' && !page.verbose ? mine.slice(0, 3) : mine;
		const more = mine.length - shown.length;
		return [
			page.paint('bold', certainty),
			...shown.flatMap((need) => oneNeed(need, page)),
			...(more > 0 ? [`  and ${more} more; --verbose lists them`] : []),
		];
	});
}

function oneNeed(need: ReportedNeed, page: Page): readonly string[] {
	const evidence = page.verbose ? need.because : need.because.slice(0, 1);
	const more = need.because.length - evidence.length;
	return [
		...wrap(quote(need.what, 300), page.width, '  ', 4),
		...evidence.flatMap((e) => wrap(evidenceText(e), page.width, page.paint('dim', '      '), 8)).map((line) => page.paint('dim', line)),
		...(more > 0 ? [page.paint('dim', `      and ${more} more places`)] : []),
	];
}

/** `Dockerfile:7: CMD node server.js` */
export function evidenceText({ path, line, shows }: Evidence): string {
	return `${quote(path, 120)}${line === undefined ? '' : `:${line}`}: ${quote(shows, 160)}`;
}

/** Parts of the application that could not be seen without building it. */
export function unseenLines(application: ReportedApplication, page: Page): readonly string[] {
	if (application.unseen.length === 0) return [];
	return [
		'',
		page.paint('yellow', 'Not seen, so answers that depend on it are "unknown"'),
		...application.unseen.flatMap(({ where, message }) => wrap(`${quote(where, 120)}: ${quote(message, 300)}`, page.width, '  ', 4)),
	];
}
