import { tiers } from '../../../model/surface.ts';
import { countText, metricTitles, titleOf } from '../../text/metrics.ts';
import type { Column } from './columns.ts';
import type { PageElement, Pen } from './dom.ts';
import { choice, section } from './section.ts';

/** Numbers that a metric's axis can begin with and grow to; logarithmic, 0 included. */
export function logScale(max: number, from: number, to: number): (value: number) => number {
	const top = Math.log10(1 + Math.max(9, max));
	return (value) => from + ((to - from) * Math.log10(1 + value)) / top;
}

/** The tier across, one metric up, the size of the dot for the bytes. */
export function spectrumSection(pen: Pen, columns: readonly Column[]): PageElement {
	const metrics = Object.keys(metricTitles).filter((name) => name !== 'bytes');
	const place = pen.el('div', { class: 'picture' });
	const [control, picked] = choice(
		pen,
		'Up the picture',
		metrics.map((name) => ({ value: name, title: titleOf(name) })),
		'executables',
		draw,
	);
	function draw(): void {
		place.replaceChildren(spectrum(pen, columns, picked() as keyof typeof metricTitles, Math.min(1100, Math.max(320, place.clientWidth))));
	}
	pen.onResize(draw);
	queueMicrotask(draw);
	return section(pen, 'spectrum', 'Along the spectrum', [
		pen.el(
			'p',
			{ class: 'note' },
			'Each dot is an image: its tier across, a count up (logarithmic), its size on disk as the area of the dot.',
		),
		control,
		place,
	]);
}

export function spectrum(pen: Pen, columns: readonly Column[], metric: keyof typeof metricTitles, width: number): PageElement {
	const height = width < 640 ? 300 : 400;
	const box = { left: 56, right: width - 16, top: 34, bottom: height - 46 };
	const shown = tiers.filter((tier) => tier !== 'custom' || columns.some((column) => column.tier === 'custom'));
	const max = Math.max(...columns.map(({ surface }) => surface[metric].count), 9);
	const y = logScale(max * 3, box.bottom, box.top);
	const band = (box.right - box.left) / shown.length;
	const dots = columns.map((column) => {
		const peers = columns.filter(({ tier }) => tier === column.tier);
		const x = box.left + band * (shown.indexOf(column.tier) + (peers.indexOf(column) + 1) / (peers.length + 1));
		return {
			column,
			x,
			y: y(column.surface[metric].count),
			width,
			crowded: peers.length > 2 || width < 640,
			odd: peers.indexOf(column) % 2 === 1,
		};
	});
	const line = dots.map((dot, i) => `${i === 0 ? 'M' : 'L'}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`).join('');
	const said = columns.map(({ label, tier, surface }) => `${label} (${tier}) ${countText(metric, surface[metric])}`).join('; ');
	return pen.svg(
		'svg',
		{ viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${titleOf(metric)} along the spectrum: ${said}` },
		shown.map((tier, i) => tierBand(pen, tier, box.left + band * i, band, box)),
		gridLines(pen, max, y, box),
		pen.svg('path', { d: line, class: 'thread' }),
		dots.map((dot) => oneDot(pen, dot, metric, columns)),
	);
}

export interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

export function tierBand(pen: Pen, tier: string, x: number, width: number, box: Box): PageElement {
	return pen.svg(
		'g',
		{},
		pen.svg('rect', { x: x + 2, y: box.top - 22, width: width - 4, height: box.bottom - box.top + 22, rx: 6, class: `band tier-${tier}` }),
		pen.svg('text', { x: x + width / 2, y: box.bottom + 22, class: 'tier-name', 'text-anchor': 'middle' }, tier),
	);
}

export function gridLines(pen: Pen, max: number, y: (value: number) => number, box: Box): readonly PageElement[] {
	const ticks = [0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((_, i, all) => i === 0 || (all[i - 1] as number) < max);
	return ticks
		.filter((tick) => y(tick) >= box.top - 20)
		.map((tick) =>
			pen.svg(
				'g',
				{},
				pen.svg('line', { x1: box.left, x2: box.right, y1: y(tick), y2: y(tick), class: 'grid' }),
				pen.svg('text', { x: box.left - 8, y: y(tick) + 4, class: 'tick', 'text-anchor': 'end' }, tick.toLocaleString('en-US')),
			),
		);
}

export function oneDot(
	pen: Pen,
	dot: {
		readonly column: Column;
		readonly x: number;
		readonly y: number;
		readonly width: number;
		readonly crowded: boolean;
		readonly odd: boolean;
	},
	metric: keyof typeof metricTitles,
	columns: readonly Column[],
): PageElement {
	const { column, x, y, width, crowded, odd } = dot;
	const largest = Math.max(...columns.map(({ surface }) => surface.bytes.count), 1);
	const radius = (width < 640 ? 8 : 10) + (width < 640 ? 10 : 18) * Math.sqrt(column.surface.bytes.count / largest);
	const text = countText(metric, column.surface[metric]);
	const at = odd ? y + radius + 16 : y - radius - 8;
	return pen.svg(
		'g',
		{ class: `dot tier-${column.tier}` },
		pen.svg('title', {}, `${column.reference}: ${titleOf(metric)} ${text}, ${countText('bytes', column.surface.bytes)}`),
		pen.svg('circle', { cx: x, cy: y, r: radius.toFixed(1) }),
		pen.svg('text', { x, y: y + 4, class: 'number', 'text-anchor': 'middle' }, String(column.number)),
		crowded ? undefined : pen.svg('text', { x, y: at, class: 'label', 'text-anchor': 'middle' }, `${column.label} · ${text}`),
	);
}
