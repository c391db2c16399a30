/** What the Go linker writes about how a program was built (Go package debug/buildinfo). */
export interface GoBuildInfo {
	/** `go1.22.3` */
	readonly version: string;
	/** Import path of the main package. */
	readonly path: string;
	/** Module of the main package; absent for a program built from files. */
	readonly module?: string;
	/** Modules that are linked in, by path: their versions. */
	readonly dependencies: ReadonlyMap<string, string>;
	/** `CGO_ENABLED`, `-tags` … */
	readonly settings: ReadonlyMap<string, string>;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const maxText = 4 * 1024 * 1024;
const maxModules = 20_000;

/**
 * The build information of a program; undefined when it is not written in Go, or was built before Go 1.18, whose form it is:
 * 32 bytes of header, then the version and the modules, each with its length before it.
 */
export function readGoBuildInfo(bytes: Uint8Array): GoBuildInfo | undefined {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let at = file.indexOf(magic), tries = 0; at >= 0 && tries < 64; at = file.indexOf(magic, at + 1), tries += 1) {
		// the text of the magic is also in programs that look for it; the header is aligned and says that texts follow it
		if (at % 16 !== 0 || at + 32 > file.length || ((file[at + 15] as number) & 2) === 0) continue;
		const version = lengthAndText(file, at + 32);
		const modules = version && lengthAndText(file, version.end);
		if (version !== undefined && /^(go|devel)/.test(version.text)) return parsed(version.text, modules?.text ?? '');
	}
	return undefined;
}

function lengthAndText(file: Buffer, at: number): { readonly text: string; readonly end: number } | undefined {
	let length = 0;
	let scale = 1;
	for (let i = at; i < Math.min(at + 5, file.length); i += 1) {
		const byte = file[i] as number;
		length += (byte & 0x7f) * scale;
		scale *= 128;
		if ((byte & 0x80) !== 0) continue;
		return length > maxText || i + 1 + length > file.length
			? undefined
			: { text: file.toString('utf8', i + 1, i + 1 + length), end: i + 1 + length };
	}
	return undefined;
}

/** Lines of words separated by tabs, between two marks of 16 bytes each. */
function parsed(version: string, text: string): GoBuildInfo {
	const dependencies = new Map<string, string>();
	const settings = new Map<string, string>();
	let path = '';
	let module: string | undefined;
	for (const line of text.split('\n').slice(0, maxModules)) {
		const [word = '', first = '', second = ''] = line.slice(Math.max(0, line.search(/(path|mod|dep|build|=>)\t/))).split('\t');
		if (word === 'path') path = first;
		else if (word === 'mod') module = first;
		else if (word === 'dep') dependencies.set(first, second);
		else if (word === 'build') settings.set(first.slice(0, first.indexOf('=')), first.slice(first.indexOf('=') + 1));
	}
	return { version: version.split(' ', 1)[0] as string, path, dependencies, settings, ...(module === undefined ? {} : { module }) };
}
