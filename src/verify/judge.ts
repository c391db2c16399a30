import type { FitAnswer } from '../model/need.ts';
import type { ReportedVerification } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';

type Parts = Pick<ReportedVerification, 'build' | 'start' | 'tests'>;
export interface Judgement {
	readonly answer: Verdict;
	readonly because: string;
}

/** What takes so many times as long as on the current base is told, unless the user says another factor. */
const defaultFactor = 3;
/** And at least so much longer, in milliseconds: less is noise. */
const slower = { start: 2000, respond: 100 };

/** One application on one base, looked at for itself. */
export function judgeParts({ build, start, tests }: Parts): Judgement {
	if (build !== undefined && build.answer !== 'holds')
		return { answer: build.answer, because: build.answer === 'fails' ? 'it cannot be built' : 'it was not built' };
	if (start === undefined) return { answer: 'unknown', because: 'it was not started' };
	if (start.answer === 'fails') return { answer: 'fails', because: start.because };
	if (tests?.answer === 'fails') return { answer: 'fails', because: `its own tests fail with exit code ${tests.exitCode ?? 'unknown'}` };
	if (tests?.answer === 'holds') return { answer: 'holds', because: `its own tests pass; ${start.because}` };
	if (start.answer === 'holds')
		return { answer: 'holds', because: `${start.because}; no tests of its own were run: ${tests?.because ?? 'none'}` };
	return { answer: 'unknown', because: `${start.because}; no tests of its own were run: ${tests?.because ?? 'none'}` };
}

/** Beside the current base: what fails there in the same place is not this base's fault. */
export function judgeBeside(
	parts: Parts,
	baseline: (Parts & { readonly reference: string }) | undefined,
	factor: number = defaultFactor,
): Judgement {
	const own = judgeParts(parts);
	if (baseline === undefined) return own;
	if (own.answer === 'fails' && failing(parts) === failing(baseline))
		return { answer: 'unknown', because: `${own.because}; the same fails on the current base, ${baseline.reference}, too` };
	const slow = own.answer === 'holds' ? slownesses(parts, baseline, factor) : [];
	return { ...own, because: [own.because, ...slow].join('; ') };
}

function failing({ build, start, tests }: Parts): string {
	if (build?.answer === 'fails') return 'build';
	return start?.answer === 'fails' ? 'start' : tests?.answer === 'fails' ? 'tests' : '';
}

function slownesses({ start }: Parts, { start: before }: Parts, factor: number): readonly string[] {
	if (start === undefined || before?.answer !== 'holds') return [];
	const isSlow = (own: number, other: number, least: number): boolean => own > other * factor && own >= other + least;
	const late = isSlow(start.durationMs, before.durationMs, slower.start);
	const [own, other] = [start.respondMs, before.respondMs];
	const sluggish = own !== undefined && other !== undefined && isSlow(own, other, slower.respond);
	return [
		...(late ? [`slower: ready after ${seconds(start.durationMs)} s, on the current base after ${seconds(before.durationMs)} s`] : []),
		...(sluggish ? [`slower: it answers in ${seconds(own)} s, on the current base in ${seconds(other)} s`] : []),
	];
}

function seconds(ms: number): string {
	return (ms / 1000).toFixed(ms < 1000 ? 2 : 1);
}

/** Whether the static proof said the same; where one of them does not know, that cannot be told. */
export function agreement(fit: FitAnswer, real: Verdict): Verdict {
	if (fit === 'unknown' || real === 'unknown') return 'unknown';
	return (fit !== 'breaks') === (real === 'holds') ? 'holds' : 'fails';
}
