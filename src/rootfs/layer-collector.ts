import type { TarEntry, TarSink } from '../formats/tar.ts';
import { FootingError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Problem } from '../model/problem.ts';
import { quote } from '../model/quote.ts';
import type { ContentKind, ElfFacts, Interest, JarFacts } from '../model/rootfs.ts';
import { ElfCollector, prefixLimit } from './elf-collector.ts';
import { type Matcher, matcher } from './interest.ts';
import { JarCollector } from './jar-collector.ts';
import { layerPath } from './layer-path.ts';
import { contentKinds, field, type LayerRecords, type RecordType, recordTypes, stride } from './layer-records.ts';
import { MemoryBudget, weightOf, weightOfJar } from './memory-budget.ts';
import { ProblemList } from './problem-list.ts';

/** How much of a file is looked at to tell what it is: enough for a shebang and for the program headers of an ELF file. */
const headLength = 2048;
const shebangLength = 256;

const typeCodes = new Map<RecordType, number>(recordTypes.map((t, i) => [t, i]));
const contentCodes = new Map<ContentKind, number>(contentKinds.map((c, i) => [c, i]));

/** Turns the members of one layer into its records: what each name is, and the bodies that somebody wants. */
export class LayerCollector implements TarSink {
	readonly #whiteouts: boolean;
	readonly #matches: Matcher;
	readonly #scriptLimit: number;
	readonly #elf: ElfCollector;
	readonly #jar: JarCollector;
	readonly #paths: string[] = [];
	readonly #links: string[] = [];
	#numbers = new Float64Array(stride * 1024);
	#count = 0;
	readonly #bodies = new Map<number, Uint8Array>();
	readonly #budget = new MemoryBudget();
	readonly #facts = new Map<number, ElfFacts>();
	readonly #shebangs = new Map<number, string>();
	readonly #jars = new Map<number, JarFacts>();
	readonly #xattrs = new Map<number, ReadonlyMap<string, Uint8Array>>();
	readonly #problems = new ProblemList();

	#entry: TarEntry | undefined;
	#path = '';
	#head = new Uint8Array(headLength);
	#headFilled = 0;
	#headNeed = 0;
	#keep: Uint8Array | undefined;
	#collectElf = false;
	#collectJar = false;

	/** `whiteouts: false` for an unpacked directory, where a name such as `.wh.x` is just a name. */
	constructor(interest: Interest, options: { readonly whiteouts: boolean } = { whiteouts: true }) {
		this.#whiteouts = options.whiteouts;
		this.#matches = matcher(interest);
		this.#scriptLimit = interest.scripts ?? 0;
		this.#elf = new ElfCollector(interest);
		this.#jar = new JarCollector(interest);
	}

