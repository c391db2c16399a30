import { readElf } from '../../formats/elf.ts';
import type { NewEntry } from '../../model/file-tree.ts';
import type { Disk, OpenFile } from '../../model/host.ts';
import { limits } from '../../model/limits.ts';
import type { ElfFacts } from '../../model/rootfs.ts';

/** Bytes are fetched in blocks of this size while an ELF file is read. */
const block = 64 * 1024;
/** Each round fetches the blocks that the round before missed. */
const rounds = 64;

/** What the first bytes of a local file say: facts of an ELF file, the `#!` line of a script. */
export async function inspectFile(disk: Disk, path: string): Promise<Pick<NewEntry, 'elf' | 'shebang' | 'content'>> {
	const file = await disk.open(path);
	try {
		const head = await file.read(0, 256);
		if (head[0] === 0x23 && head[1] === 0x21) {
			const end = head.indexOf(0x0a);
			return { shebang: Buffer.from(head.subarray(0, end < 0 ? head.length : end)).toString('latin1') };
		}
		const elf = head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46 ? await elfOf(file) : undefined;
		return elf === undefined ? { content: 'other' } : { elf };
	} finally {
		await file.close();
	}
}

/** `readElf` wants its ranges at once: it is run again with what it missed until it misses nothing. */
async function elfOf(file: OpenFile): Promise<ElfFacts | undefined> {
	const blocks = new Map<number, Uint8Array>();
	let facts: ElfFacts | undefined;
	for (let round = 0; round < rounds; round++) {
		const missed = new Set<number>();
		const range = (offset: number, length: number): Uint8Array | undefined => rangeOf(blocks, missed, file.size, offset, length);
		facts = readElf({ size: file.size, range }, { symbols: true });
		if (missed.size === 0 || (blocks.size + missed.size) * block > limits.textDatabase) return facts;
		for (const index of missed) blocks.set(index, await file.read(index * block, block));
	}
	return facts;
}

function rangeOf(
	blocks: ReadonlyMap<number, Uint8Array>,
	missed: Set<number>,
	size: number,
	offset: number,
	length: number,
): Uint8Array | undefined {
	if (!(offset >= 0 && length >= 0 && offset + length <= size)) return undefined;
	const result = new Uint8Array(length);
	let whole = true;
	for (let index = Math.floor(offset / block); index * block < offset + length; index++) {
		const bytes = blocks.get(index);
		const from = Math.max(offset, index * block);
		const to = Math.min(offset + length, (index + 1) * block);
		if (bytes === undefined || bytes.length < to - index * block) {
			if (bytes === undefined) missed.add(index);
			whole = false;
		} else if (whole) result.set(bytes.subarray(from - index * block, to - index * block), from - offset);
	}
	return whole ? result : undefined;
}
