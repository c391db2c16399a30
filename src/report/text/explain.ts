import type { ExplainReport, ReportedCause, ReportedMeaning } from '../../model/explain-report.ts';
import { quote } from '../../model/quote.ts';
import { checkLines } from './fit.ts';
import { evidenceText } from './needs.ts';
import { type Page, wrap } from './page.ts';

export function explainText(report: ExplainReport, page: Page): readonly string[] {
	const { meanings, checks, image } = report;
	const unknown =
		meanings.length > 0 ? [] : wrap('None of these lines is known. What the log says before and after them may be.', page.width, '', 2);
	return [
		...unknown,
		...meanings.flatMap((meaning, i) => [...(i === 0 ? [] : ['']), ...meaningLines(meaning, image !== undefined, page)]),
		...(image === undefined && meanings.length > 0
			? ['', ...wrap('With --image IMAGE it is looked at which of these is so.', page.width, '', 2)]
			: []),
		...(checks.length === 0
			? []
			: [
					'',
					page.paint('bold', 'What the image lacks by itself, whatever the message says'),
					...checks.flatMap((check) => checkLines(check, page)),
				]),
	];
}

function meaningLines({ message, what, causes }: ReportedMeaning, looked: boolean, page: Page): readonly string[] {
	return [
		...wrap(quote(message, 400), page.width, '', 2).map((line) => page.paint('bold', line)),
		...wrap(quote(what, 600), page.width, '  ', 2),
		...causes.flatMap((cause) => causeLines(cause, looked, page)),
	];
}

const marks = { holds: ['green', '✓'], fails: ['dim', '·'], unknown: ['yellow', '?'] } as const;
const words = { holds: '', fails: 'not so: ', unknown: '' } as const;

function causeLines({ what, answer, because, hint }: ReportedCause, looked: boolean, page: Page): readonly string[] {
	const [style, mark] = marks[answer];
	return [
		...wrap(`${looked ? words[answer] : ''}${quote(what, 500)}`, page.width, `  ${page.paint(style, mark)} `, 6),
		...because
			.slice(0, page.verbose ? 50 : 4)
			.flatMap((evidence) => wrap(evidenceText(evidence), page.width, '      ', 8).map((line) => page.paint('dim', line))),
		...(hint === undefined || answer === 'fails' ? [] : wrap(quote(hint, 500), page.width, '      → ', 8)),
	];
}
