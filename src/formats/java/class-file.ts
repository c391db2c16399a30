import { startedPrograms } from './started-programs.ts';

/** What a class file says before its code (Java Virtual Machine Specification, chapter 4). */
export interface ClassFile {
	/** 52 is Java 8, 65 is Java 21: 44 more than the version of the platform. */
	readonly major: number;
	/** Names of the classes that it refers to, `java/sql/Driver`. */
	readonly classes: readonly string[];
	/** Texts of its constants and names. */
	readonly texts: readonly string[];
	/** Programs that it starts by a constant name: the first word of a command line, or of an array. */
	readonly programs: readonly string[];
}

/** Bytes of an entry of the constant pool behind its tag; 0 is one whose length is written in it. */
const lengths: Readonly<Record<number, number>> = {
	1: 0,
	3: 4,
	4: 4,
	5: 8,
	6: 8,
	7: 2,
	8: 2,
	9: 4,
	10: 4,
	11: 4,
	12: 4,
	15: 3,
	16: 2,
	17: 4,
	18: 4,
	19: 2,
	20: 2,
};

/** One entry of the constant pool; `at` is its tag, `size` the bytes of a text. */
interface Constant {
	readonly index: number;
	readonly tag: number;
	readonly at: number;
	readonly size: number;
}

/** The constant pool as far as it goes; a pool that breaks off gives what was before. */
function* constants(bytes: Uint8Array, view: DataView): Generator<Constant> {
	const count = view.getUint16(8);
	for (let index = 1, at = 10; index < count && at + 3 <= bytes.length; index += 1) {
		const tag = bytes[at] as number;
		const length = lengths[tag];
		if (length === undefined || at + 1 + length > bytes.length) return;
		const size = tag === 1 ? view.getUint16(at + 1) : 0;
		if (at + 3 + size > bytes.length) return;
		yield { index, tag, at, size };
		at += tag === 1 ? 3 + size : 1 + length;
		// numbers of eight bytes take two places
		if (tag === 5 || tag === 6) index += 1;
	}
}

/** Reads the version and the constant pool; undefined when it is no class file. */
export function readClassFile(bytes: Uint8Array): ClassFile | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (bytes.length < 10 || view.getUint32(0) !== 0xcafebabe) return undefined;
	const texts = new Map<number, string>();
	const references = new Map<number, number>();
	const strings = new Map<number, number>();
	let end = 10;
	for (const { index, tag, at, size } of constants(bytes, view)) {
		if (tag === 1) texts.set(index, Buffer.from(bytes.buffer, bytes.byteOffset + at + 3, size).toString('utf8'));
		if (tag === 7) references.set(index, view.getUint16(at + 1));
		if (tag === 8) strings.set(index, view.getUint16(at + 1));
		end = at;
	}
	const classes = [...references.values()].flatMap((index) => elementClass(texts.get(index) ?? ''));
	const named = new Map([...references].map(([index, name]) => [index, texts.get(name) ?? '']));
	const constant = new Map([...strings].map(([index, text]) => [index, texts.get(text) ?? '']));
	return { major: view.getUint16(6), classes, texts: [...texts.values()], programs: startedPrograms(bytes, end, named, constant) };
}

/** `[Ljava/lang/String;` is an array of a class. */
function elementClass(name: string): readonly string[] {
	const array = /^\[+L([^;]+);$/.exec(name)?.[1];
	return array !== undefined ? [array] : name === '' || name.startsWith('[') ? [] : [name];
}
