import type { Segment } from './elf-dynamic.ts';
import { ElfDefect, type ElfTable, type ElfView } from './elf-view.ts';

/** What the program header table says: PT_LOAD, PT_INTERP and PT_DYNAMIC. */
export interface Segments {
	readonly segments: readonly Segment[];
	readonly interpreter: string | undefined;
	readonly dynamic: Segment | undefined;
}

export function readSegments(view: ElfView, header: ElfTable): Segments {
	const start = header.word(view.wide ? 32 : 28);
	const size = header.u16(view.wide ? 54 : 42);
	const count = header.u16(view.wide ? 56 : 44);
	const segments: Segment[] = [];
	let interpreter: string | undefined;
	let dynamic: Segment | undefined;
	if (count > 0 && size !== (view.wide ? 56 : 32)) throw new ElfDefect('the program headers have an unknown size');
	const table = view.table(start, count * size, 'the program header table');
	for (let i = 0; i < count; i += 1) {
		const at = i * size;
		const type = table.u32(at);
		const segment = {
			offset: table.word(at + (view.wide ? 8 : 4)),
			address: table.word(at + (view.wide ? 16 : 8)),
			fileSize: table.word(at + (view.wide ? 32 : 16)),
			flags: table.u32(at + (view.wide ? 4 : 24)),
		};
		if (type === 1) segments.push(segment);
		else if (type === 2) dynamic ??= segment;
		else if (type === 3) interpreter ??= readInterpreter(view, segment);
	}
	return { segments, interpreter, dynamic };
}

/** The kernel refuses an interpreter name that is longer than a path may be or that does not end with NUL. */
function readInterpreter(view: ElfView, segment: Segment): string {
	if (segment.fileSize < 2 || segment.fileSize > 4096) throw new ElfDefect('the name of the interpreter has an impossible length');
	const bytes = view.bytes(segment.offset, segment.fileSize, 'the name of the interpreter');
	const end = bytes.indexOf(0);
	if (end === -1) throw new ElfDefect('the name of the interpreter does not end');
	return Buffer.from(bytes.subarray(0, end)).toString('latin1');
}
