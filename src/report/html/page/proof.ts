import type { ChooseReport, ReportedVerification } from '../../../model/report.ts';
import type { Child, PageElement, Pen } from './dom.ts';
import { opening, section, tableOf } from './section.ts';

/** What happened when it was really built and run, and where the static proof had said something else. */
export function proofSection(pen: Pen, { proof, candidates }: ChooseReport): PageElement | undefined {
	if (proof === undefined) return undefined;
	const works = { holds: 'works', fails: 'does not work', unknown: 'cannot be told' } as const;
	const rows = proof.tried.flatMap((reference): readonly (readonly Child[])[] => {
		const tried = candidates.find((candidate) => candidate.reference === reference)?.verification;
		return tried === undefined
			? []
			: [[opening(pen, reference, () => whatWasSeen(pen, tried)), works[tried.answer], tried.because, tried.kept?.at ?? 'now']];
	});
	return section(pen, 'proof', 'Really built and run', [
		pen.el('p', { class: 'note' }, `With ${proof.engine.name} ${proof.engine.version}, the best first, until one works.`),
		tableOf(pen, ['Base', 'Works?', 'What was seen', 'Found out'], rows, 'Really built and run'),
		proof.disagreements.length === 0
			? pen.el('p', { class: 'note' }, 'What happened is what the static proof had said, as far as both could tell.')
			: proof.disagreements.map(({ reference, fit, because }) =>
					pen.el('p', { class: 'warn' }, `The static proof had said "${fit}" of ${reference}, and that is not what happened: ${because}`),
				),
	]);
}

/** Step by step, with the last words of the builder, of the application and of its tests. */
export function whatWasSeen(pen: Pen, { build, start, tests, log }: ReportedVerification): Child {
	const steps = [
		{ name: 'Build', step: build },
		{ name: 'Start', step: start },
		{ name: 'Tests', step: tests },
	];
	return [
		steps.map(({ name, step }) =>
			step === undefined
				? undefined
				: pen.el(
						'div',
						{ class: `check check-${step.answer}` },
						pen.el('p', {}, pen.el('b', {}, name), ` ${step.because}`),
						step.output === '' ? undefined : pen.el('pre', { class: 'patch', tabindex: 0 }, pen.el('span', {}, step.output)),
					),
		),
		log === undefined ? undefined : pen.el('p', { class: 'faint' }, `All that was said: ${log}`),
	];
}
