import { readElf } from '../../src/formats/elf.ts';
import type { NewEntry } from '../../src/model/file-tree.ts';
import type { ElfFacts, Mark } from '../../src/model/rootfs.ts';
import { markSearch } from '../../src/rootfs/mark-search.ts';
import { signatureMarks } from '../../src/surface/signatures.ts';

type Facts = Partial<Pick<ElfFacts, 'type' | 'interpreter' | 'pie' | 'soname' | 'needed' | 'versionDefinitions'>>;
type Options = Pick<NewEntry, 'mode' | 'uid' | 'gid' | 'inode' | 'xattrs'> & {
	readonly facts?: Facts;
	readonly alsoMarks?: readonly Mark[];
};

/** An ELF file (x86-64, no segments) that holds a text; what its bytes tell is found as in a real layer. */
export function program(text = '', options: Options = {}): Omit<NewEntry, 'path'> {
	const { facts = {}, alsoMarks = [], ...attributes } = options;
	const body = Buffer.concat([header(), Buffer.from(text, 'latin1')]);
	const range = (offset: number, length: number): Uint8Array | undefined =>
		offset + length <= body.length ? body.subarray(offset, offset + length) : undefined;
	const read = readElf({ size: body.length, range }, { symbols: false }) as ElfFacts;
	const search = markSearch([...signatureMarks, ...alsoMarks].map((m) => ({ ...m, minBytes: 0 })));
	search.begin(body.length);
	search.add(body, 0);
	return { type: 'file', body, mode: 0o755, ...attributes, elf: { ...read, ...search.finish(true), ...facts } };
}

/** System V gABI, Elf64_Ehdr of an ET_EXEC file without tables. */
function header(): Buffer {
	const bytes = Buffer.alloc(64);
	bytes.write('\x7fELF\x02\x01\x01', 'latin1');
	bytes.writeUInt16LE(2, 16);
	bytes.writeUInt16LE(62, 18);
	bytes.writeUInt32LE(1, 20);
	bytes.writeUInt16LE(64, 52);
	bytes.writeUInt16LE(56, 54);
	return bytes;
}
