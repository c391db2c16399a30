import { undefinedSymbols } from '../../formats/elf-lookup.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Application, Need } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { unseenAt } from '../application/unseen.ts';
import { atMost } from '../source/fact.ts';
import { laterBuiltins } from '../source/javascript/builtins.ts';
import { packageOf, type UnresolvedImport } from '../source/javascript/module-graph.ts';
import { packageJson } from '../source/javascript/resolve-module.ts';
import type { Source } from '../source/read-source.ts';
import { type AddonInterface, addonInterface } from './addon.ts';
import { changedInterfaces } from './node-changes.ts';

/** What a need of kind `node` asks of the runtime. */
export type NodeData =
	| { readonly ask: 'runtime'; readonly names: readonly string[] }
	| { readonly ask: 'range'; readonly range: string; readonly of: string; readonly names: readonly string[] }
	| { readonly ask: 'typescript'; readonly range: string; readonly path: string; readonly esm: boolean; readonly names: readonly string[] }
	| {
			readonly ask: 'at-least' | 'below';
			readonly version: string;
			readonly names: readonly string[];
			/** What other versions do not have; the base that it is compared with. */
			readonly subject: 'module' | 'interface' | 'base';
			readonly name: string;
			/** What the runtime says without the interface. */
			readonly message?: string;
	  }
	| { readonly ask: 'addon'; readonly path: string; readonly built: AddonInterface; readonly names: readonly string[] }
	| { readonly ask: 'module'; readonly specifier: string; readonly from: string; readonly unseen?: string };

type NodeNeed = Need<NodeData>;

const kind = 'node';
const maxListed = 200;

/** What the application asks of its runtime of JavaScript; nothing when it is not started with one. */
export async function findNodeNeeds(application: Application, source: Source): Promise<readonly NodeNeed[]> {
	const starts = runtimeStarts(source);
	if (starts.length === 0) return [];
	const names = runtimeNames(source);
	return [
		{ kind, what: 'a runtime of JavaScript (Node.js)', certainty: 'required', because: starts, data: { ask: 'runtime', names } },
		...wished(application, names),
		...(await engines(application, source, names)),
		...builtinModules(source, names),
		...(await typeScript(application, source, names)),
		...changedInterfaces(source).map(
			({ name, line, path, certainty, since, removed, message }): NodeNeed => ({
				kind,
				certainty,
				what: removed === undefined ? `Node.js ${since} or newer, for ${name}` : `Node.js below ${removed}, for ${name}`,
				because: [{ path, line, shows: name }],
				data:
					removed === undefined
						? { ask: 'at-least', version: since ?? '0.0.0', names, subject: 'interface', name, message }
						: { ask: 'below', version: removed, names, subject: 'interface', name, message },
			}),
		),
		...addons(application, source, names),
		...modules(application, source),
	];
}

/** Commands that name a runtime, and modules that are started. */
function runtimeStarts({ commands, javascript }: Source): readonly Evidence[] {
	if (javascript.entries.length > 0)
		return javascript.entries
			.slice(0, 5)
			.map((entry) => ({ ...entry.because, shows: `${entry.because.shows || 'starts'} → ${entry.path}` }));
	const named = commands.filter(
		(command) => command.certainty === 'required' && command.words.some((word, i) => i < 6 && /(^|\/)(node|nodejs|bun)$/.test(word.text)),
	);
	return named.slice(0, 1).map((command) => command.because);
}

function runtimeNames({ javascript }: Source): readonly string[] {
	const named = javascript.entries.flatMap((entry) =>
		entry.runtime !== undefined && /^(node|nodejs|bun|deno)$/.test(entry.runtime) ? [entry.runtime] : [],
	);
	return [...new Set([...named, 'node', 'nodejs', 'bun'])];
}

/** The line of releases that it stands on today. */
function wished(application: Application, names: readonly string[]): readonly NodeNeed[] {
	const { reference = '', because } = application.currentBase ?? {};
	const major = /(?:^|\/)node:(\d{2})\b/.exec(reference)?.[1] ?? /\/nodejs(\d{2})-/.exec(reference)?.[1];
	if (major === undefined || because === undefined) return [];
	const data = { ask: 'at-least', version: `${major}.0.0`, names, subject: 'base', name: reference } as const;
	return [{ kind, what: `Node.js ${major} or newer, as in ${reference}`, certainty: 'likely', because: [because], data }];
}

