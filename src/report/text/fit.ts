import { quote } from '../../model/quote.ts';
import type { FitReport, ReportedChange, ReportedCheck, ReportedFit } from '../../model/report.ts';
import { applicationLines, evidenceText, unseenLines } from './needs.ts';
import { type Page, shorten, wrap } from './page.ts';

export function fitText({ application, bases }: FitReport, page: Page): readonly string[] {
	return [
		...applicationLines(application, page),
		...bases.flatMap((base) => ['', ...oneBase(base, page)]),
		...unseenLines(application, page),
	];
}

const answers = {
	runs: ['green', 'runs'],
	'runs-with-changes': ['cyan', 'runs with changes'],
	breaks: ['red', 'breaks'],
	unknown: ['yellow', 'unknown'],
} as const;

export function answerText(answer: ReportedFit['answer'], page: Page): string {
	const [style, words] = answers[answer];
	return page.paint(style, words);
}

function oneBase(fit: ReportedFit, page: Page): readonly string[] {
	const head = `${page.paint('bold', shorten(fit.reference, page.width - 24))}  ${answerText(fit.answer, page)}`;
	if (fit.failed !== undefined) return [head, ...wrap(quote(fit.failed.message, 500), page.width, '  ', 4)];
	const open = fit.checks.filter((check) => page.verbose || (check.answer !== 'holds' && check.need.certainty !== 'possible'));
	const hold = fit.checks.filter((check) => check.answer === 'holds').length;
	return [
		head,
		`  ${hold} of ${fit.checks.length} needs hold${page.verbose || hold === 0 ? '' : '; --verbose shows by what'}`,
		...open.flatMap((check) => checkLines(check, page)),
		...changeLines(fit.changes, fit.patch, page),
	];
}

const marks = { holds: ['green', '✓'], fails: ['red', '✗'], unknown: ['yellow', '?'] } as const;

export function checkLines(check: ReportedCheck, page: Page): readonly string[] {
	const [style, mark] = marks[check.answer];
	return [
		...wrap(`${quote(check.need.what, 300)} (${check.need.certainty})`, page.width, `  ${page.paint(style, mark)} `, 6),
		...(check.message === undefined ? [] : wrap(quote(check.message, 500), page.width, '      ', 8)),
		...(check.message === undefined || page.verbose ? check.because.slice(0, page.verbose ? 50 : 2) : []).flatMap((e) =>
			wrap(evidenceText(e), page.width, '      ', 8).map((line) => page.paint('dim', line)),
		),
		...(check.hint === undefined ? [] : wrap(quote(check.hint, 400), page.width, '      → ', 8)),
	];
}

export function changeLines(changes: readonly ReportedChange[], patch: string | undefined, page: Page): readonly string[] {
	if (changes.length === 0) return [];
	return [
		'',
		page.paint('bold', 'What must change'),
		...changes.flatMap((change, i) => wrap(`${quote(change.what, 300)} – ${quote(change.because, 300)}`, page.width, `  ${i + 1} `, 4)),
		...(patch === undefined ? [] : ['', ...patchLines(patch, page)]),
	];
}

function patchLines(patch: string, page: Page): readonly string[] {
	return patch
		.replace(/\n$/, '')
		.split('\n')
		.map((line) => {
			const safe = `  ${line
				.split('\t')
				.map((part) => quote(part, 1000))
				.join('\t')}`;
			if (line.startsWith('+')) return page.paint('green', safe);
			return line.startsWith('-') ? page.paint('red', safe) : safe;
		});
}
