import { quote } from '../../model/quote.ts';
import type { ProbeReport, ReportedMove } from '../../model/report.ts';
import { type Page, someOf, wrap } from './page.ts';

export function probeText(report: ProbeReport, page: Page): readonly string[] {
	const { target, live, engine } = report;
	const where = live ? 'as it runs' : 'in throwaway containers without a way out';
	return [
		page.paint('bold', quote(target, 120)),
		...wrap(`what somebody who got in can do, tried ${where} (${quote(engine.name, 40)} ${quote(engine.version, 40)})`, page.width, '', 2),
		...[...new Set(report.moves.map(({ name }) => name))].flatMap((name) => ['', ...oneMove(report, name, page)]),
		'',
		...agreementLines(report, page),
		'',
		...remainLines(report, page),
	];
}

const words = { possible: ['red', 'possible'], impossible: ['green', 'impossible'], unknown: ['yellow', 'unknown'] } as const;

function oneMove({ moves }: ProbeReport, name: string, page: Page): readonly string[] {
	return [page.paint('bold', name), ...moves.filter((move) => move.name === name).flatMap((move) => attemptLines(move, page))];
}

function attemptLines(move: ReportedMove, page: Page): readonly string[] {
	const [style, word] = words[move.observed];
	const wrong = move.predicted !== move.observed && move.predicted !== 'unknown' && move.observed !== 'unknown';
	const told = wrong ? page.paint('yellow', ` (predicted: ${move.predicted}, because ${quote(move.because, 200)})`) : '';
	const evidence =
		move.observed === 'possible' && !page.verbose && !wrong ? [] : move.evidence.split('\n').filter((line) => line.trim() !== '');
	return [
		...wrap(`${page.paint(style, word)}${told}`, page.width, `  ${quote(move.what, 80)}: `, 6),
		...evidence
			.slice(0, page.verbose ? 20 : 2)
			.flatMap((line) => wrap(quote(page.verbose ? line : essential(line), 400), page.width, '      ', 8))
			.map((line) => page.paint('dim', line)),
	];
}

/** An engine's message without the layers that handed it on. */
function essential(line: string): string {
	return line.replace(/^.{0,200}?(?=exec: ")/, '');
}

function agreementLines({ agreement, moves }: ProbeReport, page: Page): readonly string[] {
	const { answer, agree, differ, unknown } = agreement;
	const rest = unknown === 0 ? '' : `; ${unknown} could not be predicted or told`;
	const text = `${agree} of ${moves.length} attempts went as predicted from what was counted${rest}`;
	if (answer !== 'fails') return wrap(text, page.width, '', 2);
	return [...wrap(text, page.width, '', 2), page.paint('red', `${differ} did not: that is a defect of Footing, please report it`)];
}

/** What no base takes away. */
const application =
	'The application itself remains, with every flaw that it and its dependencies have: dependency scanning and updates address that.';

function remainLines({ remains }: ProbeReport, page: Page): readonly string[] {
	if (remains.length === 0) return wrap(`Nothing of what was tried is possible. ${application}`, page.width, '', 2);
	return [
		page.paint('bold', 'What remains possible, and what addresses it'),
		...remains.flatMap(({ name, ways, defence }) => [
			...wrap(`${name}: ${someOf(ways, page.width - name.length - 6)}`, page.width, '  ', 6),
			...wrap(quote(defence, 300), page.width, '      → ', 8),
		]),
		...wrap(application, page.width, '', 2),
	];
}
