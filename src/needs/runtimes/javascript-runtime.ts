import { root } from '../../formats/access.ts';
import { parseVersion, type Version } from '../../formats/semver-range.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/need.ts';
import type { ElfFacts, Mark, Rootfs } from '../../model/rootfs.ts';
import { baseName } from '../application/stage-tree.ts';
import { lookUp, resolveProgram } from '../launch/resolve-program.ts';
import { moduleVersionOf } from './node-versions.ts';

const large = { minBytes: 16 * 1024 * 1024, maxBytes: 1024 * 1024 * 1024, libraries: true } as const;

/**
 * Texts that tell which runtime of JavaScript a program is. Node.js names itself to its debugger (`node.js/v24.0.0`, in every
 * build with the inspector, of the project and of distributions, in `node` or in libnode.so) and carries its build
 * configuration; Bun names itself in its crash report and to package registries.
 */
export const javascriptMarks: readonly Mark[] = [
	{ name: 'node.js', text: 'node.js/v', capture: 32, ...large },
	{ name: 'node-module-version', text: '"node_module_version": ', capture: 5, ...large },
	{ name: 'bun', text: 'Bun v', capture: 32, ...large, libraries: false },
	{ name: 'bun-node', text: ' npm/? node/v', capture: 32, ...large, libraries: false },
];

/** The program that would run JavaScript on a base. */
export interface JavaScriptRuntime {
	readonly engine: 'node' | 'bun' | 'deno' | 'unknown';
	/** Where it was found, links not resolved. */
	readonly path: string;
	/** Of Node.js; for Bun the version whose interface it offers. */
	readonly version?: Version;
	/** NODE_MODULE_VERSION */
	readonly moduleVersion?: number;
	readonly because: Evidence;
	/** The file with the interface for native addons. */
	readonly binary: string;
}

/**
 * The runtime that the start command comes to when that is one, else the first of `names` in PATH. Undefined when there is
 * none.
 */
export function javascriptRuntime(standing: Standing, names: readonly string[]): JavaScriptRuntime | undefined {
	const { config, combined } = standing;
	const started = resolveProgram([...config.entrypoint, ...config.command], config, combined);
	const last = started.chain.at(-1);
	const direct = last === undefined || started.failure !== undefined ? undefined : runtimeAt(combined, last.path, standing);
	if (direct !== undefined && direct.engine !== 'unknown') return direct;
	for (const name of names) {
		const found = lookUp(name, { config, rootfs: combined, who: root });
		const program = 'entry' in found ? resolveProgram([found.path], config, combined).chain.at(-1) : undefined;
		const runtime = program && runtimeAt(combined, program.path, standing);
		if (runtime !== undefined) return runtime;
	}
	return undefined;
}

function captured(facts: ElfFacts | undefined, name: string): string | undefined {
	return facts?.captures?.find((capture) => capture.name === name && /^\d/.test(capture.text))?.text;
}

function runtimeAt(rootfs: Rootfs, path: string, standing: Standing): JavaScriptRuntime | undefined {
	const entry = rootfs.resolve(path);
	const facts = rootfs.elf(path);
	if (entry === undefined || facts === undefined) return undefined;
	const bun = captured(facts, 'bun');
	if (bun !== undefined) return described('bun', path, entry.path, captured(facts, 'bun-node'), undefined, `Bun ${bun}`);
	const holder = captured(facts, 'node.js') === undefined ? sharedNode(rootfs, facts) : { path: entry.path, facts };
	if (holder !== undefined)
		return described(
			'node',
			path,
			holder.path,
			captured(holder.facts, 'node.js'),
			captured(holder.facts, 'node-module-version'),
			'Node.js',
		);
	const name = baseName(entry.path);
	if (/^bun\b/.test(name)) return described('bun', path, entry.path, undefined, undefined, 'Bun');
	if (/^deno\b/.test(name)) return described('deno', path, entry.path, undefined, undefined, 'Deno');
	if (/^(node|nodejs)\b/.test(name)) return described('node', path, entry.path, hinted(standing), undefined, 'Node.js, told by its name');
	return {
		engine: 'unknown',
		path,
		binary: entry.path,
		because: { path: entry.path, shows: 'a program that is no known runtime of JavaScript' },
	};
}

/** `NODE_VERSION` of official images says what was put in when the image was made: a hint where the bytes say nothing. */
function hinted({ baseConfig }: Standing): string | undefined {
	return baseConfig.env.find(({ name }) => name === 'NODE_VERSION')?.value;
}

function described(
	engine: 'node' | 'bun' | 'deno',
	path: string,
	binary: string,
	text: string | undefined,
	module: string | undefined,
	shows: string,
): JavaScriptRuntime {
	const version = text === undefined ? undefined : parseVersion(text);
	const moduleVersion = module !== undefined && /^\d+$/.test(module) ? Number(module) : version && moduleVersionOf(version.numbers[0]);
	const told = version === undefined ? shows : engine === 'bun' ? `${shows}, as Node.js ${text}` : `${shows} ${text}`;
	return {
		engine,
		path,
		binary,
		because: { path: binary, shows: told },
		...(version === undefined ? {} : { version }),
		...(moduleVersion === undefined ? {} : { moduleVersion }),
	};
}

/** Distributions split Node.js into a small program and `libnode.so.N`. */
function sharedNode(rootfs: Rootfs, facts: ElfFacts): { readonly path: string; readonly facts: ElfFacts } | undefined {
	const needed = facts.needed.find((name) => name.startsWith('libnode.so'));
	if (needed === undefined) return undefined;
	const triples = rootfs.list('/usr/lib').filter((name) => name.includes('-linux-'));
	for (const directory of ['/usr/lib', '/lib', '/usr/local/lib', '/usr/lib64', ...triples.map((name) => `/usr/lib/${name}`)]) {
		const entry = rootfs.resolve(`${directory}/${needed}`);
		const library = entry && rootfs.elf(entry.path);
		if (entry !== undefined && library !== undefined && captured(library, 'node.js') !== undefined)
			return { path: entry.path, facts: library };
	}
	return undefined;
}

/** `20.20.2` */
export function versionText({ numbers, prerelease }: Version): string {
	return [numbers.join('.'), ...(prerelease.length > 0 ? [prerelease.join('.')] : [])].join('-');
}
