import type { Count, Item, Surface } from '../../../model/surface.ts';
import type { Column } from './columns.ts';
import type { Child, PageElement, Pen } from './dom.ts';
import { itemCells, itemHeads, section, tableOf } from './section.ts';

/** A thing that somebody could do, and with what. */
export interface Act {
	readonly title: string;
	count(surface: Surface): Count;
}

/** Where only counts are known, as of the candidates of a choice: the programs that serve for each thing. */
export function matrixSection(pen: Pen, columns: readonly Column[]): PageElement {
	const acts = [...actsOfLists(), ...actsOfUtilities(columns)].filter((act) => columns.some(({ surface }) => act.count(surface).count > 0));
	const dialog = pen.el('dialog', { 'aria-labelledby': 'dialog-title' });
	const counts = acts.map((act) => columns.map(({ surface }) => act.count(surface).count));
	const only = columns.length === 1 ? columns[0] : undefined;
	const rows = acts.map((act, i): readonly Child[] => {
		// one image has nothing beside it: its acts are held against each other, and there is room for names
		const max = Math.max(...(only === undefined ? (counts[i] ?? []) : counts.flat()));
		const cells = columns.map((column) => cell(pen, act, column, max, dialog));
		return [act.title, ...cells, ...(only === undefined ? [] : [someNames(act.count(only.surface))])];
	});
	const heads = ['', ...columns.map((column) => columnHead(pen, column)), ...(only === undefined ? [] : ['with'])];
	const table = tableOf(pen, heads, rows, 'What can somebody do here');
	table.setAttribute('class', only === undefined ? 'scroll matrix' : 'scroll matrix single');
	return section(pen, 'capabilities', 'What can somebody do here?', [
		pen.el('p', { class: 'note' }, 'How many programs in the image serve for it. A number can be opened.'),
		acts.length === 0 ? pen.el('p', {}, 'Nothing that was looked for is there.') : table,
		dialog,
	]);
}

/** The first few names, then how many more. */
export function someNames({ items = [] }: Count): string {
	const names = [...new Set(items.map(({ name }) => name))];
	return names.slice(0, 10).join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '');
}

export function columnHead(pen: Pen, column: Column): PageElement {
	return pen.el(
		'span',
		{ class: `column-head tier-${column.tier}`, title: column.reference },
		pen.el('span', { class: 'badge' }, String(column.number)),
		pen.el('span', {}, column.label),
	);
}

export function actsOfLists(): readonly Act[] {
	return [
		{ title: 'open a shell', count: ({ shells }) => shells },
		{ title: 'run a script in another language', count: ({ interpreters }) => interpreters },
		{ title: 'install packages', count: ({ packageManagers }) => packageManagers },
		{ title: 'build programs', count: ({ compilers }) => compilers },
		{ title: 'become another user (setuid, setgid)', count: ({ setuid, setgid }) => together(setuid, setgid) },
		{ title: 'use privileges of a file (capabilities)', count: ({ fileCapabilities }) => fileCapabilities },
	];
}

export function together(a: Count, b: Count): Count {
	const atLeast = a.atLeast === true || b.atLeast === true;
	const items = [...(a.items ?? []), ...(b.items ?? [])];
	return { count: a.count + b.count, ...(atLeast ? { atLeast } : {}), ...(items.length === 0 ? {} : { items }) };
}

/** The capabilities of the utilities, in the order of the first image that has them. */
export function actsOfUtilities(columns: readonly Column[]): readonly Act[] {
	const names = new Set(columns.flatMap(({ surface }) => Object.keys(surface.utilities.byCapability)));
	return [...names].map((name) => ({
		title: name.replaceAll('-', ' '),
		count({ utilities }) {
			const items = utilities.items?.filter(({ capabilities }) => capabilities?.includes(name));
			const count = new Map(Object.entries(utilities.byCapability)).get(name) ?? 0;
			return { count, ...(utilities.atLeast === true ? { atLeast: true } : {}), ...(items === undefined ? {} : { items }) };
		},
	}));
}

export function cell(pen: Pen, act: Act, column: Column, max: number, dialog: PageElement): Child {
	const { count, atLeast, items = [] } = act.count(column.surface);
	const text = `${atLeast === true ? '≥' : ''}${count}`;
	const heat = count === 0 ? 0 : 1 + Math.min(4, Math.floor((count / max) * 4.99));
	if (items.length === 0) return pen.el('span', { class: `heat heat-${heat}` }, text);
	const button = pen.el(
		'button',
		{ type: 'button', class: `heat heat-${heat}`, 'aria-label': `${text}: ${act.title} in ${column.reference}` },
		text,
	);
	button.addEventListener('click', () => showItems(pen, dialog, `${act.title} · ${column.reference}`, items));
	return button;
}

export function showItems(pen: Pen, dialog: PageElement, title: string, items: readonly Item[]): void {
	const rows = items.map((item) => itemCells(pen, item));
	showTable(pen, dialog, title, tableOf(pen, itemHeads(), rows, title));
}

export function showTable(pen: Pen, dialog: PageElement, title: string, table: PageElement): void {
	const close = pen.el('button', { type: 'button', class: 'close' }, 'Close');
	close.addEventListener('click', () => dialog.close());
	dialog.replaceChildren(pen.el('div', { class: 'dialog-head' }, pen.el('h3', { id: 'dialog-title' }, title), close), table);
	dialog.showModal();
}
