import type { Application } from '../../../model/need.ts';
import type { Source } from '../../source/read-source.ts';

/** What the JavaScript around an addon does when no native file will load. */
export interface Loader {
	/** It goes on with a substitute written in JavaScript. */
	readonly fallback: boolean;
	/** It goes on with a WebAssembly build that is there. */
	readonly wasm: boolean;
	readonly refusal: { readonly glibc: string; readonly musl: string } | undefined;
}

/** Texts of a package that are read for this. */
const maxTexts = 40;

/** Reads the modules of a package that are loaded, or its main file when none was seen. */
export async function readLoader(application: Application, source: Source, owner: string): Promise<Loader> {
	const loaded = source.javascript.graph.modules.filter(
		({ path }) => path.startsWith(`${owner}/`) && !path.startsWith(`${owner}/node_modules/`),
	);
	const paths = loaded.length > 0 ? loaded.map(({ path }) => path) : [`${owner}/index.js`, `${owner}/lib/index.js`];
	const texts = [...(await source.files.read(paths.slice(0, maxTexts))).values()];
	const text = texts.join('\n');
	return {
		fallback:
			/catch\s*(?:\(\w*\)\s*)?\{\s*(?:\/\/[^\n]*\n\s*)?(?:module\.exports\s*=\s*|return\s+|\w+\s*=\s*)?require\(\s*['"]\.\.?\/(?![^'"]*\.node['"])/.test(
				text,
			),
		wasm: hasWasm(application, owner),
		refusal: refusalIn(text, wordsFor(application)),
	};
}

/** `@img/sharp-wasm32`, `@node-rs/argon2-wasm32-wasi` beside the package or beside its variants. */
function hasWasm({ files }: Application, owner: string): boolean {
	const root = owner.lastIndexOf('/node_modules/');
	if (root < 0) return false;
	const modules = owner.slice(0, root + 13);
	const name = owner.slice(root + 14).replace(/^@[^/]+\//, '');
	return files
		.list(modules)
		.filter((entry) => entry.startsWith('@') || entry.startsWith(name))
		.flatMap((entry) => (entry.startsWith('@') ? files.list(`${modules}/${entry}`).map((inner) => `${entry}/${inner}`) : [entry]))
		.some((entry) => /-wasm32(-wasi)?$/.test(entry) && entry.replace(/^@[^/]+\//, '').startsWith(name));
}

const processors = new Map([
	['x86-64', 'x64'],
	['aarch64', 'arm64'],
	['arm', 'arm'],
	['i386', 'ia32'],
	['s390x', 's390x'],
	['ppc64le', 'ppc64'],
	['riscv64', 'riscv64'],
]);

/** How Node.js calls the processor of the application's addons. */
function wordsFor({ files }: Application): string {
	for (const entry of files.entries())
		if (entry.content === 'elf' && entry.path.endsWith('.node')) return processors.get(files.elf(entry.path)?.machine ?? '') ?? 'x64';
	return 'x64';
}

/** The sentence a package throws when it found no variant: a literal of its text that says so, its variable parts filled in. */
function refusalIn(text: string, cpu: string): Loader['refusal'] {
	const sentence =
		/['"`]((?:Failed to load|Cannot find) native binding)\b/.exec(text)?.[1] ??
		/[`'"]((?:Could not load|Cannot load|Failed to load) [^`\n]{0,80}\$\{\w*[pP]latform\w*\}[^`\n]{0,40})`/.exec(text)?.[1] ??
		/['"`]((?:No native build was found for|Could not find any|Unsupported (?:OS|architecture|platform))[^'"`\n]{0,80})/.exec(text)?.[1];
	if (sentence === undefined) return undefined;
	const fill = (system: string): string => sentence.replace(/\$\{\w*[pP]latform\w*\}/g, `${system}-${cpu}`);
	return { glibc: fill('linux'), musl: fill('linuxmusl') };
}
