import type { Item } from '../../../model/surface.ts';
import { metricTitles, titleOf } from '../../text/metrics.ts';
import type { Column } from './columns.ts';
import type { PageElement, Pen } from './dom.ts';
import { choice, imageChoice, itemCells, itemHeads, section, tableOf } from './section.ts';

/** Every list behind a number: searched, and opened down to the evidence. */
export function listsSection(pen: Pen, all: readonly Column[]): PageElement | undefined {
	const columns = all.filter(({ surface }) => Object.values(surface).some(({ items = [] }) => items.length > 0));
	if (columns.length === 0) return undefined;
	const names = [...Object.keys(metricTitles), 'software', 'owned by no package'];
	const metrics = names.filter((name) => columns.some((column) => listOf(column, name).length > 0));
	const search = pen.el('input', { type: 'search', placeholder: 'name, path, package, version…', 'aria-label': 'Search the list' });
	const found = pen.el('p', { class: 'note', role: 'status' });
	const place = pen.el('div');
	let most = 100;
	const again = (): void => {
		most = 100;
		draw();
	};
	const [image, pickedImage] = imageChoice(pen, columns, again);
	const there = metrics.filter((name) => listOf(columns[0] as Column, name).length > 0);
	const first = there.includes('shells') ? 'shells' : (there[0] ?? 'packages');
	const [metric, pickedMetric] = choice(
		pen,
		'List',
		metrics.map((name) => ({ value: name, title: titleOf(name) })),
		first,
		again,
	);
	search.addEventListener('input', again);
	function draw(): void {
		const items = listOf(pickedImage(), pickedMetric());
		const hits = items.filter((item) => matches(item, search.value));
		found.textContent = `${hits.length.toLocaleString('en-US')} of ${items.length.toLocaleString('en-US')}`;
		place.replaceChildren(
			tableOf(
				pen,
				itemHeads(),
				hits.slice(0, most).map((item) => itemCells(pen, item)),
				'The list',
			),
			...more(hits.length),
		);
	}
	function more(hits: number): readonly PageElement[] {
		if (hits <= most) return [];
		const button = pen.el('button', { type: 'button' }, `Show ${Math.min(500, hits - most)} more`);
		button.addEventListener('click', () => {
			most += 500;
			draw();
		});
		return [button];
	}
	draw();
	return section(pen, 'lists', 'What is behind the numbers', [pen.el('div', { class: 'controls' }, image, metric, search), found, place]);
}

/** Of a metric; or what was told by its bytes, or which executables no package owns. */
export function listOf({ surface, image }: Column, name: string): readonly Item[] {
	if (name === 'software') return image?.software ?? [];
	if (name === 'owned by no package') return image?.coverage.executables.unownedItems ?? [];
	return surface[name as keyof typeof metricTitles].items ?? [];
}

/** Every word has to stand somewhere. */
export function matches({ name, path, version, package: owner, origin, capabilities, because }: Item, query: string): boolean {
	const text = [name, path, version, owner, origin, ...(capabilities ?? []), ...because.map(({ shows }) => shows)].join(' ').toLowerCase();
	return query
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
