/**
 * Makes text from outside safe to show: C0, C1, DEL, line separators, bidirectional controls and lone surrogates become
 * `\xNN` or `\u{…}`; longer than `max` code units is cut with `…`. The only escaping for terminals and messages.
 */
export function quote(text: string, max = 200): string {
	const cut = text.length > max ? `${text.slice(0, max)}…` : text;
	return cut.replace(
		// biome-ignore lint/suspicious/noControlCharactersInRegex: escaping them is the purpose
		/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
		(c) => {
			const n = c.charCodeAt(0);
			// surrogateescape: a lone U+DC80..U+DCFF stands for the byte 0x80..0xFF of a name that is not UTF-8
			if (n >= 0xdc80 && n <= 0xdcff) return `\\x${(n - 0xdc00).toString(16)}`;
			return n < 256 ? `\\x${n.toString(16).padStart(2, '0')}` : `\\u{${n.toString(16)}}`;
		},
	);
}