	entry(entry: TarEntry): boolean {
		const path = layerPath(entry.name);
		if (path === undefined) return this.#refuse('path-escape', entry.name, 'a name that leads out of the root; the entry is left out');
		if (entry.type === 'unknown')
			return this.#refuse('unknown-tar-type', path, `an entry of the unknown type ${quote(entry.flag)}; it is left out`);
		const marker = this.#whiteouts ? whiteout(path) : undefined;
		if (marker !== undefined) return this.#mark(marker, path);
		if (this.#count >= limits.entries) throw new FootingError('limit', `cannot read the layer: more than ${limits.entries} entries`);
		this.#add(path, entry.type, entry);
		if (entry.xattrs !== undefined) this.#setXattrs(entry.xattrs);
		if (entry.type !== 'file' || entry.size === 0) return false;
		this.#begin(path, entry);
		return true;
	}

	body(chunk: Uint8Array, position: number): void {
		if (this.#keep !== undefined) this.#keep.set(chunk, position);
		if (this.#collectJar) this.#jar.add(chunk, position);
		if (this.#collectElf) {
			this.#elf.add(chunk, position);
			return;
		}
		if (this.#headNeed === 0) return;
		if (position === 0 && chunk.length >= this.#headNeed) {
			this.#decide(chunk);
			if (this.#collectElf) this.#elf.add(chunk, 0);
			return;
		}
		this.#head.set(chunk.subarray(0, Math.max(0, headLength - position)), Math.min(position, headLength));
		this.#headFilled = position + chunk.length;
		if (this.#headFilled < this.#headNeed) return;
		const keptBefore = this.#keep;
		this.#decide(this.#head.subarray(0, this.#headNeed));
		if (this.#keep !== keptBefore) this.#keep?.set(chunk, position);
		if (!this.#collectElf) return;
		this.#elf.add(this.#head.subarray(0, Math.min(position, headLength)), 0);
		this.#elf.add(chunk, position);
	}

	/** The body could not be read to its end: nothing is known of it. */
	abandon(): void {
		this.#setContent(this.#count - 1, 'unread');
		this.#headNeed = 0;
		this.#keep = undefined;
		this.#collectElf = false;
		this.#collectJar = false;
		this.#entry = undefined;
	}

	finish(): void {
		const ordinal = this.#count - 1;
		// a sparse file may end in a hole before its head was seen
		if (this.#headNeed > 0) this.#decide(this.#head.subarray(0, this.#headNeed));
		if (this.#collectElf) this.#setElf(ordinal, this.#elf.finish());
		if (this.#collectJar) this.#setJar(ordinal, this.#jar.finish());
		if (this.#keep !== undefined) {
			this.#bodies.set(ordinal, this.#keep);
		}
		this.#keep = undefined;
		this.#collectElf = false;
		this.#collectJar = false;
		this.#entry = undefined;
	}

	/** Entries so far; the ordinal of the next one. */
	get count(): number {
		return this.#count;
	}

	/** Something that the caller found about the layer as a whole. */
	problem(problem: Problem): void {
		if (this.#problems.add(problem)) this.#budget.problem(problem);
	}

	records(): LayerRecords {
		return {
			count: this.#count,
			paths: this.#paths.join('\0'),
			links: this.#links.join('\0'),
			numbers: this.#numbers.slice(0, this.#count * stride),
			bodies: this.#bodies,
			elf: this.#facts,
			shebangs: this.#shebangs,
			jars: this.#jars,
			xattrs: this.#xattrs,
			problems: this.#problems.all(),
			remembered: this.#budget.remembered,
		};
	}

	#setXattrs(xattrs: ReadonlyMap<string, Uint8Array>): void {
		for (const [name, value] of xattrs) this.#budget.remember(name.length + value.length);
		this.#xattrs.set(this.#count - 1, xattrs);
	}

	#refuse(code: string, where: string, message: string): false {
		this.problem({ code, where, message });
		return false;
	}

	#mark(marker: { readonly type: 'whiteout' | 'opaque' | 'ignored' | 'bad'; readonly path: string }, written: string): false {
		if (marker.type === 'bad') return this.#refuse('bad-whiteout', written, 'a whiteout that names no file; it is left out');
		if (marker.type !== 'ignored') this.#add(marker.path, marker.type, undefined);
		return false;
	}

	#add(path: string, type: RecordType, entry: TarEntry | undefined): void {
		const at = this.#count * stride;
		if (at === this.#numbers.length) {
			const grown = new Float64Array(this.#numbers.length * 2);
			grown.set(this.#numbers);
			this.#numbers = grown;
		}
		const content = type === 'file' ? (entry?.size === 0 ? 'empty' : 'other') : 'other';
		const numbers = this.#numbers;
		numbers[at + field.kind] =
			(typeCodes.get(type) as number) + 16 * (contentCodes.get(content) as number) + (entry?.sparse === true ? 256 : 0);
		// Linux knows no modes of links, whatever an archive says
		numbers[at + field.mode] = type === 'symlink' ? 0o777 : (entry?.mode ?? 0);
		numbers[at + field.uid] = entry?.uid ?? 0;
		numbers[at + field.gid] = entry?.gid ?? 0;
		numbers[at + field.size] = type === 'file' ? (entry?.size ?? 0) : 0;
		numbers[at + field.offset] = entry?.offset ?? 0;
		const link = type === 'symlink' || type === 'hardlink' ? (entry?.link ?? '') : '';
		this.#budget.entry(path, link);
		this.#paths.push(path);
		this.#links.push(link);
		this.#count += 1;
	}

	#begin(path: string, entry: TarEntry): void {
		this.#entry = entry;
		this.#path = path;
		this.#headFilled = 0;
		this.#headNeed = Math.min(entry.size, headLength);
		if (entry.sparse) this.#head.fill(0);
		this.#collectJar = !entry.sparse && this.#jar.begin(path, entry.size);
		if (!this.#matches(path, entry.size) || !this.#budget.keep(entry.size)) return;
		if (entry.sparse) this.#budget.fill(entry.size);
		this.#keep = new Uint8Array(entry.size);
	}

	/** The head is at hand: what is this file? */
	#decide(head: Uint8Array): void {
		this.#headNeed = 0;
		const entry = this.#entry as TarEntry;
		const ordinal = this.#count - 1;
		if (head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46) {
			if (head.length >= entry.size && !entry.sparse) {
				this.#setElf(ordinal, this.#elf.whole(head.subarray(0, entry.size)));
				return;
			}
			if (entry.sparse) this.#budget.fill(Math.min(entry.size, prefixLimit));
			this.#elf.begin(entry.size, head, entry.sparse);
			this.#collectElf = true;
		} else if (head[0] === 0x23 && head[1] === 0x21) {
			this.#setContent(ordinal, 'script');
			const line = firstLine(head);
			this.#budget.remember(line.length);
			this.#shebangs.set(ordinal, line);
			if (this.#keep === undefined && (entry.mode & 0o111) !== 0 && entry.size <= this.#scriptLimit && !entry.sparse)
				this.#keepScript(head, entry.size);
		}
	}

	/** A script is known as one only when its head was seen, so the bytes before are in the head. */
	#keepScript(head: Uint8Array, size: number): void {
		if (!this.#budget.keep(size)) return;
		this.#keep = new Uint8Array(size);
		this.#keep.set(head.subarray(0, Math.min(head.length, size)));
	}

	#setElf(ordinal: number, facts: ElfFacts | undefined): void {
		if (facts === undefined) return;
		this.#budget.remember(weightOf(facts));
		this.#facts.set(ordinal, facts);
		this.#setContent(ordinal, 'elf');
		if (facts.broken !== undefined) this.problem({ code: 'broken-elf', where: this.#path, message: facts.broken });
	}

	#setJar(ordinal: number, facts: JarFacts): void {
		this.#budget.remember(weightOfJar(facts));
		this.#jars.set(ordinal, facts);
	}

	#setContent(ordinal: number, content: ContentKind): void {
		const at = ordinal * stride + field.kind;
		const kind = this.#numbers[at] as number;
		this.#numbers[at] = kind - 16 * (Math.floor(kind / 16) % 16) + 16 * (contentCodes.get(content) as number);
	}
}

function firstLine(head: Uint8Array): string {
	const end = head.subarray(0, shebangLength).indexOf(0x0a);
	return Buffer.from(head.subarray(0, end === -1 ? Math.min(shebangLength, head.length) : end)).toString('latin1');
}

/** OCI image layer specification, "Whiteouts": `.wh.NAME` hides a file, `.wh..wh..opq` what lies in a directory below. */
function whiteout(path: string): { readonly type: 'whiteout' | 'opaque' | 'ignored' | 'bad'; readonly path: string } | undefined {
	const slash = path.lastIndexOf('/');
	if (!path.startsWith('.wh.', slash + 1)) return undefined;
	const directory = slash === 0 ? '/' : path.slice(0, slash);
	const name = path.slice(slash + 5);
	if (name === '.wh..opq') return { type: 'opaque', path: directory };
	// other names in the reserved space are bookkeeping of AUFS
	if (name.startsWith('.wh.')) return { type: 'ignored', path };
	if (name === '' || name === '.' || name === '..') return { type: 'bad', path };
	return { type: 'whiteout', path: directory === '/' ? `/${name}` : `${directory}/${name}` };
}
