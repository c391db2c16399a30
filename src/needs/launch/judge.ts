import type { Evidence } from '../../model/evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Course, Failure } from './course.ts';

export interface Judgement {
	readonly answer: Verdict;
	readonly because: readonly Evidence[];
	readonly message?: string;
	readonly hint?: string;
	readonly failure?: Failure;
}

/**
 * A start holds when every way of it leads to a program that is there; a condition may still decide which. Ways on which a
 * program that was found fails by itself say nothing about the base, as long as there are others.
 */
export function judgeStart(all: readonly Course[]): Judgement {
	const gaveUp = all.filter(givesUp);
	const courses = gaveUp.length === all.length ? all : all.filter((course) => !givesUp(course));
	const failures = courses.flatMap(({ ending }) => (ending.kind === 'fails' ? [ending.failure] : []));
	if (courses.length > 0 && failures.length === courses.length) return failed(failures[0] as Failure);
	const complaint = gaveUp.length === all.length ? gaveUp[0]?.complaints?.[0] : undefined;
	if (complaint !== undefined) return failed(complaint);
	const open = courses.map(openQuestion).find((why) => why !== undefined);
	if (open === undefined && courses.length > 0) return { answer: 'holds', because: evidenceOf(courses) };
	const partly = failures[0];
	const hint = open ?? 'nothing is started';
	return { answer: 'unknown', because: [...(partly ? [partly.because] : []), ...evidenceOf(courses)], hint };
}

const givesUp = ({ ending }: Course): boolean => ending.kind === 'exits' && (ending.status ?? 0) !== 0;

function openQuestion({ ending, stumbles, doubts }: Course): string | undefined {
	if (ending.kind === 'unknown') return ending.why;
	if (ending.kind === 'fails') return `on one of its ways it ends with: ${ending.failure.message}`;
	if (ending.kind === 'exits' && (ending.status ?? 0) !== 0) return `the script ends with status ${ending.status}`;
	if (stumbles[0]) return `the script goes on after: ${stumbles[0].message}`;
	return doubts[0];
}

/** A health check or a build step holds when one way of it succeeds: the others are what it is there to tell. */
export function judgeSuccess(courses: readonly Course[]): Judgement {
	const good = courses.filter(({ ending }) => ending.kind === 'runs' || (ending.kind === 'exits' && (ending.status ?? 0) === 0));
	const clean = good.filter(({ stumbles, doubts }) => stumbles.length + doubts.length === 0);
	if (clean.length > 0) return { answer: 'holds', because: evidenceOf(clean) };
	const failure = courses.flatMap(({ ending, stumbles }) => (ending.kind === 'fails' ? [ending.failure] : stumbles))[0];
	const open = courses.map(openQuestion).find((why) => why !== undefined);
	const unclear = courses.some(({ ending }) => ending.kind === 'unknown') || good.length > 0;
	if (!unclear && failure) return failed(failure);
	return { answer: 'unknown', because: failure ? [failure.because] : [], hint: open ?? 'none of its ways succeeds' };
}

function failed(failure: Failure): Judgement {
	return { answer: 'fails', because: [failure.because], message: failure.message, failure };
}

/** Which file answers to what, each once, at most eight. */
function evidenceOf(courses: readonly Course[]): readonly Evidence[] {
	const seen = new Map<string, Evidence>();
	for (const { started } of courses)
		for (const { path, real, argv } of started)
			if (!seen.has(real))
				seen.set(real, { path: real, shows: path === real ? `starts as ${argv.join(' ')}` : `${path}, starts as ${argv.join(' ')}` });
	return [...seen.values()].slice(0, 8);
}
