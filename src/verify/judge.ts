import type { FitAnswer } from '../model/need.ts';
import type { ReportedVerification } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';

type Parts = Pick<ReportedVerification, 'build' | 'start' | 'tests'>;
export interface Judgement {
	readonly answer: Verdict;
	readonly because: string;
}

/** A start that takes so many times as long as on the current base, and at least so much longer, is told. */
const slowFactor = 3;
const slowMs = 2000;

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
export function judgeBeside(parts: Parts, baseline: (Parts & { readonly reference: string }) | undefined): Judgement {
	const own = judgeParts(parts);
	if (baseline === undefined) return own;
	if (own.answer === 'fails' && failing(parts) === failing(baseline))
		return { answer: 'unknown', because: `${own.because}; the same fails on the current base, ${baseline.reference}, too` };
	const slow = slower(parts, baseline);
	return own.answer === 'holds' && slow !== undefined ? { ...own, because: `${own.because}; ${slow}` } : own;
}

function failing({ build, start, tests }: Parts): string {
	if (build?.answer === 'fails') return 'build';
	return start?.answer === 'fails' ? 'start' : tests?.answer === 'fails' ? 'tests' : '';
}

function slower({ start }: Parts, { start: before }: Parts): string | undefined {
	if (start === undefined || before?.answer !== 'holds') return undefined;
	if (start.durationMs < before.durationMs * slowFactor || start.durationMs < before.durationMs + slowMs) return undefined;
	return `slower: ready after ${seconds(start.durationMs)} s, on the current base after ${seconds(before.durationMs)} s`;
}

function seconds(ms: number): string {
	return (ms / 1000).toFixed(1);
}

/** Whether the static proof said the same; where one of them does not know, that cannot be told. */
export function agreement(fit: FitAnswer, real: Verdict): Verdict {
	if (fit === 'unknown' || real === 'unknown') return 'unknown';
	return (fit !== 'breaks') === (real === 'holds') ? 'holds' : 'fails';
}
