import { inflateSync } from 'node:zlib';
import type { BuildNotes } from '../model/rootfs.ts';
import { findSection } from './elf-section.ts';
import { readSegments } from './elf-segments.ts';
import { ElfDefect, type ElfTable, ElfView, type RangeReader } from './elf-view.ts';
import { readGoNote } from './go/build-note.ts';

const maxRustText = 8 * 1024 * 1024;

/** What compilers wrote into an ELF file about the parts it was built from; undefined when that is nothing. No input throws. `goNote`: see `readGoNote`. */
export function readBuildNotes(file: RangeReader, goNote?: Uint8Array): BuildNotes | undefined {
	const ident = file.size < 64 ? undefined : file.range(0, 16);
	if (ident === undefined) return undefined;
	const view = new ElfView(file, ident[4] === 2, ident[5] !== 2);
	const header = attempt(() => view.table(0, view.wide ? 64 : 52, 'the header'));
	if (header === undefined) return undefined;
	const go = attempt(() => readGoNote(file, readSegments(view, header).segments, goNote));
	const rust = attempt(() => rustNote(view, header));
	if (go === undefined && rust === undefined) return undefined;
	return {
		...(go === undefined || go === 'unread' ? {} : { go }),
		...(rust === undefined || rust === unread ? {} : { rust }),
		...(go === 'unread' || rust === unread ? { unread: true as const } : {}),
	};
}

function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof ElfDefect || error instanceof RangeError)) throw error;
		return undefined;
	}
}

const unread = Symbol('unread');

/** The section of `cargo auditable`: JSON in zlib's form; empty when it is damaged. */
function rustNote(view: ElfView, header: ElfTable): string | typeof unread | undefined {
	const section = findSection(view, header, '.dep-v0');
	if (section === undefined) return undefined;
	const bytes = section.offset + section.size > view.size ? new Uint8Array(0) : view.peek(section.offset, section.size);
	if (bytes === undefined) return unread;
	try {
		return inflateSync(bytes, { maxOutputLength: maxRustText }).toString('utf8');
	} catch {
		return '';
	}
}
