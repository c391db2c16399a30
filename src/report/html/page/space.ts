import type { Space } from '../../../model/report.ts';
import { bytesText } from '../../text/page.ts';
import type { Column } from './columns.ts';
import type { PageElement, Pen } from './dom.ts';
import { imageChoice, opening, section, tableOf } from './section.ts';
import { squarify, type Tile } from './treemap.ts';

/** What takes the space: packages, and the directories of what no package owns. */
export function spaceSection(pen: Pen, all: readonly Column[]): PageElement | undefined {
	const columns = all.filter(({ image }) => (image?.space ?? []).length > 0);
	if (columns.length === 0) return undefined;
	const place = pen.el('div', { class: 'picture' });
	const below = pen.el('div');
	const [control, picked] = imageChoice(pen, columns, draw);
	function draw(): void {
		const space = picked().image?.space ?? [];
		place.replaceChildren(treemap(pen, space, picked().reference, Math.min(1100, Math.max(320, place.clientWidth))));
		below.replaceChildren(opening(pen, 'As a table', () => spaceTable(pen, space)));
	}
	pen.onResize(draw);
	queueMicrotask(draw);
	const legend = (['package', 'directory', 'rest'] as const).map((kind) =>
		pen.el(
			'span',
			{ class: `key key-${kind}` },
			kind === 'package' ? 'package' : kind === 'directory' ? 'owned by no package' : 'all smaller ones',
		),
	);
	return section(pen, 'space', 'What takes the space', [pen.el('p', { class: 'note' }, legend), control, place, below]);
}

export function treemap(pen: Pen, space: readonly Space[], reference: string, width: number): PageElement {
	const height = Math.round(width < 640 ? width * 1.1 : width * 0.44);
	const total = space.reduce((sum, { bytes }) => sum + bytes, 0);
	const tiles = squarify(
		space.map((of) => ({ value: of.bytes, of })),
		width,
		height,
	);
	const largest = space.slice(0, 5).map(({ name, bytes }) => `${name} ${bytesText(bytes)}`);
	return pen.svg(
		'svg',
		{ viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Space in ${reference}, ${bytesText(total)}: ${largest.join(', ')}` },
		tiles.map((tile) => oneTile(pen, tile)),
	);
}

export function oneTile(pen: Pen, { x, y, width, height, of }: Tile<Space>): PageElement {
	const room = Math.floor((width - 12) / 6.7);
	const name = of.name.length <= room ? of.name : `${of.name.slice(0, Math.max(0, room - 1))}…`;
	const line = (text: string, at: number, kind: string): PageElement => pen.svg('text', { x: x + 7, y: y + at, class: kind }, text);
	return pen.svg(
		'g',
		{ class: `tile tile-${of.kind}` },
		pen.svg('title', {}, `${of.name}: ${bytesText(of.bytes)} in ${of.files} files`),
		pen.svg('rect', { x: x + 0.75, y: y + 0.75, width: Math.max(0, width - 1.5), height: Math.max(0, height - 1.5), rx: 3 }),
		height > 20 && room > 3 ? line(name, 17, 'tile-name') : undefined,
		height > 38 && room > 6 ? line(bytesText(of.bytes), 33, 'tile-size') : undefined,
	);
}

export function spaceTable(pen: Pen, space: readonly Space[]): PageElement {
	const kinds = { package: 'package', directory: 'directory', rest: '' } as const;
	const rows = space.map(({ name, kind, bytes, files }) => [name, kinds[kind], bytesText(bytes), files.toLocaleString('en-US')]);
	return tableOf(pen, ['Name', 'Kind', 'Size', 'Files'], rows, 'What takes the space');
}
