import { quote } from '../../model/quote.ts';
import type { ReportedVerification, VerifyReport } from '../../model/report.ts';
import { answerText } from './fit.ts';
import { applicationLines } from './needs.ts';
import { type Page, shorten, wrap } from './page.ts';

export function verifyText({ application, engine, bases }: VerifyReport, page: Page): readonly string[] {
	return [
		...applicationLines(application, page),
		page.paint('dim', `really built and run with ${quote(engine.name, 40)} ${quote(engine.version, 40)}`),
		...bases.flatMap((base) => ['', ...oneBase(base, page)]),
	];
}

export const verdictMarks = { holds: ['green', '✓'], fails: ['red', '✗'], unknown: ['yellow', '?'] } as const;
const verdicts = { holds: ['green', 'works'], fails: ['red', 'does not work'], unknown: ['yellow', 'unknown'] } as const;

function oneBase(base: ReportedVerification, page: Page): readonly string[] {
	const [style, words] = verdicts[base.answer];
	const head = `${page.paint('bold', shorten(base.reference, page.width - 24))}  ${page.paint(style, words)}`;
	if (base.failed !== undefined) return [head, ...wrap(quote(base.failed.message, 500), page.width, '  ', 4)];
	return [
		head,
		...wrap(quote(base.because, 500), page.width, '  ', 4),
		...partLines(base, page),
		...baselineLines(base, page),
		...fitLines(base, page),
		...noteLines(base, page),
	];
}

function partLines({ build, start, tests }: ReportedVerification, page: Page): readonly string[] {
	const command = tests?.command.length ? `: ${tests.command.join(' ')}` : '';
	const respond = start?.respondMs === undefined ? '' : `, answers in ${(start.respondMs / 1000).toFixed(2)} s`;
	return [
		...(build === undefined ? [] : part('build', build.answer, `${build.because}${took(build.durationMs)}`, build.output, page)),
		...(start === undefined ? [] : part('start', start.answer, `${start.because}${took(start.durationMs)}${respond}`, start.output, page)),
		...(tests === undefined ? [] : part('tests', tests.answer, `${tests.because}${command}${took(tests.durationMs)}`, tests.output, page)),
	];
}

function took(ms: number | undefined): string {
	return ms === undefined ? '' : ` (${(ms / 1000).toFixed(1)} s)`;
}

/** Output is shown where something is wrong. */
function part(name: string, answer: keyof typeof verdictMarks, because: string, output: string, page: Page): readonly string[] {
	const [style, mark] = verdictMarks[answer];
	const lines = output.split('\n').filter((line) => line.trim() !== '');
	const shown = page.verbose ? lines.slice(-100) : answer === 'holds' ? [] : lines.slice(-6);
	return [
		...wrap(quote(because, 400), page.width, `  ${page.paint(style, mark)} ${name}: `, 6),
		...shown.flatMap((line) => wrap(quote(line, 600), page.width, '      ', 8)).map((line) => page.paint('dim', line)),
	];
}

function baselineLines({ baseline }: ReportedVerification, page: Page): readonly string[] {
	if (baseline === undefined) return [];
	const [style, words] = verdicts[baseline.answer];
	const text = `  today, on ${shorten(baseline.reference, 60)}: ${page.paint(style, words)}`;
	return baseline.answer === 'holds' ? [text] : [text, ...wrap(quote(baseline.because, 300), page.width, '      ', 6)];
}

function fitLines({ fit }: ReportedVerification, page: Page): readonly string[] {
	if (fit === undefined) return [];
	const said = `  the static proof said: ${answerText(fit.answer, page)}`;
	if (fit.agrees !== 'fails') return [said];
	return [`${said}, which is ${page.paint('red', 'not what happened')}: please report it`];
}

/** When an earlier run has found it out, and how to have it found out anew. */
export function keptText({ kept }: ReportedVerification): string | undefined {
	return kept === undefined ? undefined : `found out ${quote(kept.at, 40)}, and kept: --fresh finds it out anew`;
}

function noteLines(base: ReportedVerification, page: Page): readonly string[] {
	const log = base.log === undefined ? undefined : `log: ${quote(base.log, 300)}`;
	return [keptText(base), log].flatMap((line) => (line === undefined ? [] : [page.paint('dim', `  ${line}`)]));
}
