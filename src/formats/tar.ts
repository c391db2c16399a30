import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { EntryType } from '../model/rootfs.ts';
import { decodePath } from './path-text.ts';
import { checkedName, checksums, entryTypes, fieldText, headerName, idOf, padding, storedChecksum } from './tar-header.ts';
import { headerNumber, paxNumber } from './tar-numbers.ts';
import { type PaxRecords, parsePax, type SparseRange } from './tar-pax.ts';
import { checkSparse, sparseOfBlock, sparseOfBody, sparseOfPax } from './tar-sparse.ts';

/** One member of an archive, with PAX and GNU extensions applied. */
export interface TarEntry {
	/** As written, stray bytes as surrogateescape; not normalised. */
	readonly name: string;
	readonly type: EntryType | 'hardlink' | 'unknown';
	/** The header's type flag. */
	readonly flag: string;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Bytes of the (expanded) file; 0 for everything without a body. */
	readonly size: number;
	/** Target of a symbolic or hard link, as written. */
	readonly link: string;
	readonly deviceMajor: number;
	readonly deviceMinor: number;
	readonly xattrs: ReadonlyMap<string, Uint8Array> | undefined;
	/** Where the stored body begins in the archive, in bytes. */
	readonly offset: number;
	/** True when the body is stored with holes, so that `offset` alone does not lead to it. */
	readonly sparse: boolean;
}

/** Receives what a `TarReader` finds. Chunks are views into the caller's buffer: copy what is kept. */
export interface TarSink {
	/** Returns whether it wants the body. */
	entry(entry: TarEntry): boolean;
	/** A piece of the wanted body at this position of the expanded file; holes are not delivered. */
	body(chunk: Uint8Array, position: number): void;
	/** The wanted body is complete. */
	finish(): void;
}

/**
 * A push parser for tar archives: ustar, GNU (long names, sparse, base-256) and PAX, the last of duplicate names left to
 * the caller. Bodies are handed on as views; nothing is copied but headers that straddle two chunks. Memory does not grow
 * with the archive. Errors: `bad-tar`, `limit`, and `truncated` from `end()`.
 */
export class TarReader {
	readonly #sink: TarSink;
	readonly #carry = new Uint8Array(512);
	#carried = 0;
	#state: 'header' | 'meta' | 'sparse-block' | 'sparse-map' | 'body' | 'padding' | 'end' = 'header';
	/** Bytes of the archive consumed so far. */
	#position = 0;
	#left = 0;
	#padding = 0;
	#zeroBlocks = 0;
	#started = false;
	#wanted = false;
	#metaFlag = '';
	#meta: Uint8Array = new Uint8Array(0);
	#metaFilled = 0;
	#longName: string | undefined;
	#longLink: string | undefined;
	#pax: PaxRecords | undefined;
	#header: Omit<TarEntry, 'offset'> | undefined;
	#ranges: SparseRange[] = [];
	#range = 0;
	#inRange = 0;

	constructor(sink: TarSink) {
		this.#sink = sink;
	}

	push(chunk: Uint8Array): void {
		let at = 0;
		while (at < chunk.length) {
			switch (this.#state) {
				case 'header':
				case 'sparse-block':
					at = this.#takeBlock(chunk, at);
					break;
				case 'meta':
					at = this.#takeMeta(chunk, at);
					break;
				case 'sparse-map':
					at = this.#takeMap(chunk, at);
					break;
				case 'body':
					at = this.#takeBody(chunk, at);
					break;
				case 'padding':
					at = this.#skip(chunk, at);
					break;
				default:
					at = this.#advance(chunk.length - at, at);
			}
		}
	}