/** `engines.node` of the application's package.json and of the packages it loads; of those with addons it is meant. */
async function engines(application: Application, source: Source, names: readonly string[]): Promise<readonly NodeNeed[]> {
	const space = { files: application.files, source: source.files };
	const natives = new Set(addonFiles(application).map((path) => packageOf(path)));
	const own = new Set(source.javascript.entries.map((entry) => packageDirectory(application, entry.path)));
	const found: NodeNeed[] = [];
	const add = async (directory: string, certainty: Certainty): Promise<void> => {
		const { engines: asked, name } = await packageJson(space, directory);
		const range: unknown = typeof asked === 'object' && asked !== null && 'node' in asked ? asked.node : undefined;
		if (typeof range !== 'string' || found.length >= maxListed || /^\s*(\*|>=?\s*v?\d(\.[\d.x]*)?)?\s*$/.test(range)) return;
		const of = typeof name === 'string' ? name : directory;
		const because = [{ path: `${directory === '/' ? '' : directory}/package.json`, shows: `engines.node: ${range}` }];
		found.push({ kind, what: `Node.js ${range}, as ${of} asks`, certainty, because, data: { ask: 'range', range, of, names } });
	};
	for (const directory of own) if (directory !== undefined) await add(directory, 'likely');
	for (const [directory, certainty] of source.javascript.graph.packages)
		await add(directory, natives.has(directory) ? atMost(certainty, 'likely') : 'possible');
	return found;
}

/** Node.js documentation, "Modules: TypeScript": types are stripped since 22.18 and 23.6, behind a flag since 22.6. */
async function typeScript(application: Application, source: Source, names: readonly string[]): Promise<readonly NodeNeed[]> {
	const { entries, graph } = source.javascript;
	if (entries.some(({ loader }) => loader)) return [];
	const written = graph.modules.find(({ path, dependency }) => !dependency && /\.[cm]?ts$/.test(path));
	const entry = entries.find(({ path }) => path === written?.path) ?? entries[0];
	if (written === undefined || entry === undefined) return [];
	const range = entry.stripsTypes === true ? '>=22.6.0' : '^22.18.0 || >=23.6.0';
	const esm = await isModule(application, source, written.path);
	// of what has no types an older version makes JavaScript, unless it is loaded as a module
	const sure = esm || written.facts.types !== undefined || written.facts.imports.some((one) => one.esm);
	const because = [
		{ path: written.path, ...(written.facts.types === undefined ? {} : { line: written.facts.types }), shows: 'TypeScript' },
	];
	return [
		{
			kind,
			what: `Node.js ${range}, which takes TypeScript`,
			certainty: atMost(written.certainty, sure ? 'required' : 'likely'),
			because,
			data: { ask: 'typescript', range, path: written.path, esm, names },
		},
	];
}

/** Whether Node.js loads a file as an ECMAScript module, by its name and the nearest package.json. */
async function isModule(application: Application, source: Source, path: string): Promise<boolean> {
	if (path.endsWith('.mts')) return true;
	const directory = packageDirectory(application, path);
	if (path.endsWith('.cts') || directory === undefined) return false;
	return (await packageJson({ files: application.files, source: source.files }, directory)).type === 'module';
}

/** The nearest directory with a package.json. */
function packageDirectory({ files }: Application, path: string): string | undefined {
	for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
		const directory = path.slice(0, end) || '/';
		if (files.resolve(`${path.slice(0, end)}/package.json`)?.type === 'file') return directory;
		if (end === 0) return undefined;
	}
	return undefined;
}

