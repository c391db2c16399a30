/** The main section of a jar's manifest (JAR File Specification): names without regard to case, long lines put together. */
export function readManifest(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	const whole = text.replace(/\r\n?/g, '\n').replace(/\n /g, '');
	for (const line of whole.split('\n', 2000)) {
		if (line === '') break;
		const colon = line.indexOf(':');
		if (colon > 0) found.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
	}
	return found;
}

/** The properties of a runtime's `release` file: `NAME="value"` on each line. */
export function readRelease(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const line of text.split('\n', 200)) {
		const match = /^([A-Z_]+)="?([^"\r]*)"?\s*$/.exec(line);
		if (match !== null) found.set(match[1] as string, match[2] as string);
	}
	return found;
}
