import { type CapabilityName, capabilityNames, capabilityTitles } from '../../../model/capability.ts';
import type { CapabilityAnswer, Way } from '../../../model/surface.ts';
import { abilityCount, hasInherent } from '../../text/abilities.ts';
import type { Column } from './columns.ts';
import type { Child, PageElement, Pen } from './dom.ts';
import { columnHead, showTable } from './matrix.ts';
import { section, tableOf } from './section.ts';

/** What can somebody do here, image by image, and whether a smaller base could take it away. */
export function abilitiesSection(pen: Pen, columns: readonly Column[]): PageElement {
	const dialog = pen.el('dialog', { 'aria-labelledby': 'dialog-title' });
	const only = columns.length === 1 ? columns[0] : undefined;
	const most = (name: CapabilityName): number => Math.max(1, ...columns.map((column) => abilityOf(column, name)?.ways.length ?? 0));
	const all = Math.max(...capabilityNames.map(most));
	const rows = capabilityNames.map((name): readonly Child[] => {
		const max = only === undefined ? most(name) : all;
		const cells = columns.map((column) => abilityCell(pen, column, abilityOf(column, name), max, dialog));
		return [capabilityTitles[name], ...cells, ...(only === undefined ? [] : [abilityOf(only, name)?.because ?? ''])];
	});
	const heads = ['', ...columns.map((column) => columnHead(pen, column)), ...(only === undefined ? [] : ['with'])];
	const table = tableOf(pen, heads, rows, 'What can somebody do here');
	table.setAttribute('class', only === undefined ? 'scroll matrix' : 'scroll matrix single');
	const stays = columns.some(({ image }) => hasInherent(image?.capabilities ?? []));
	return section(pen, 'capabilities', 'What can somebody do here?', [
		pen.el('p', { class: 'note' }, 'In how many ways somebody who may start programs here can do it. A number can be opened.'),
		table,
		stays
			? pen.el('p', { class: 'note' }, "* the application's own runtime is one of the ways: it stays whatever base is chosen.")
			: undefined,
		dialog,
	]);
}

export function abilityOf({ image }: Column, name: string): CapabilityAnswer | undefined {
	return image?.capabilities?.find((ability) => ability.name === name);
}

export function abilityCell(pen: Pen, column: Column, ability: CapabilityAnswer | undefined, max: number, dialog: PageElement): Child {
	const text = abilityCount(ability);
	if (ability === undefined || ability.answer !== 'holds')
		return pen.el('span', { class: 'heat heat-0', title: ability?.because ?? '' }, text);
	const heat = 1 + Math.min(4, Math.floor((ability.ways.length / max) * 4.99));
	const label = `${text}: ${ability.title} in ${column.reference}`;
	const button = pen.el('button', { type: 'button', class: `heat heat-${heat}`, 'aria-label': label }, text);
	button.addEventListener('click', () => {
		const rows = ability.ways.map((way) => wayCells(pen, way));
		showTable(pen, dialog, `${ability.title} · ${column.reference}`, tableOf(pen, wayHeads(), rows, ability.title));
	});
	return button;
}

export function wayCells(pen: Pen, { through, path, because, inherent, origin }: Way): readonly Child[] {
	return [
		pen.el('b', {}, through),
		pen.el('code', { class: 'path' }, path),
		because,
		inherent ? 'the runtime: stays' : origin === undefined ? '' : origin === 'base' ? 'from the base' : 'added above',
	];
}

export function wayHeads(): readonly string[] {
	return ['With', 'File', 'Because', 'Goes with'];
}