/** Modules of Node.js that older versions do not have. */
function builtinModules({ javascript }: Source, names: readonly string[]): readonly NodeNeed[] {
	const found = new Map<string, NodeNeed>();
	for (const module of javascript.graph.modules)
		for (const { specifier, line, certainty, lazy } of module.facts.imports) {
			const version = laterBuiltins.get(specifier);
			if (version === undefined || found.has(specifier)) continue;
			const sure = atMost(atMost(module.certainty, certainty), module.dependency || lazy ? 'likely' : 'required');
			const because = [{ path: module.path, line, shows: specifier }];
			const data = { ask: 'at-least', version, names, subject: 'module', name: specifier } as const;
			found.set(specifier, { kind, what: `Node.js ${version} or newer, for the module ${specifier}`, certainty: sure, because, data });
		}
	return [...found.values()];
}

function addonFiles({ files }: Application): readonly string[] {
	return [...files.entries()]
		.filter((entry) => entry.type === 'file' && entry.path.endsWith('.node') && entry.content === 'elf')
		.map((entry) => entry.path);
}

/** Native addons that are loaded: by their path, or by a package that is loaded and has only one. */
function addons(application: Application, { javascript }: Source, names: readonly string[]): readonly NodeNeed[] {
	const { graph } = javascript;
	const all = addonFiles(application);
	return all.slice(0, maxListed).flatMap((path): readonly NodeNeed[] => {
		const facts = application.files.elf(path);
		const built = facts && addonInterface(facts, path);
		const owner = packageOf(path);
		const direct = graph.addons.get(path);
		const whole = owner === undefined ? undefined : graph.packages.get(owner);
		const sole = all.filter((other) => packageOf(other) === owner && isBuild(other)).length === 1 && isBuild(path);
		const certainty = direct ?? (whole === undefined ? 'possible' : sole ? whole : 'possible');
		if (built === undefined || facts === undefined || (built.kind === 'napi' && undefinedSymbols(facts).length === 0)) return [];
		const because = [{ path, shows: built.kind === 'exact' ? built.because : 'a Node-API addon' }];
		return [{ kind, what: addonText(path, built), certainty, because, data: { ask: 'addon', path, built, names } }];
	});
}

/** Where node-gyp puts what it built on the spot. */
const isBuild = (path: string): boolean => /\/build\/(Release|Debug)\/[^/]+\.node$/.test(path) || !/prebuil|binding/.test(path);

function addonText(path: string, built: AddonInterface): string {
	const name = path.slice(path.lastIndexOf('/') + 1);
	if (built.kind === 'napi') return `Node-API for the addon ${name}`;
	return built.moduleVersion === undefined
		? `the V8 interface that the addon ${name} was built for`
		: `NODE_MODULE_VERSION ${built.moduleVersion} for the addon ${name}`;
}

/** `@scope/name/part` and `name/part` belong to `@scope/name` and `name`. */
function packageName(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}

/** Modules of the application's own code that are not where it looks for them. */
function modules(application: Application, { javascript }: Source): readonly NodeNeed[] {
	if (javascript.entries.some((entry) => entry.loader)) return [];
	return javascript.graph.unresolved
		.filter((wanted) => !wanted.dependency && !/\.(css|scss|svg|png|html|txt|wasm)$/.test(wanted.specifier))
		.slice(0, maxListed)
		.flatMap((wanted) => moduleNeed(application, wanted) ?? []);
}

/** Undefined when the lock file says that the install brings it: then it is there whatever the base is. */
function moduleNeed(application: Application, { specifier, from, line, lazy, certainty }: UnresolvedImport): NodeNeed | undefined {
	const place = specifier.startsWith('.') ? from : `${from.slice(0, from.lastIndexOf('/'))}/node_modules/${specifier}`;
	const unseen =
		unseenAt(application.unseen, place) ??
		(specifier.startsWith('.') ? undefined : application.unseen.find(({ where }) => where.endsWith('/node_modules')));
	if (unseen?.brings?.includes(packageName(specifier)) === true) return undefined;
	const relative = /^\.{1,2}\//.test(specifier);
	return {
		kind,
		what: `the module ${specifier}`,
		// TypeScript and bundlers have ways of their own to find what a plain name means
		certainty: atMost(certainty, relative && !lazy && /\.[cm]?js$/.test(from) ? 'required' : 'likely'),
		because: [{ path: from, line, shows: specifier }],
		data: { ask: 'module', specifier, from, ...(unseen === undefined ? {} : { unseen: unseen.message }) },
	};
}
