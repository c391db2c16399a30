/**
 * Keys and values of a properties file (java.util.Properties, "load"), as far as build tools write them: one pair on a line,
 * parted by `=`, `:` or blanks, lines of `#` and `!` left out. Long values over several lines are not put together.
 */
export function readProperties(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const raw of text.split(/\r\n?|\n/, 2000)) {
		const line = raw.trim();
		if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
		const end = line.search(/[=:\s]/);
		if (end <= 0) continue;
		const value = line.slice(end).trimStart();
		found.set(line.slice(0, end), (value[0] === '=' || value[0] === ':' ? value.slice(1) : value).trim());
	}
	return found;
}
