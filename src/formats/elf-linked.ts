import { readElf } from './elf.ts';
import { undefinedSymbols } from './elf-lookup.ts';
import { readSegments } from './elf-segments.ts';
import { ElfDefect, ElfView, type RangeReader } from './elf-view.ts';

/** What a compiled program calls by name and which texts it carries. */
export interface LinkedProgram {
	/** Functions that it takes from libraries, or that were linked into it when its symbol table was left in. */
	readonly calls: ReadonlySet<string>;
	/** Functions it takes from libraries; 0 for a static program. */
	readonly imports: number;
	readonly static: boolean;
	/** The C library that it was linked with. */
	readonly libc: 'glibc' | 'musl';
	/** PT_INTERP */
	readonly interpreter: string | undefined;
	/** DT_NEEDED */
	readonly needed: readonly string[];
	/** Texts of printable characters ended by NUL in the parts that are mapped, each once, in the order of the file. */
	readonly texts: readonly string[];
	/** Bytes that are mapped. */
	readonly size: number;
}

const maxTexts = 200_000;
const sectionSymbols = 2;

/** Undefined: not an ELF program, or damaged. */
export function readLinked(bytes: Uint8Array): LinkedProgram | undefined {
	const file: RangeReader = {
		size: bytes.length,
		range: (at, length) => (at >= 0 && length >= 0 && at + length <= bytes.length ? bytes.subarray(at, at + length) : undefined),
	};
	const facts = readElf(file, { symbols: true });
	if (facts === undefined || facts.broken !== undefined) return undefined;
	try {
		const view = new ElfView(file, facts.bits === 64, facts.endian === 'little');
		const { segments } = readSegments(view, view.table(0, view.wide ? 64 : 52, 'the header'));
		const isStatic = facts.interpreter === undefined;
		const imported = undefinedSymbols(facts).map(({ name }) => name);
		const texts = textsIn(bytes, segments);
		const glibc = isStatic ? texts.some((text) => glibcTexts.has(text)) : !/ld-musl-/.test(facts.interpreter ?? '');
		return {
			libc: glibc ? 'glibc' : 'musl',
			interpreter: facts.interpreter,
			needed: facts.needed,
			calls: new Set(isStatic ? functionsIn(view) : imported),
			imports: isStatic ? 0 : imported.length,
			static: isStatic,
			texts,
			size: segments.reduce((sum, { fileSize }) => sum + fileSize, 0),
		};
	} catch (error) {
		if (error instanceof ElfDefect || error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Texts of glibc that are in every static program. */
const glibcTexts = new Set(['gconv-modules', 'glibc.malloc.check', 'GLIBC_TUNABLES']);

function textsIn(bytes: Uint8Array, segments: readonly { readonly offset: number; readonly fileSize: number }[]): readonly string[] {
	const texts = new Set<string>();
	for (const { offset, fileSize } of segments) {
		const end = Math.min(bytes.length, offset + fileSize);
		const text = Buffer.from(bytes.buffer, bytes.byteOffset + offset, Math.max(0, end - offset)).toString('latin1');
		for (const [found] of text.matchAll(/[\x20-\x7e]{2,512}(?=\0)/g)) {
			texts.add(found);
			if (texts.size >= maxTexts) return [...texts];
		}
	}
	return [...texts];
}

/** Names of functions in SHT_SYMTAB, which strip takes away (System V gABI, "Sections"). */
function functionsIn(view: ElfView): readonly string[] {
	const header = view.table(0, view.wide ? 64 : 52, 'the header');
	const at = header.word(view.wide ? 40 : 32);
	const size = header.u16(view.wide ? 58 : 46);
	const count = header.u16(view.wide ? 60 : 48);
	if (at === 0 || size !== (view.wide ? 64 : 40)) return [];
	const table = view.table(at, count * size, 'the section headers');
	const section = (i: number): { readonly type: number; readonly offset: number; readonly length: number; readonly link: number } => ({
		type: table.u32(i * size + 4),
		offset: table.word(i * size + (view.wide ? 24 : 16)),
		length: table.word(i * size + (view.wide ? 32 : 20)),
		link: table.u32(i * size + (view.wide ? 40 : 24)),
	});
	for (let i = 0; i < count; i += 1) {
		const { type, offset, length, link } = section(i);
		if (type !== sectionSymbols || link >= count) continue;
		const names = section(link);
		return functionNames(view, offset, length, view.table(names.offset, names.length, 'the names of symbols'));
	}
	return [];
}

function functionNames(
	view: ElfView,
	offset: number,
	length: number,
	strings: { string(at: number): string | undefined },
): readonly string[] {
	const entry = view.wide ? 24 : 16;
	const symbols = view.table(offset, length, 'the symbols');
	const found: string[] = [];
	for (let at = 0; at + entry <= length && found.length < maxTexts; at += entry) {
		if (((symbols.bytes[at + (view.wide ? 4 : 12)] as number) & 15) !== 2) continue;
		const name = strings.string(symbols.u32(at));
		if (name !== undefined && name !== '') found.push(name);
	}
	return found;
}