	/** Bytes that come next and that nobody wants: a caller that can seek passes over them with `skip` instead of `push`. */
	get unwanted(): number {
		if (this.#state === 'padding') return this.#padding;
		return this.#state === 'body' && !this.#wanted ? this.#left + this.#padding : 0;
	}

	/** Passes over at most `unwanted` bytes; only those that there are. */
	skip(bytes: number): void {
		const body = this.#state === 'body' ? Math.min(bytes, this.#left) : 0;
		this.#position += bytes;
		if (this.#state === 'body') {
			this.#left -= body;
			if (this.#left === 0) this.#finishBody();
		}
		this.#padding -= bytes - body;
		if (this.#state === 'padding' && this.#padding === 0) this.#state = 'header';
	}

	/** Nothing that follows is part of the archive. */
	get ended(): boolean {
		return this.#state === 'end';
	}

	/** @throws FootingError `truncated` when the archive ends inside a member. */
	end(): void {
		if (this.#state === 'end' || this.#state === 'padding') return;
		if (this.#state === 'header' && this.#carried === 0 && !this.#pending()) return;
		throw new FootingError('truncated', `cannot read the archive: it ends inside a member, after ${this.#position} bytes`);
	}

	#pending(): boolean {
		return this.#pax !== undefined || this.#longName !== undefined || this.#longLink !== undefined;
	}

	#advance(bytes: number, at: number): number {
		this.#position += bytes;
		return at + bytes;
	}

	#takeBlock(chunk: Uint8Array, at: number): number {
		if (this.#carried === 0 && chunk.length - at >= 512) {
			const next = this.#advance(512, at);
			this.#block(chunk.subarray(at, next));
			return next;
		}
		const take = Math.min(512 - this.#carried, chunk.length - at);
		this.#carry.set(chunk.subarray(at, at + take), this.#carried);
		this.#carried += take;
		const next = this.#advance(take, at);
		if (this.#carried === 512) {
			this.#carried = 0;
			this.#block(this.#carry);
		}
		return next;
	}

	#block(block: Uint8Array): void {
		if (this.#state === 'sparse-block') {
			if (!sparseOfBlock(block, true, this.#ranges)) this.#beginSparse();
			return;
		}
		const sum = checksums(block);
		if (sum.zero) {
			this.#zeroBlocks += 1;
			if (this.#zeroBlocks === 2) this.#state = 'end';
			return;
		}
		if (this.#zeroBlocks > 0) throw new FootingError('bad-tar', 'cannot read the archive: data after an end-of-archive block');
		const stored = storedChecksum(block);
		if (stored !== sum.unsigned && stored !== sum.signed) {
			throw new FootingError(
				'bad-tar',
				`cannot read the archive: ${this.#started ? 'a header has a wrong checksum' : 'this is not a tar archive'}, at byte ${this.#position - 512}`,
			);
		}
		this.#started = true;
		this.#readHeader(block);
	}

	#readHeader(block: Uint8Array): void {
		const flag = String.fromCharCode(block[156] as number);
		const size = headerNumber(block, 124, 12, 'size');
		if (flag === 'x' || flag === 'g' || flag === 'L' || flag === 'K') {
			if (size > limits.metadata)
				throw new FootingError('limit', `cannot read the archive: ${size} bytes of extended header; the limit is ${limits.metadata}`);
			this.#metaFlag = flag;
			this.#meta = new Uint8Array(size);
			this.#metaFilled = 0;
			this.#padding = padding(size);
			this.#state = 'meta';
			if (size === 0) this.#finishMeta();
			return;
		}
		this.#beginEntry(block, flag, size);
	}

	#takeMeta(chunk: Uint8Array, at: number): number {
		const take = Math.min(this.#meta.length - this.#metaFilled, chunk.length - at);
		this.#meta.set(chunk.subarray(at, at + take), this.#metaFilled);
		this.#metaFilled += take;
		if (this.#metaFilled === this.#meta.length) this.#finishMeta();
		return this.#advance(take, at);
	}

	#finishMeta(): void {
		const meta = this.#meta;
		if (this.#metaFlag === 'x') this.#pax = parsePax(meta);
		// a global header describes defaults that container engines do not apply; it is checked and left
		else if (this.#metaFlag === 'g') parsePax(meta);
		else {
			const nul = meta.indexOf(0);
			const text = decodePath(nul === -1 ? meta : meta.subarray(0, nul));
			if (this.#metaFlag === 'L') this.#longName = text;
			else this.#longLink = text;
		}
		this.#meta = new Uint8Array(0);
		this.#metaFilled = 0;
		this.#left = 0;
		this.#state = this.#padding > 0 ? 'padding' : 'header';
	}

	#beginEntry(block: Uint8Array, flag: string, headerSize: number): void {
		const pax = this.#pax;
		const value = (key: string): string | undefined => pax?.values.get(key);
		const paxSize = value('size');
		const name = checkedName(value('GNU.sparse.name') ?? value('path') ?? this.#longName ?? headerName(block));
		const directoryByName = (flag === '\0' || flag === '0') && name.endsWith('/');
		const type: TarEntry['type'] = directoryByName ? 'directory' : (entryTypes[flag] ?? 'unknown');
		const hasBody = type === 'file' || type === 'unknown';
		const stored = hasBody ? (paxSize === undefined ? headerSize : paxNumber(paxSize, 'size')) : 0;
		const entry = {
			name,
			type,
			flag,
			mode: headerNumber(block, 100, 8, 'mode') & 0o7777,
			uid: idOf(value('uid'), block, 108, 'uid'),
			gid: idOf(value('gid'), block, 116, 'gid'),
			size: stored,
			link: checkedName(value('linkpath') ?? this.#longLink ?? fieldText(block, 157, 100)),
			deviceMajor: type.endsWith('device') ? headerNumber(block, 329, 8, 'device major') : 0,
			deviceMinor: type.endsWith('device') ? headerNumber(block, 337, 8, 'device minor') : 0,
			xattrs: pax === undefined || pax.xattrs.size === 0 ? undefined : pax.xattrs,
			sparse: false,
		};
		this.#pax = undefined;
		this.#longName = undefined;
		this.#longLink = undefined;
		this.#left = stored;
		this.#padding = padding(stored);
		if (type === 'file' && this.#sparse(block, flag, entry, pax)) return;
		this.#ranges = [];
		this.#deliver(entry);
	}

	/** Whether the entry is sparse; then it is delivered once its map is known. */
	#sparse(block: Uint8Array, flag: string, entry: Omit<TarEntry, 'offset'>, pax: PaxRecords | undefined): boolean {
		const realSize = pax?.values.get('GNU.sparse.realsize') ?? pax?.values.get('GNU.sparse.size');
		if (flag === 'S') {
			this.#header = { ...entry, size: headerNumber(block, 483, 12, 'real size'), sparse: true };
			this.#ranges = [];
			this.#state = 'sparse-block';
			if (!sparseOfBlock(block, false, this.#ranges)) this.#beginSparse();
			return true;
		}
		if (pax === undefined || realSize === undefined) return false;
		this.#header = { ...entry, size: paxNumber(realSize, 'GNU.sparse.realsize'), sparse: true };
		if (pax.values.get('GNU.sparse.major') === '1') {
			this.#meta = new Uint8Array(0);
			this.#state = 'sparse-map';
			return true;
		}
		const ranges = sparseOfPax(pax);
		if (ranges === undefined) return false;
		this.#ranges = ranges;
		this.#beginSparse();
		return true;
	}

	#takeMap(chunk: Uint8Array, at: number): number {
		const take = Math.min(512 - (this.#meta.length % 512), this.#left, chunk.length - at);
		if (take === 0) throw new FootingError('bad-tar', 'cannot read the archive: a sparse file without its map');
		// the map is read in pieces of 512 bytes, as it is padded to that
		const grown = new Uint8Array(this.#meta.length + take);
		if (grown.length > limits.metadata) throw new FootingError('limit', 'cannot read the archive: the map of a sparse file is too long');
		grown.set(this.#meta);
		grown.set(chunk.subarray(at, at + take), this.#meta.length);
		this.#meta = grown;
		this.#left -= take;
		const map = grown.length % 512 === 0 ? sparseOfBody(grown) : undefined;
		if (map !== undefined) {
			this.#ranges = map.ranges;
			this.#meta = new Uint8Array(0);
			this.#position += take;
			this.#beginSparse();
			return at + take;
		}
		if (this.#left === 0) throw new FootingError('bad-tar', 'cannot read the archive: the map of a sparse file is not whole');
		return this.#advance(take, at);
	}

	#beginSparse(): void {
		const header = this.#header;
		if (header === undefined) throw new FootingError('internal', 'internal error: a sparse map without its member');
		this.#header = undefined;
		checkSparse(this.#ranges, header.size, this.#left);
		this.#deliver(header);
	}

	#deliver(header: Omit<TarEntry, 'offset'>): void {
		this.#range = 0;
		this.#inRange = 0;
		this.#wanted = this.#sink.entry({ ...header, offset: this.#position });
		if (this.#left > 0) this.#state = 'body';
		else this.#finishBody();
	}

	#takeBody(chunk: Uint8Array, at: number): number {
		const take = Math.min(this.#left, chunk.length - at);
		if (this.#wanted) this.#hand(chunk.subarray(at, at + take));
		this.#left -= take;
		const next = this.#advance(take, at);
		if (this.#left === 0) this.#finishBody();
		return next;
	}

	#hand(piece: Uint8Array): void {
		if (this.#ranges.length === 0) {
			this.#sink.body(piece, this.#inRange);
			this.#inRange += piece.length;
			return;
		}
		for (let at = 0; at < piece.length; ) {
			const range = this.#ranges[this.#range] as SparseRange;
			const take = Math.min(range.length - this.#inRange, piece.length - at);
			if (take > 0) this.#sink.body(piece.subarray(at, at + take), range.offset + this.#inRange);
			at += take;
			this.#inRange += take;
			if (this.#inRange === range.length) {
				this.#range += 1;
				this.#inRange = 0;
			}
		}
	}

	#finishBody(): void {
		if (this.#wanted) this.#sink.finish();
		this.#wanted = false;
		this.#ranges = [];
		this.#left = 0;
		this.#state = this.#padding > 0 ? 'padding' : 'header';
	}

	#skip(chunk: Uint8Array, at: number): number {
		const take = Math.min(this.#padding, chunk.length - at);
		this.#padding -= take;
		if (this.#padding === 0) this.#state = 'header';
		return this.#advance(take, at);
	}
}
