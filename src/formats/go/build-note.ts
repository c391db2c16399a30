import { fileOffset, type Segment } from '../elf-dynamic.ts';
import type { RangeReader } from '../elf-view.ts';

/** What the Go linker wrote into a program, as text. */
export interface GoNote {
	/** `go1.22.3` */
	readonly version: string;
	/** Lines of `go version -m`; empty when it was built without modules. */
	readonly modules: string;
}

export const goMagic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerLength = 32;
const maxText = 4 * 1024 * 1024;
const maxVersion = 256;
/** So much of it is kept of a file that is too large to be kept whole; that of a program with 1,000 modules takes 150 KiB. */
export const goNoteReach = 1024 * 1024;

/** Part of the file in which the note's header was found. */
interface Place {
	readonly bytes: Buffer;
	readonly at: number;
}

/**
 * The build information in the data of a program (Go package debug/buildinfo): since Go 1.18 two texts with their lengths behind a header,
 * before that pointers to two strings. `window`: what was kept from the
 * header on of a file that was not kept whole. `unread`: it is there, but not in what was kept of the file. Undefined: not written in Go.
 */
export function readGoNote(file: RangeReader, segments: readonly Segment[], window?: Uint8Array): GoNote | 'unread' | undefined {
	const place = window === undefined ? findHeader(file, segments) : { bytes: bufferOf(window), at: 0 };
	if (place === undefined) return undefined;
	const inline = ((place.bytes[place.at + 15] as number) & 2) !== 0;
	const texts = inline ? inlineTexts(place) : pointedTexts(file, segments, place);
	if (texts === undefined) return 'unread';
	const [version, framed] = texts;
	// between two marks of 16 bytes each
	const modules = framed.length >= 33 && framed.at(-17) === '\n' ? framed.slice(16, -16) : '';
	return /^(go|devel)/.test(version)
		? { version: version.slice(0, maxVersion), modules: Buffer.from(modules, 'latin1').toString('utf8') }
		: undefined;
}

function findHeader(file: RangeReader, segments: readonly Segment[]): Place | undefined {
	for (const { offset, fileSize, address, flags = 0 } of segments) {
		// writable and not executable
		if ((flags & 3) !== 2) continue;
		const size = Math.min(fileSize, file.size - offset);
		const kept = file.range(offset, size);
		if (kept === undefined) continue;
		const bytes = bufferOf(kept);
		for (let at = bytes.indexOf(goMagic), tries = 0; at >= 0 && tries < 64; at = bytes.indexOf(goMagic, at + 1), tries += 1)
			// the text of the magic is also in programs that look for it; the header is aligned
			if ((address + at) % 16 === 0 && at + headerLength <= bytes.length) return { bytes, at };
	}
	return undefined;
}

function inlineTexts({ bytes, at }: Place): readonly [version: string, modules: string] | undefined {
	const version = lengthAndText(bytes, at + headerLength);
	const modules = version && lengthAndText(bytes, version.end);
	return version && modules && [version.text, modules.text];
}

/** A length in groups of seven bits, the lowest first, then so many bytes. */
export function lengthAndText(file: Buffer, at: number): { readonly text: string; readonly end: number } | undefined {
	let length = 0;
	let scale = 1;
	for (let i = at; i < Math.min(at + 5, file.length); i += 1) {
		const byte = file[i] as number;
		length += (byte & 0x7f) * scale;
		scale *= 128;
		if ((byte & 0x80) !== 0) continue;
		const end = i + 1 + length;
		return length > maxText || end > file.length ? undefined : { text: file.toString('latin1', i + 1, end), end };
	}
	return undefined;
}

function pointedTexts(file: RangeReader, segments: readonly Segment[], { bytes, at }: Place): readonly [string, string] | undefined {
	const size = bytes[at + 14] === 4 ? 4 : 8;
	const big = ((bytes[at + 15] as number) & 1) !== 0;
	const pointer = (from: Buffer, place: number): number => {
		const [first, second] = [0, 4].map((add) =>
			size === 4 && add === 4 ? 0 : big ? from.readUInt32BE(place + add) : from.readUInt32LE(place + add),
		);
		if (size === 4) return first as number;
		return big ? (first as number) * 0x1_0000_0000 + (second as number) : (second as number) * 0x1_0000_0000 + (first as number);
	};
	const text = (header: number): string | undefined => {
		const string = bytesAt(file, segments, header, 2 * size);
		// the toolchain itself is built without modules: the string lies where nothing is written into the file
		if (string === 'nowhere') return '';
		const length = string && pointer(string, size);
		if (string === undefined || length === undefined || length > maxText) return undefined;
		const text = length === 0 ? 'nowhere' : bytesAt(file, segments, pointer(string, 0), length);
		return text === 'nowhere' ? '' : text?.toString('latin1');
	};
	const version = text(pointer(bytes, at + 16));
	const modules = text(pointer(bytes, at + 16 + size));
	return version === undefined || modules === undefined ? undefined : [version, modules];
}

/** Undefined when that part of the file was not kept. */
function bytesAt(file: RangeReader, segments: readonly Segment[], address: number, length: number): Buffer | 'nowhere' | undefined {
	const offset = fileOffset(segments, address);
	if (offset === undefined || offset + length > file.size) return 'nowhere';
	const bytes = file.range(offset, length);
	return bytes && bufferOf(bytes);
}

function bufferOf(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
