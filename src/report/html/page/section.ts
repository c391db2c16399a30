import type { Evidence } from '../../../model/evidence.ts';
import type { Item } from '../../../model/surface.ts';
import type { Column } from './columns.ts';
import type { Child, PageElement, Pen } from './dom.ts';

export function section(pen: Pen, id: string, title: string, children: readonly Child[]): PageElement {
	return pen.el('section', { id, 'aria-labelledby': `${id}-title` }, pen.el('h2', { id: `${id}-title` }, title), children);
}

/** A choice of one, with what is picked. */
export function choice(
	pen: Pen,
	title: string,
	options: readonly { readonly value: string; readonly title: string }[],
	first: string,
	changed: () => void,
): readonly [control: PageElement, picked: () => string] {
	const select = pen.el(
		'select',
		{},
		options.map((option) => pen.el('option', { value: option.value, selected: option.value === first }, option.title)),
	);
	select.addEventListener('change', changed);
	return [pen.el('label', { class: 'control' }, `${title} `, select), () => select.value];
}

export function imageChoice(pen: Pen, columns: readonly Column[], changed: () => void): readonly [PageElement, () => Column] {
	const options = columns.map((column, i) => ({ value: String(i), title: `${column.number} · ${column.reference}` }));
	const [control, picked] = choice(pen, 'Image', options, '0', changed);
	if (columns.length < 2) control.hidden = true;
	return [control, () => columns[Number(picked())] as Column];
}

/** A table with its heads; a cell that begins a row is its head. */
export function tableOf(pen: Pen, heads: readonly Child[], rows: readonly (readonly Child[])[], name: string): PageElement {
	return pen.el(
		'div',
		{ class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name },
		pen.el(
			'table',
			{},
			pen.el(
				'thead',
				{},
				pen.el(
					'tr',
					{},
					heads.map((head) => pen.el('th', { scope: 'col' }, head)),
				),
			),
			pen.el(
				'tbody',
				{},
				rows.map((cells) => rowOf(pen, cells)),
			),
		),
	);
}

export function rowOf(pen: Pen, cells: readonly Child[]): PageElement {
	return pen.el(
		'tr',
		{},
		cells.map((cell, i) => (i === 0 ? pen.el('th', { scope: 'row' }, cell) : pen.el('td', {}, cell))),
	);
}

export function tierChip(pen: Pen, tier: string): PageElement {
	return pen.el('span', { class: `chip tier-${tier}` }, tier);
}

/** Where it can be looked up. */
export function evidenceList(pen: Pen, because: readonly Evidence[]): PageElement {
	return pen.el(
		'ul',
		{ class: 'evidence' },
		because.map(({ path, line, layer, shows }) =>
			pen.el(
				'li',
				{},
				pen.el('code', {}, line === undefined ? path : `${path}:${line}`),
				layer === undefined ? '' : pen.el('span', { class: 'faint' }, ` layer ${layer}`),
				pen.el('span', {}, ` ${shows}`),
			),
		),
	);
}

/** The name; opened, what it is known by. */
export function opening(pen: Pen, summary: Child, body: () => Child): PageElement {
	const details = pen.el('details', {}, pen.el('summary', {}, summary));
	let filled = false;
	details.addEventListener('toggle', () => {
		if (filled) return;
		filled = true;
		details.append(pen.el('div', { class: 'opened' }, body()));
	});
	return details;
}

export function itemCells(pen: Pen, item: Item): readonly Child[] {
	return [
		opening(pen, item.name, () => evidenceList(pen, item.because)),
		item.version ?? '',
		pen.el('code', { class: 'path' }, item.path ?? ''),
		[
			item.package ?? pen.el('span', { class: 'faint' }, 'none'),
			item.origin === undefined ? undefined : pen.el('div', { class: 'faint' }, item.origin === 'base' ? 'from the base' : 'added above'),
		],
		(item.capabilities ?? []).map((capability) => pen.el('span', { class: 'tag' }, capability)),
	];
}

export function itemHeads(): readonly string[] {
	return ['Name', 'Version', 'Path', 'Package', 'Good for'];
}
