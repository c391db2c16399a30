import { countText, metricTitles, titleOf } from '../../text/metrics.ts';
import type { Column } from './columns.ts';
import type { PageElement, Pen } from './dom.ts';
import { section } from './section.ts';

/** One small table for each metric, a bar for each image; of a single image the numbers alone. */
export function barsSection(pen: Pen, columns: readonly Column[]): PageElement {
	const metrics = Object.keys(metricTitles) as (keyof typeof metricTitles)[];
	const only = columns.length === 1 ? columns[0] : undefined;
	const parts =
		only === undefined
			? pen.el(
					'div',
					{ class: 'cards' },
					metrics.map((metric) => metricCard(pen, metric, columns)),
				)
			: pen.el(
					'div',
					{ class: 'figures' },
					metrics.map((metric) => figure(pen, countText(metric, only.surface[metric]), titleOf(metric))),
				);
	return section(pen, 'metrics', 'Every metric', [parts]);
}

export function figure(pen: Pen, number: string, title: string): PageElement {
	return pen.el('span', { class: 'figure' }, pen.el('b', {}, number), pen.el('span', {}, title));
}

export function metricCard(pen: Pen, metric: keyof typeof metricTitles, columns: readonly Column[]): PageElement {
	const counts = columns.map(({ surface }) => surface[metric]);
	const max = Math.max(...counts.map(({ count }) => count));
	return pen.el(
		'div',
		{ class: 'card' },
		pen.el(
			'table',
			{ class: 'bars' },
			pen.el('caption', {}, titleOf(metric)),
			columns.map((column, i) => {
				const { count, atLeast } = column.surface[metric];
				return pen.el(
					'tr',
					{},
					pen.el('th', { scope: 'row', title: column.reference }, pen.el('span', { class: 'name' }, `${column.number} · ${column.label}`)),
					pen.el('td', { class: 'bar' }, bar(pen, max === 0 ? 0 : count / max, column.tier, atLeast === true)),
					pen.el('td', { class: 'value' }, countText(metric, column.surface[metric])),
					pen.el('td', { class: 'ratio' }, i === 0 ? '' : ratioText(count, counts[0]?.count ?? 0)),
				);
			}),
		),
	);
}

export function bar(pen: Pen, share: number, tier: string, atLeast: boolean): PageElement {
	const width = share === 0 ? 0 : Math.max(1, share * 100);
	return pen.svg(
		'svg',
		{ viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
		pen.svg('rect', { x: 0, y: 0, width: 100, height: 10, class: 'trough' }),
		pen.svg('rect', { x: 0, y: 0, width: width.toFixed(2), height: 10, class: `fill tier-${tier}${atLeast ? ' at-least' : ''}` }),
	);
}

/** Against the first image; empty where there is nothing to divide. */
export function ratioText(count: number, first: number): string {
	if (first === 0 || count === 0) return '';
	const ratio = count / first;
	return `×${ratio >= 0.095 ? ratio.toFixed(ratio >= 9.95 ? 0 : 1) : ratio.toPrecision(1)}`;
}
