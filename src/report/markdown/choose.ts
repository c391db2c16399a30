import type { ChooseReport, ReportedCandidate, ReportedNeed } from '../../model/report.ts';
import { countText, namedLosses, titleOf } from '../text/metrics.ts';
import { details, evidence, names, plural, table } from './blocks.ts';
import { code, fenced, prose } from './escape.ts';

const answers = { runs: 'runs', 'runs-with-changes': 'runs with changes', breaks: 'breaks', unknown: 'unknown' } as const;
const right = 'right' as const;

/** The recommendation first, then what it stands on, folded away. */
export function chooseMarkdown(report: ChooseReport, verbose: boolean): readonly string[] {
	return [
		...recommendation(report, verbose),
		'',
		...candidates(report.candidates),
		...proof(report),
		...details(
			`${plural(report.needs.length, 'need')} it was held against`,
			report.needs.map((need) => needLine(need, verbose)),
		),
		...details('Why not the others', others(report)),
		...details(
			'Not seen, so answers that depend on it are "unknown"',
			report.application.unseen.map(({ where, message }) => `- ${code(where)}: ${prose(message)}`),
		),
	];
}

function recommendation(report: ChooseReport, verbose: boolean): readonly string[] {
	const found = report.recommendation;
	const name = code(report.application.name);
	if (found === undefined) return [`### No base to recommend for ${name}`, '', prose(report.noneBecause ?? '', 600)];
	return [
		`### ${name} ${found.reference === report.current ? 'should stay on' : 'could stand on'} ${code(found.reference)} (${found.tier})`,
		'',
		...found.because.map((line) => `- ${prose(line)}`),
		...(found.losses.length === 0 ? [] : ['', 'What an attacker no longer finds:', '', ...losses(report, verbose)]),
		...(found.changes.length === 0
			? []
			: ['', 'What must change:', '', ...found.changes.map(({ what, because }, i) => `${i + 1}. ${prose(what)} – ${prose(because)}`)]),
		...(found.patch === undefined ? [] : ['', ...fenced(found.patch, 'diff')]),
		'',
		'What a smaller base does not cover:',
		'',
		...found.notCovered.map((line) => `- ${prose(line)}`),
		...(found.next === undefined ? [] : ['', `Next smaller: ${code(found.next.reference)}: ${prose(found.next.change)}`]),
	];
}

function losses({ current, recommendation: found }: ChooseReport, verbose: boolean): readonly string[] {
	return table(
		[{ title: '' }, { title: code(current ?? ''), align: right }, { title: code(found?.reference ?? ''), align: right }, { title: 'gone' }],
		(found?.losses ?? []).map(({ metric, before, after, gone }) => [
			prose(titleOf(metric)),
			countText(metric, { count: before }),
			countText(metric, { count: after }),
			namedLosses.includes(metric) ? names(gone, verbose) : '',
		]),
	);
}

function candidates(list: readonly ReportedCandidate[]): readonly string[] {
	const metrics = ['packages', 'shells', 'utilities', 'bytes'] as const;
	return table(
		[
			{ title: '', align: right },
			{ title: 'base' },
			{ title: 'tier' },
			{ title: 'runs?' },
			...metrics.map((m) => ({ title: titleOf(m), align: right })),
		],
		list
			.filter(({ failed }) => failed === undefined)
			.map(({ rank, reference, tier, fit, surface }) => [
				`${rank ?? ''}`,
				rank === 1 ? `**${code(reference)}**` : code(reference),
				tier ?? '',
				fit === undefined ? '' : answers[fit.answer],
				...metrics.map((metric) => (surface === undefined ? '' : countText(metric, surface[metric]))),
			]),
	);
}

const marks = { holds: 'works', fails: 'does not work', unknown: 'cannot be told' } as const;

/** What happened when it was really built and run, with --verify. */
function proof({ proof: found, candidates: list }: ChooseReport): readonly string[] {
	if (found === undefined) return [];
	const rows = found.tried.flatMap((reference) => {
		const tried = list.find((one) => one.reference === reference)?.verification;
		if (tried === undefined) return [];
		const kept = tried.kept === undefined ? '' : ` (found out ${tried.kept.at})`;
		return [[code(reference), marks[tried.answer], `${prose(tried.because)}${prose(kept)}`]];
	});
	return [
		'',
		`Really built and run with ${prose(found.engine.name)} ${prose(found.engine.version)}, the best first, until one works:`,
		'',
		...table([{ title: 'base' }, { title: 'works?' }, { title: 'what was seen' }], rows),
		...found.disagreements.map(
			({ reference, fit, because }) =>
				`\n**The static proof had said "${answers[fit]}" of ${code(reference)}**, and that is not what happened: ${prose(because)}`,
		),
	];
}

function others({ candidates: list, recommendation: found }: ChooseReport): readonly string[] {
	return list.flatMap(({ reference, failed, trace }) => {
		if (reference === found?.reference) return [];
		if (failed !== undefined) return [`- ${code(reference)}: could not be had: ${prose(failed.message)}`];
		return trace
			.filter(({ effect }) => effect !== 'kept')
			.map(({ rule, because }) => `- ${code(reference)}: ${prose(because)} (${code(rule)})`);
	});
}

function needLine({ what, certainty, because }: ReportedNeed, verbose: boolean): string {
	const shown = because.slice(0, verbose ? 20 : 1).map(evidence);
	return `- ${prose(what)} (${certainty})${shown.length === 0 ? '' : `: ${shown.join('; ')}`}`;
}
