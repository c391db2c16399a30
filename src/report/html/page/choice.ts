import type { ChooseReport, ReportedCandidate, ReportedCheck } from '../../../model/report.ts';
import { countText, namedLosses, titleOf } from '../../text/metrics.ts';
import type { Child, PageElement, Pen } from './dom.ts';
import { evidenceList, opening, section, tableOf, tierChip } from './section.ts';

/** You stand on this, you could stand on that: what goes, what must change. */
export function recommendationSection(pen: Pen, report: ChooseReport): PageElement {
	const found = report.recommendation;
	if (found === undefined) return section(pen, 'recommendation', 'No recommendation', [pen.el('p', {}, report.noneBecause ?? '')]);
	const list = (title: string, lines: readonly string[]): Child =>
		lines.length === 0
			? undefined
			: [
					pen.el('h3', {}, title),
					pen.el(
						'ul',
						{},
						lines.map((line) => pen.el('li', {}, line)),
					),
				];
	const losses = found.losses.map(({ metric, before, after, gone }): readonly Child[] => [
		titleOf(metric),
		countText(metric, { count: before }),
		countText(metric, { count: after }),
		!namedLosses.includes(metric) ? '' : gone.slice(0, 12).join(', ') + (gone.length > 12 ? ` and ${gone.length - 12} more` : ''),
	]);
	return section(pen, 'recommendation', found.reference === report.current ? 'Stay where it stands' : 'Where it could stand', [
		pen.el('p', { class: 'answer' }, pen.el('code', {}, found.reference), ' ', tierChip(pen, found.tier)),
		list('Why', found.because),
		losses.length === 0
			? undefined
			: [
					pen.el('h3', {}, 'What an attacker no longer finds'),
					tableOf(pen, ['', 'Today', 'There', 'Gone'], losses, 'What an attacker no longer finds'),
				],
		list(
			'What must change',
			found.changes.map(({ what, because }) => `${what} – ${because}`),
		),
		found.patch === undefined ? undefined : patchBlock(pen, found.patch),
		list('What a smaller base does not cover', found.notCovered),
		found.next === undefined ? undefined : list('Next smaller', [`${found.next.reference}: ${found.next.change}`]),
	]);
}

export function patchBlock(pen: Pen, patch: string): PageElement {
	const kind = (line: string): string => (line.startsWith('+') ? 'added' : line.startsWith('-') ? 'gone' : 'same');
	const lines = patch.replace(/\n$/, '').split('\n');
	return pen.el(
		'pre',
		{ class: 'patch', tabindex: 0 },
		lines.map((line) => pen.el('span', { class: kind(line) }, line.replaceAll('\t', '    '))),
	);
}

export function candidatesSection(pen: Pen, report: ChooseReport): PageElement {
	const answers = { runs: 'runs', 'runs-with-changes': 'runs with changes', breaks: 'breaks', unknown: 'unknown' } as const;
	const rows = report.candidates.map((candidate, i): readonly Child[] => [
		opening(pen, `${i + 1} · ${candidate.reference}`, () => whyNot(pen, candidate)),
		candidate.rank === undefined ? 'out' : String(candidate.rank),
		candidate.tier === undefined ? '' : tierChip(pen, candidate.tier),
		candidate.failed !== undefined ? 'could not be had' : candidate.fit === undefined ? '' : answers[candidate.fit.answer],
		...(['packages', 'shells', 'utilities', 'bytes'] as const).map((m) =>
			candidate.surface === undefined ? '' : countText(m, candidate.surface[m]),
		),
	]);
	return section(pen, 'candidates', 'Every base that was tried', [
		tableOf(pen, ['Base', 'Rank', 'Tier', 'Runs?', 'Packages', 'Shells', 'Utilities', 'Size'], rows, 'Every base that was tried'),
	]);
}

export function whyNot(pen: Pen, { because, trace, fit, failed }: ReportedCandidate): Child {
	return [
		pen.el(
			'ul',
			{},
			because.map((line) => pen.el('li', {}, line)),
			trace.map((one) => pen.el('li', {}, `${one.because} (${one.rule}, ${one.effect})`)),
		),
		failed === undefined ? undefined : pen.el('p', { class: 'warn' }, failed.message),
		(fit?.checks ?? []).map((check) => oneCheck(pen, check)),
	];
}

export function oneCheck(pen: Pen, { need, answer, because, message, hint }: ReportedCheck): PageElement {
	return pen.el(
		'div',
		{ class: `check check-${answer}` },
		pen.el('p', {}, pen.el('b', {}, answer), ` ${need.what} (${need.certainty})`),
		message === undefined ? undefined : pen.el('p', {}, pen.el('code', {}, message)),
		evidenceList(pen, because),
		hint === undefined ? undefined : pen.el('p', {}, `→ ${hint}`),
	);
}

export function needsSection(pen: Pen, { needs, application }: ChooseReport): PageElement {
	const rows = needs.map((need): readonly Child[] => [
		opening(pen, need.what, () => evidenceList(pen, need.because)),
		need.certainty,
		need.kind,
	]);
	return section(pen, 'needs', 'What it needs', [
		tableOf(pen, ['Need', 'How sure', 'Kind'], rows, 'What it needs'),
		application.unseen.length === 0
			? undefined
			: [
					pen.el('h3', {}, 'Not seen, so answers that depend on it are "unknown"'),
					pen.el(
						'ul',
						{},
						application.unseen.map(({ where, message }) => pen.el('li', {}, pen.el('code', {}, where), ` ${message}`)),
					),
				],
	]);
}
