import { countText, titleOf } from '../../text/metrics.ts';
import { abilitiesSection } from './abilities.ts';
import { barsSection, figure } from './bars.ts';
import { candidatesSection, needsSection, recommendationSection } from './choice.ts';
import { type Column, columnsOf } from './columns.ts';
import type { PageDocument, PageElement, PageWindow, Pen, Shown } from './dom.ts';
import { differencesSection, imagesSection, unseenSection } from './images.ts';
import { listsSection } from './lists.ts';
import { matrixSection } from './matrix.ts';
import { makePen } from './pen.ts';
import { proofSection } from './proof.ts';
import { tierChip } from './section.ts';
import { spaceSection } from './space.ts';
import { spectrumSection } from './spectrum.ts';

/** Draws the page from the report that lies in it. */
export function main(document: PageDocument, window: PageWindow): void {
	const report = JSON.parse(document.getElementById('report')?.textContent ?? 'null') as Shown;
	const pen = makePen(document, window);
	const columns = columnsOf(report);
	const sections = sectionsOf(pen, report, columns).filter((one) => one !== undefined);
	document.getElementById('page')?.replaceChildren(head(pen, report, columns), ...sections);
}

export function sectionsOf(pen: Pen, report: Shown, columns: readonly Column[]): readonly (PageElement | undefined)[] {
	const several = columns.length > 1;
	return [
		...(report.kind === 'choose' ? [recommendationSection(pen, report), proofSection(pen, report), candidatesSection(pen, report)] : []),
		several ? spectrumSection(pen, columns) : undefined,
		columns.length === 0 || report.kind === 'choose' ? undefined : imagesSection(pen, columns),
		columns.length === 0 ? undefined : barsSection(pen, columns),
		columns.length === 0 ? undefined : columns.every(knowsAbilities) ? abilitiesSection(pen, columns) : matrixSection(pen, columns),
		spaceSection(pen, columns),
		report.kind === 'compare' ? differencesSection(pen, report.differences) : undefined,
		listsSection(pen, columns),
		report.kind === 'choose' ? needsSection(pen, report) : undefined,
		unseenSection(pen, columns, report.problems),
	];
}

export function knowsAbilities({ image }: Column): boolean {
	return (image?.capabilities ?? []).length > 0;
}

export function head(pen: Pen, report: Shown, columns: readonly Column[]): PageElement {
	const [first, last] = [columns[0], columns.at(-1)];
	const title =
		report.kind === 'choose'
			? `Where ${report.application.name} can stand`
			: report.kind === 'inspect'
				? report.image.reference
				: `${columns.length} images side by side`;
	return pen.el(
		'header',
		{},
		pen.el('p', { class: 'kicker' }, `Footing · ${report.kind}`),
		pen.el('h1', {}, title),
		report.kind === 'inspect' ? pen.el('p', {}, tierChip(pen, report.system.tier), ` ${report.system.tierBecause.join('; ')}`) : undefined,
		report.kind === 'compare' && first !== undefined && last !== undefined ? step(pen, first, last) : undefined,
	);
}

/** From the one end of the spectrum to the other in one sentence. */
export function step(pen: Pen, first: Column, last: Column): PageElement {
	const parts = (['packages', 'shells', 'utilities', 'executables', 'bytes'] as const).map((metric) =>
		figure(pen, `${countText(metric, first.surface[metric])} → ${countText(metric, last.surface[metric])}`, titleOf(metric)),
	);
	return pen.el(
		'div',
		{},
		pen.el('p', {}, 'From ', pen.el('code', {}, first.reference), ' to ', pen.el('code', {}, last.reference)),
		pen.el('div', { class: 'figures' }, parts),
	);
}
