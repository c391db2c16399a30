import { FootingError } from '../../model/errors.ts';
import { ownedPaths } from '../owned-paths.ts';

/** rpmtag.h; the numbers of rpm's manual, "Package Tags". */
export const rpmTag = {
	name: 1000,
	version: 1001,
	release: 1002,
	epoch: 1003,
	arch: 1022,
	fileFlags: 1037,
	sourceRpm: 1044,
	dirIndexes: 1116,
	baseNames: 1117,
	dirNames: 1118,
} as const;

export interface RpmRecord {
	readonly name: string;
	readonly version: string;
	readonly release: string;
	readonly epoch?: number;
	readonly architecture: string;
	/** File name of the source package: `bash-5.1.8-6.el9.src.rpm`. */
	readonly sourceRpm?: string;
	/** Absolute paths; those that the package only reserves (ghosts) left out. */
	readonly files: readonly string[];
	/** Some of its tables lie outside the header and were not read. */
	readonly broken: boolean;
}

interface Tag {
	readonly type: number;
	readonly offset: number;
	readonly count: number;
}

const type = { int32: 4, string: 6, stringArray: 8, i18nString: 9 } as const;
const maxEntries = 65_536;
const maxFiles = 1_000_000;
/** RPMFILE_GHOST */
const ghostFlag = 64;

/**
 * A package header as the database keeps it (rpm's manual, "Package format", Header, without its magic): the number of
 * index entries and of data bytes, the entries, the data; all big endian. `join` is shared by all headers of a database.
 * @throws FootingError `bad-rpmdb` when it has no name or version
 */
export function readRpmHeader(blob: Uint8Array, join = ownedPaths()): RpmRecord {
	const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
	const entries = blob.length >= 8 ? view.getUint32(0) : 0;
	if (entries === 0 || entries > maxEntries || 8 + entries * 16 > blob.length) throw bad('its index is larger than the header');
	const tags = new Map<number, Tag>();
	for (let i = 0; i < entries; i += 1) {
		const at = 8 + i * 16;
		const tag = view.getUint32(at);
		if (!tags.has(tag)) tags.set(tag, { type: view.getUint32(at + 4), offset: view.getUint32(at + 8), count: view.getUint32(at + 12) });
	}
	return recordOf(new Store(blob.subarray(8 + entries * 16), tags), join);
}

function recordOf(store: Store, join: ReturnType<typeof ownedPaths>): RpmRecord {
	const name = store.text(rpmTag.name);
	const version = store.text(rpmTag.version);
	if (name === undefined || version === undefined) throw bad('it has no name or version');
	const epoch = store.numbers(rpmTag.epoch)?.[0];
	const sourceRpm = store.text(rpmTag.sourceRpm);
	const files = filesOf(store, join);
	return {
		name,
		version,
		release: store.text(rpmTag.release) ?? '',
		...(epoch === undefined ? {} : { epoch }),
		architecture: store.text(rpmTag.arch) ?? '',
		...(sourceRpm === undefined || sourceRpm === '(none)' ? {} : { sourceRpm }),
		files,
		broken: store.broken,
	};
}

function filesOf(store: Store, join: ReturnType<typeof ownedPaths>): readonly string[] {
	const names = store.texts(rpmTag.baseNames) ?? [];
	const directories = store.texts(rpmTag.dirNames) ?? [];
	const indexes = store.numbers(rpmTag.dirIndexes) ?? [];
	const flags = store.numbers(rpmTag.fileFlags) ?? [];
	return names.flatMap((name, i) => {
		const directory = directories[indexes[i] ?? -1];
		return directory === undefined || ((flags[i] ?? 0) & ghostFlag) !== 0 ? [] : (join(directory, name) ?? []);
	});
}

/** The data part of a header; what lies outside of it is noticed and not read. */
class Store {
	broken = false;
	readonly #data: Buffer;
	readonly #tags: ReadonlyMap<number, Tag>;

	constructor(data: Uint8Array, tags: ReadonlyMap<number, Tag>) {
		this.#data = Buffer.from(data.buffer, data.byteOffset, data.length);
		this.#tags = tags;
	}

	text(tag: number): string | undefined {
		const at = this.#tags.get(tag);
		if (at === undefined) return undefined;
		return this.#strings(at, 1)?.[0];
	}

	texts(tag: number): readonly string[] | undefined {
		const at = this.#tags.get(tag);
		return at === undefined ? undefined : this.#strings(at, at.count);
	}

	numbers(tag: number): readonly number[] | undefined {
		const at = this.#tags.get(tag);
		if (at === undefined) return undefined;
		if (at.type !== type.int32 || at.count > maxFiles || at.offset + at.count * 4 > this.#data.length) return this.#outside();
		return Array.from({ length: at.count }, (_, i) => this.#data.readUInt32BE(at.offset + i * 4));
	}

	#strings(at: Tag, count: number): readonly string[] | undefined {
		if (at.type !== type.string && at.type !== type.stringArray && at.type !== type.i18nString) return this.#outside();
		if (count > maxFiles || at.offset >= this.#data.length) return this.#outside();
		const found: string[] = [];
		for (let from = at.offset; found.length < count; ) {
			const end = this.#data.indexOf(0, from);
			if (end === -1) return this.#outside();
			found.push(this.#data.toString('utf8', from, end));
			from = end + 1;
		}
		return found;
	}

	#outside(): undefined {
		this.broken = true;
	}
}

function bad(why: string): FootingError {
	return new FootingError('bad-rpmdb', `cannot read a header of the rpm database: ${why}`);
}
