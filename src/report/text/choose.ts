import { quote } from '../../model/quote.ts';
import type { ChooseReport, Loss, ReportedCandidate } from '../../model/report.ts';
import { proofLines } from './choose-proof.ts';
import { answerText, changeLines } from './fit.ts';
import { countText, namedLosses, titleOf } from './metrics.ts';
import { applicationLines, needLines, unseenLines } from './needs.ts';
import { bytesText, type Page, shorten, someOf, wrap } from './page.ts';
import { table } from './table.ts';

/** One screen: you stand on this, you need that, you could stand on this instead, what goes, what must change. */
export function chooseText(report: ChooseReport, page: Page): readonly string[] {
	return [
		...applicationLines(report.application, page),
		...needsSummary(report, page),
		'',
		...candidateTable(report, page),
		'',
		...proofLines(report, page),
		...recommendationLines(report, page),
		...othersLines(report, page),
		...unseenLines(report.application, page),
		...openLines(report),
	];
}

function needsSummary({ needs }: ChooseReport, page: Page): readonly string[] {
	if (page.verbose) return ['', ...needLines(needs, page)];
	const deciding = needs.filter(({ certainty }) => certainty !== 'possible');
	const names = deciding.slice(0, 6).map(({ what }) => quote(what, 70));
	const more = needs.length - names.length;
	return wrap(names.join('; ') + (more > 0 ? `; and ${more} more` : ''), page.width, 'needs ', 2);
}

function candidateTable({ candidates }: ChooseReport, page: Page): readonly string[] {
	const space = Math.max(26, page.width - 54);
	const had = candidates.filter(({ failed }) => failed === undefined);
	const rows = had.map((candidate) => [
		`${candidate.rank ?? ' '}`,
		(candidate.rank === 1 ? (t: string) => page.paint('bold', t) : (t: string) => t)(shorten(candidate.reference, space)),
		candidate.tier ?? '',
		candidate.fit === undefined ? '' : shortAnswer(candidate, page),
		...(['packages', 'shells', 'utilities', 'bytes'] as const).map((metric) =>
			candidate.surface === undefined ? '' : countText(metric, candidate.surface[metric]),
		),
	]);
	const right = 'right' as const;
	const columns = [
		{ title: '', align: right },
		{ title: 'base' },
		{ title: 'tier' },
		{ title: 'runs?' },
		{ title: 'pkgs', align: right },
		{ title: 'shells', align: right },
		{ title: 'utils', align: right },
		{ title: 'size', align: right },
	];
	return [...table(columns, rows, 0), ...notHad(candidates, page)];
}

function shortAnswer({ fit }: ReportedCandidate, page: Page): string {
	if (fit?.answer === 'runs-with-changes') return page.paint('cyan', 'changes');
	return fit === undefined ? '' : answerText(fit.answer, page);
}

/** Candidates that could not be had are listed with the reason; many of one reason share a line. */
function notHad(candidates: readonly ReportedCandidate[], page: Page): readonly string[] {
	const missing = candidates.filter(({ failed }) => failed !== undefined);
	if (missing.length === 0) return [];
	if (!page.verbose && missing.length > 2) {
		const first = quote(missing[0]?.failed?.message ?? '', 200);
		return [
			'',
			...wrap(
				`${someOf(
					missing.map((c) => c.reference),
					page.width * 2,
				)}`,
				page.width,
				`${missing.length} could not be had: `,
				2,
			),
			...wrap(first, page.width, '  for instance: ', 4),
		];
	}
	return ['', ...missing.flatMap((c) => wrap(quote(c.failed?.message ?? '', 300), page.width, `${shorten(c.reference, 60)}: `, 2))];
}

function recommendationLines(report: ChooseReport, page: Page): readonly string[] {
	const { recommendation } = report;
	if (recommendation === undefined)
		return wrap(quote(report.noneBecause ?? '', 600), page.width, page.paint('bold', 'No recommendation: '), 2);
	const same = recommendation.reference === report.current;
	return [
		page.paint(['bold', 'green'], `${same ? 'Stay on' : 'Stand on'} ${shorten(recommendation.reference, page.width - 12)}`) +
			` (${recommendation.tier})`,
		...recommendation.because.flatMap((line) => wrap(quote(line, 400), page.width, '  · ', 4)),
		...lossLines(recommendation.losses, page),
		...changeLines(recommendation.changes, recommendation.patch, page),
		...(recommendation.written === undefined ? [] : [`  written to ${quote(recommendation.written, 200)}`]),
		'',
		page.paint('bold', 'What a smaller base does not cover'),
		...recommendation.notCovered.flatMap((line) => wrap(quote(line, 400), page.width, '  · ', 4)),
		...(recommendation.next === undefined
			? []
			: [
					'',
					...wrap(
						`${quote(recommendation.next.reference, 120)}: ${quote(recommendation.next.change, 300)}`,
						page.width,
						page.paint('bold', 'Next smaller: '),
						2,
					),
				]),
	];
}

function lossLines(losses: readonly Loss[], page: Page): readonly string[] {
	if (losses.length === 0) return [];
	const rows = losses.map(({ metric, before, after, gone }) => [
		titleOf(metric),
		number(metric, before),
		'→',
		number(metric, after),
		namedLosses.includes(metric) ? someOf(gone, Math.max(20, page.width - 46)) : '',
	]);
	const right = 'right' as const;
	return [
		'',
		page.paint('bold', 'What an attacker no longer finds'),
		...table([{ title: '' }, { title: '', align: right }, { title: '' }, { title: '', align: right }, { title: '' }], rows),
	];
}

function number(metric: string, value: number): string {
	return metric === 'bytes' ? bytesText(value) : value.toLocaleString('en-US');
}

/** Why each of the others is not the recommendation: the first rule that put it out or held it back. */
function othersLines({ candidates, recommendation }: ChooseReport, page: Page): readonly string[] {
	const others = candidates.filter(({ reference, failed }) => failed === undefined && reference !== recommendation?.reference);
	const lines = others.flatMap((candidate) => {
		const reasons = candidate.trace.filter(({ effect }) => effect !== 'kept');
		const shown = page.verbose ? candidate.trace : reasons.slice(0, 1);
		return shown.flatMap(({ rule, because }) =>
			wrap(`${quote(because, 300)} (${rule})`, page.width, `  ${shorten(candidate.reference, 44)}: `, 4),
		);
	});
	return lines.length === 0 ? [] : ['', page.paint('bold', 'Why not the others'), ...lines];
}

function openLines({ application, recommendation }: ChooseReport): readonly string[] {
	if (recommendation === undefined) return [];
	return [
		'',
		`Every line can be opened: footing fit ${quote(application.reference, 80)} --base ${quote(recommendation.reference, 120)} --verbose`,
	];
}
