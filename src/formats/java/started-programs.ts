/**
 * Programs that the code of a class starts by a constant: what `new ProcessBuilder` and `Runtime.exec` are given first, as
 * compilers write it (Java Virtual Machine Specification, 6.5): `new; dup`, for an array `anewarray; dup; iconst_0`, then `ldc`.
 * `classes` and `texts` are those of the constant pool, by index; the code begins somewhere behind `from`.
 */
export function startedPrograms(
	bytes: Uint8Array,
	from: number,
	classes: ReadonlyMap<number, string>,
	texts: ReadonlyMap<number, string>,
): readonly string[] {
	const builders = [...classes].filter(([, name]) => name === 'java/lang/ProcessBuilder').map(([index]) => index);
	const runtime = [...classes.values()].includes('java/lang/Runtime');
	if (builders.length === 0 && !runtime) return [];
	const found = new Set<string>();
	const short = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
	for (let at = from; at + 8 < bytes.length; at += 1) {
		const made = bytes[at] === op.new && bytes[at + 3] === op.dup && builders.includes(short(at + 1));
		const asked = runtime && bytes[at] === op.invokestatic;
		if (!made && !asked) continue;
		const text = firstText(bytes, at + (made ? 4 : 3), classes, texts);
		const word = /^\s*([\w./+-]{1,200})(?:\s|$)/.exec(text ?? '')?.[1];
		if (word !== undefined) found.add(word);
	}
	return [...found];
}

const op = {
	ldc: 0x12,
	ldcWide: 0x13,
	bipush: 0x10,
	dup: 0x59,
	invokestatic: 0xb8,
	new: 0xbb,
	anewarray: 0xbd,
	iconst0: 0x03,
	aastore: 0x53,
	invokevirtual: 0xb6,
};

/** The constant that is pushed there, in an array of texts or alone. */
function firstText(
	bytes: Uint8Array,
	start: number,
	classes: ReadonlyMap<number, string>,
	texts: ReadonlyMap<number, string>,
): string | undefined {
	const short = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
	let at = start;
	const length = bytes[at] ?? 0;
	const array = length === op.bipush ? at + 2 : length >= 0x04 && length <= 0x08 ? at + 1 : undefined;
	const listed = array !== undefined && bytes[array] === op.anewarray && classes.get(short(array + 1)) === 'java/lang/String';
	if (listed && bytes[array + 3] === op.dup && bytes[array + 4] === op.iconst0) at = array + 5;
	const wide = bytes[at] === op.ldcWide;
	if (!wide && bytes[at] !== op.ldc) return undefined;
	const after = bytes[at + (wide ? 3 : 2)];
	// of a text alone another one follows for a list, or the call itself
	if (
		listed
			? after !== op.aastore
			: bytes[start - 3] !== undefined &&
				after !== op.invokevirtual &&
				after !== op.ldc &&
				after !== op.ldcWide &&
				after !== op.invokestatic
	)
		return undefined;
	return texts.get(wide ? short(at + 1) : (bytes[at + 1] ?? 0));
}
