/** One paragraph of `Field: value` lines. */
export interface Stanza {
	/** Counted from 1. */
	readonly line: number;
	/** Wanted fields; names in lower case (they are the same in any case), first lines of values only. */
	readonly fields: ReadonlyMap<string, string>;
	/** Lines that are neither a field nor a continuation. */
	readonly strayLines: number;
}

/**
 * Paragraphs of a Debian control file (deb822(5), Debian Policy 5.1), read from bytes so that a large database never
 * becomes one string. Only `wanted` fields are kept; continuation lines are text of the field before and never a field.
 */
export function* readStanzas(bytes: Uint8Array, wanted: ReadonlySet<string>): Generator<Stanza> {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	let at = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
	let fields = new Map<string, string>();
	let stray = 0;
	let line = 0;
	let first = 1;
	while (at < buffer.length) {
		const newline = buffer.indexOf(0x0a, at);
		const end = newline === -1 ? buffer.length : newline;
		line += 1;
		if (blank(buffer, at, end)) {
			if (fields.size > 0 || stray > 0) yield { line: first, fields, strayLines: stray };
			fields = new Map();
			stray = 0;
			first = line + 1;
		} else if (buffer[at] !== 0x20 && buffer[at] !== 0x09 && buffer[at] !== 0x23) {
			if (!readField(buffer, at, end, wanted, fields)) stray += 1;
		}
		at = end + 1;
	}
	if (fields.size > 0 || stray > 0) yield { line: first, fields, strayLines: stray };
}

function blank(buffer: Buffer, from: number, to: number): boolean {
	for (let i = from; i < to; i += 1) {
		const c = buffer[i];
		if (c !== 0x20 && c !== 0x09 && c !== 0x0d) return false;
	}
	return true;
}

function readField(buffer: Buffer, from: number, to: number, wanted: ReadonlySet<string>, fields: Map<string, string>): boolean {
	const colon = buffer.indexOf(0x3a, from);
	if (colon === -1 || colon >= to || colon === from) return false;
	const name = buffer.toString('latin1', from, colon).trimEnd().toLowerCase();
	if (wanted.has(name) && !fields.has(name)) fields.set(name, buffer.toString('utf8', colon + 1, to).trim());
	return true;
}
