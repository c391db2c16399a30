import type { Application } from '../../../model/need.ts';
import type { Source } from '../../source/read-source.ts';
import type { AddonFile } from './addon-group.ts';
import { variantOf } from './variant.ts';

/** What the JavaScript around an addon does when no native file will load. */
export interface Loader {
	/** It goes on with a substitute written in JavaScript. */
	readonly fallback: boolean;
	/** It goes on with a WebAssembly build that is there. */
	readonly wasm: boolean;
	/** It has a sentence of its own for that. */
	readonly refuses: boolean;
	readonly refusal: { readonly glibc: string; readonly musl: string };
}

/** Texts of a package that are read for this. */
const maxTexts = 40;

/** Reads the modules of a package that are loaded, or its main file when none was seen. */
export async function readLoader(application: Application, source: Source, owner: string, files: readonly AddonFile[]): Promise<Loader> {
	const loaded = source.javascript.graph.modules.filter(
		({ path }) => path.startsWith(`${owner}/`) && !path.startsWith(`${owner}/node_modules/`),
	);
	const paths = loaded.length > 0 ? loaded.map(({ path }) => path) : [`${owner}/index.js`, `${owner}/lib/index.js`];
	const texts = [...(await source.files.read(paths.slice(0, maxTexts))).values()];
	const text = texts.join('\n');
	const cpu = processorOf(application, files);
	const sentence = sentenceIn(text);
	const say = (libc: 'glibc' | 'musl'): string =>
		sentence?.replace(/\$\{\w*[pP]latform\w*\}/g, () => `linux${libc === 'musl' ? 'musl' : ''}-${cpu}`) ?? notFound(text, files, libc, cpu);
	return {
		fallback: hasFallback(text),
		wasm: hasWasm(application, owner),
		refuses: sentence !== undefined,
		refusal: { glibc: say('glibc'), musl: say('musl') },
	};
}

/** A `catch` that begins with loading another module of the package. */
function hasFallback(text: string): boolean {
	return /catch\s*(?:\(\w*\)\s*)?\{\s*(?:\/\/[^\n]*\n\s*)?(?:module\.exports\s*=\s*|return\s+|\w+\s*=\s*)?require\(\s*['"]\.\.?\/(?![^'"]*\.node['"])/.test(
		text,
	);
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

/** How Node.js calls the processor of the addon. */
function processorOf({ files }: Application, addons: readonly AddonFile[]): string {
	return processors.get(addons.map(({ path }) => files.elf(path)?.machine).find((machine) => machine !== undefined) ?? '') ?? 'x64';
}

/** The sentence a package throws when it found no variant: a literal of its text that says so, a variable platform still in it. */
function sentenceIn(text: string): string | undefined {
	// older loaders of napi-rs throw what the last attempt threw, newer ones gather the attempts and say this
	const own = /throw loadError\b/.test(text) ? undefined : /['"`]((?:Failed to load|Cannot find) native binding)\b/.exec(text)?.[1];
	return (
		own ??
		/[`'"]((?:Could not load|Cannot load|Failed to load) [^`\n]{0,80}\$\{\w*[pP]latform\w*\}[^`\n]{0,40})`/.exec(text)?.[1] ??
		/[`'"](No prebuild or local build of [\w@/.-]{1,80} found)/.exec(text)?.[1] ??
		/['"`]((?:No native build was found for|Failed to load native module|Could not find any)[^'"`$\n]{0,80})/.exec(text)?.[1]
	);
}

/** Node.js on a module that is not there: the name that the text has for this system, or that of a sibling with the libc changed. */
function notFound(text: string, files: readonly AddonFile[], libc: 'glibc' | 'musl', cpu: string): string {
	const literals = [...text.matchAll(/require\(\s*['"]([^'"\n]{1,200})['"]\s*\)/g)].slice(0, 500).map((match) => match[1] as string);
	const literal = literals.findLast((name) => {
		const variant = variantOf(name);
		return /(^|[-/.])linux/.test(name) && name.split(/[-_./]/).includes(cpu) && !variant.elsewhere && (variant.libc ?? 'glibc') === libc;
	});
	if (literal !== undefined) return `Cannot find module '${literal}'`;
	const sibling = files[0]?.path.replace(/^.*\/node_modules\//, '');
	return sibling === undefined ? 'Cannot find module' : `Cannot find module ${renamed(sibling, libc)}`;
}

/** `@rollup/rollup-linux-x64-gnu/x.node` for the other libc: the package, or the file when it lies in the package itself. */
function renamed(path: string, libc: 'glibc' | 'musl'): string {
	const parts = path.split('/');
	const name = parts.slice(0, path.startsWith('@') ? 2 : 1).join('/');
	const shown = variantOf(name).stem === name ? (parts.at(-1) ?? name) : name;
	return libc === 'musl' ? shown.replace(/\b(gnu|glibc)\b/g, 'musl') : shown.replace(/\bmusl\b/g, 'gnu');
}
