import { visibleLength } from './page.ts';

export interface Column {
	readonly title: string;
	readonly align?: 'right';
}

/** Columns two spaces apart, as wide as their widest cell; cells are safe to show already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], indent = 2): readonly string[] {
	const widths = columns.map(({ title }, i) => Math.max(visibleLength(title), ...rows.map((row) => visibleLength(row[i] ?? ''))));
	const line = (cells: readonly string[]): string =>
		' '.repeat(indent) + cells.map((cell, i) => pad(cell, widths[i] as number, columns[i]?.align === 'right')).join('  ');
	const head = columns.some(({ title }) => title !== '') ? [line(columns.map(({ title }) => title))] : [];
	return [...head, ...rows.map(line)];
}

function pad(cell: string, width: number, right: boolean): string {
	const space = ' '.repeat(Math.max(0, width - visibleLength(cell)));
	return right ? space + cell : cell + space;
}
