import { goMagic, lengthAndText } from './build-note.ts';
import { readGoModules } from './modules.ts';

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

/**
 * The build information of a program; undefined when it is not written in Go, or was built before Go 1.18, whose form it is:
 * 32 bytes of header, then the version and the modules, each with its length before it.
 */
export function readGoBuildInfo(bytes: Uint8Array): GoBuildInfo | undefined {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let at = file.indexOf(goMagic), tries = 0; at >= 0 && tries < 64; at = file.indexOf(goMagic, at + 1), tries += 1) {
		// the text of the magic is also in programs that look for it; the header is aligned and says that texts follow it
		if (at % 16 !== 0 || at + 32 > file.length || ((file[at + 15] as number) & 2) === 0) continue;
		const version = lengthAndText(file, at + 32);
		const modules = version && lengthAndText(file, version.end);
		if (version !== undefined && /^(go|devel)/.test(version.text)) return withModules(version.text, modules?.text ?? '');
	}
	return undefined;
}

/** Lines of words separated by tabs, between two marks of 16 bytes each. */
function withModules(version: string, text: string): GoBuildInfo {
	const { path, main, dependencies, settings } = readGoModules(Buffer.from(text.slice(16, -16), 'latin1').toString('utf8'));
	return {
		version: version.split(' ', 1)[0] as string,
		path,
		dependencies: new Map(dependencies.map((module) => [module.path, module.version])),
		settings,
		...(main === undefined ? {} : { module: main.path }),
	};
}
