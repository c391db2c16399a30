import { readBuildNotes } from '../formats/build-notes.ts';
import type { BlindSpot } from '../model/package.ts';
import type { BuildNotes, Entry, Rootfs } from '../model/rootfs.ts';
import { readAgain } from './read-again.ts';

export interface BuiltProgram {
	readonly path: string;
	readonly notes: BuildNotes;
}

/** Programs into which one compiler wrote what they were built from, each file once, whatever number of names it has. */
export async function builtPrograms(
	rootfs: Rootfs,
	by: 'go' | 'rust',
): Promise<{ readonly programs: readonly BuiltProgram[]; readonly blindSpots: readonly BlindSpot[] }> {
	const programs: BuiltProgram[] = [];
	const again: Entry[] = [];
	const seen = new Set<number>();
	for (const entry of rootfs.entries()) {
		if (entry.type !== 'file' || entry.content !== 'elf' || seen.has(entry.inode)) continue;
		seen.add(entry.inode);
		const notes = rootfs.elf(entry.path)?.built;
		if (notes?.[by] !== undefined) programs.push({ path: entry.path, notes });
		else if (notes?.unread === true) again.push(entry);
	}
	const blindSpots = await readAgain(rootfs, again, ({ path }, body) => {
		const notes = readBuildNotes({ size: body.length, range: (offset, length) => inside(body, offset, length) });
		if (notes?.[by] !== undefined) programs.push({ path, notes });
	});
	return { programs, blindSpots };
}

function inside(body: Uint8Array, offset: number, length: number): Uint8Array | undefined {
	return offset >= 0 && length >= 0 && offset + length <= body.length ? body.subarray(offset, offset + length) : undefined;
}
