import type { ElfSymbolTables } from '../model/rootfs.ts';
import { type Dynamic, fileOffset, type Segment, symbolCount, tag } from './elf-dynamic.ts';
import { readReferences } from './elf-relocations.ts';
import { ElfDefect, type ElfTable, type ElfView } from './elf-view.ts';

/** Where the tables lie in the file. */
interface Places {
	readonly symbols: number;
	readonly count: number;
	readonly entrySize: number;
	readonly versions: number | undefined;
	readonly gnuHash: { readonly offset: number; readonly length: number } | undefined;
}

/** Copies the dynamic symbol tables out of the file, so that they outlive its bytes. */
export function readSymbolTables(
	view: ElfView,
	segments: readonly Segment[],
	dynamic: Dynamic,
	strings: ElfTable,
	versionNames: ReadonlyMap<number, string>,
	machine: number,
): ElfSymbolTables {
	const places = locate(view, segments, dynamic);
	if (places === undefined) return { symbols: new Uint8Array(0), strings: new Uint8Array(0), versionNames };
	const parts: Uint8Array[] = [
		view.bytes(places.symbols, places.count * places.entrySize, 'the symbol table'),
		strings.bytes,
		places.versions === undefined ? new Uint8Array(0) : view.bytes(places.versions, places.count * 2, 'the table of symbol versions'),
		places.gnuHash === undefined ? new Uint8Array(0) : view.bytes(places.gnuHash.offset, places.gnuHash.length, 'the hash table'),
		readReferences(view, segments, dynamic.values, machine, places.count) ?? new Uint8Array(0),
	];
	const [symbols, text, versions, gnuHash, references] = together(parts) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
	return {
		symbols,
		strings: text,
		versionNames,
		...(places.versions === undefined ? {} : { versions }),
		...(places.gnuHash === undefined ? {} : { gnuHash }),
		...(references.length === 0 ? {} : { references }),
	};
}

function locate(view: ElfView, segments: readonly Segment[], dynamic: Dynamic): Places | undefined {
	const symbols = fileOffset(segments, dynamic.values.get(tag.symbols));
	const counted = symbolCount(view, segments, dynamic.values);
	if (symbols === undefined || counted === undefined || counted.count === 0) return undefined;
	const entrySize = view.wide ? 24 : 16;
	if (dynamic.values.get(tag.symbolSize) !== entrySize) throw new ElfDefect('the symbol table has entries of an unknown size');
	return {
		symbols,
		count: counted.count,
		entrySize,
		versions: fileOffset(segments, dynamic.values.get(tag.versionSymbols)),
		gnuHash: counted.gnuHash,
	};
}

/** One buffer for all parts: a view on a larger buffer would drag that buffer along between threads. */
function together(parts: readonly Uint8Array[]): readonly Uint8Array[] {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	return parts.map((part) => {
		all.set(part, at);
		at += part.length;
		return all.subarray(at - part.length, at);
	});
}
