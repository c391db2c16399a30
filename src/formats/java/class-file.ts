/** What a class file says before its code (Java Virtual Machine Specification, chapter 4). */
export interface ClassFile {
	/** 52 is Java 8, 65 is Java 21: 44 more than the version of the platform. */
	readonly major: number;
	/** Names of the classes that it refers to, `java/sql/Driver`. */
	readonly classes: readonly string[];
	/** Texts of its constants and names. */
	readonly texts: readonly string[];
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

/** Reads the version and the constant pool; undefined when it is no class file. A pool that breaks off gives what was before. */
export function readClassFile(bytes: Uint8Array): ClassFile | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (bytes.length < 10 || view.getUint32(0) !== 0xcafebabe) return undefined;
	const count = view.getUint16(8);
	const texts = new Map<number, string>();
	const references: number[] = [];
	for (let index = 1, at = 10; index < count && at + 3 <= bytes.length; index += 1) {
		const tag = bytes[at] as number;
		const length = lengths[tag];
		if (length === undefined) break;
		if (tag === 7) references.push(view.getUint16(at + 1));
		if (tag !== 1) {
			at += 1 + length;
			// numbers of eight bytes take two places
			if (tag === 5 || tag === 6) index += 1;
			continue;
		}
		const size = view.getUint16(at + 1);
		if (at + 3 + size > bytes.length) break;
		texts.set(index, Buffer.from(bytes.buffer, bytes.byteOffset + at + 3, size).toString('utf8'));
		at += 3 + size;
	}
	const classes = references.flatMap((index) => elementClass(texts.get(index) ?? ''));
	return { major: view.getUint16(6), classes, texts: [...texts.values()] };
}

/** `[Ljava/lang/String;` is an array of a class. */
function elementClass(name: string): readonly string[] {
	const array = /^\[+L([^;]+);$/.exec(name)?.[1];
	return array !== undefined ? [array] : name === '' || name.startsWith('[') ? [] : [name];
}
