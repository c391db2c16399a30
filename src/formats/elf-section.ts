import type { ElfTable, ElfView } from './elf-view.ts';

const maxSections = 65_536;
/** Bytes before the table of sections in which linkers put the table of their names. */
export const sectionNamesReach = 16 * 1024;

/** Where the first section of that name lies (System V gABI, "Sections"); undefined when there is none. @throws ElfDefect */
export function findSection(view: ElfView, header: ElfTable, name: string): { readonly offset: number; readonly size: number } | undefined {
	const { wide } = view;
	const at = header.word(wide ? 40 : 32);
	const [size, count, names] = [58, 60, 62].map((field) => header.u16(wide ? field : field - 12)) as [number, number, number];
	if (at === 0 || size !== (wide ? 64 : 40) || names >= count || count > maxSections) return undefined;
	const table = view.table(at, size * count, 'the table of sections');
	const range = (index: number): { readonly offset: number; readonly size: number } => ({
		offset: table.word(index * size + (wide ? 24 : 16)),
		size: table.word(index * size + (wide ? 32 : 20)),
	});
	const strings = view.table(range(names).offset, range(names).size, 'the names of sections');
	const place = Buffer.from(strings.bytes.buffer, strings.bytes.byteOffset, strings.length).indexOf(`${name}\0`);
	if (place === -1) return undefined;
	for (let index = 0; index < count; index += 1) if (strings.string(table.u32(index * size)) === name) return range(index);
	return undefined;
}
