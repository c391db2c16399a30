import { defines } from '../../formats/elf-lookup.ts';
import type { Check, Need, Standing } from '../../model/need.ts';
import type { ElfFacts } from '../../model/rootfs.ts';
import type { NeedKind } from '../need-kind.ts';
import { type Extension, findPythonNeeds, importEvidence, type PythonData } from '../runtimes/python-needs.ts';
import { type PythonPath, type PythonRuntime, pythonPath, pythonRuntime } from '../runtimes/python-runtime.ts';
import { missingStandard } from '../runtimes/python-standard.ts';
import { findModule } from '../source/python/resolve-module.ts';
import { readSource } from '../source/read-source.ts';

type Answer = Omit<Check, 'need'>;

interface Place {
	readonly standing: Standing;
	readonly runtime: PythonRuntime;
	readonly path: PythonPath;
}

/** The interpreter of Python: that it is there, the modules it brings, and the extension modules it can load. */
export const python: NeedKind<PythonData> = {
	kind: 'python',
	ofEveryStart: true,
	async find(application) {
		return findPythonNeeds(application, await readSource(application));
	},
	async check(need, standing) {
		return { need, ...(await answerTo(need, standing)) };
	},
};

async function answerTo({ data }: Need<PythonData>, standing: Standing): Promise<Answer> {
	const runtime = pythonRuntime(standing, data.names);
	if (runtime === undefined)
		return {
			answer: data.ask === 'runtime' ? 'fails' : 'unknown',
			because: [{ path: standing.reference, shows: 'no Python where the start command or PATH would find it' }],
			hint: 'use a base with Python 3',
			...(data.ask === 'runtime' ? { onlyElsewhere: true } : {}),
		};
	if (data.ask === 'runtime') return { answer: 'holds', because: [runtime.because] };
	if (runtime.minor === undefined || runtime.library === undefined)
		return {
			answer: 'unknown',
			because: [runtime.because],
			hint: `run "${runtime.path} -c 'import sys; print(sys.version, sys.path)'" on the base to settle it`,
		};
	if ('minor' in data) return versionAnswer(data, runtime.minor, runtime);
	const site = await standing.combined.read(`${runtime.library}/site.py`).catch(() => undefined);
	const variable = standing.config.env.findLast(({ name }) => name === 'PYTHONPATH')?.value;
	const place = { standing, runtime, path: pythonPath(standing.combined, runtime, site && new TextDecoder().decode(site), variable) };
	if (data.ask === 'modules') return modulesAnswer(data, place);
	return data.ask === 'extensions' ? extensionsAnswer(data.extensions, place) : siteAnswer(data, place);
}

function versionAnswer(
	{ ask, minor, message }: Extract<PythonData, { readonly minor: number }>,
	offered: number,
	{ because }: PythonRuntime,
): Answer {
	if (offered >= minor === (ask === 'at-least')) return { answer: 'holds', because: [because] };
	const said = message === undefined ? {} : { message };
	return { answer: 'fails', because: [because], ...said, hint: `this is Python 3.${offered}` };
}

function modulesAnswer({ modules, unseen }: Extract<PythonData, { ask: 'modules' }>, { standing, runtime, path }: Place): Answer {
	const missing = modules.flatMap((found) => {
		const name = missingModule(found.module, { standing, runtime, path });
		return name === undefined ? [] : [{ name, found }];
	});
	const [first] = missing;
	if (first === undefined)
		return { answer: 'holds', because: [{ path: runtime.library ?? runtime.real, shows: `Python 3.${runtime.minor} has all of them` }] };
	// an interpreter that exports nothing does not show what is compiled into it
	const tellable = interpreterParts(standing, runtime).some((facts) => defines(facts, 'Py_BytesMain'));
	const because = missing
		.slice(0, 10)
		.map(({ found, name }) => ({ ...importEvidence(found), shows: `import ${found.module}: ${name} is not there` }));
	if (unseen !== undefined) return { answer: 'unknown', because, hint: `${unseen}; it may bring ${first.name}` };
	if (!tellable && first.name.startsWith('_')) return { answer: 'unknown', because, hint: `import ${first.name} on the base to settle it` };
	return {
		answer: 'fails',
		because,
		message: `No module named '${first.name}'`,
		hint: first.name.startsWith('_')
			? `the standard library of this base is not whole: ${first.name} is left out`
			: `bring ${first.name} with the application`,
	};
}

/** The name that the import would miss: the module, or the extension module that it stands on. */
function missingModule(module: string, { standing, runtime, path }: Place): string | undefined {
	const { combined } = standing;
	const builtin = (name: string): boolean => hasBuiltin(standing, runtime, name);
	const present = (name: string): boolean => findModule(combined, [...path.standard, ...path.sites], name) !== undefined;
	return missingStandard(module, { minor: runtime.minor ?? 0, present, builtin });
}

/** Modules that are compiled into the interpreter show as `PyInit_NAME` when it exports its symbols. */
function hasBuiltin(standing: Standing, runtime: PythonRuntime, name: string): boolean {
	return interpreterParts(standing, runtime).some((facts) => defines(facts, `PyInit_${name}`));
}

/** The program and the library that holds the interpreter. */
function interpreterParts({ combined }: Standing, { real }: PythonRuntime): readonly ElfFacts[] {
	const facts = combined.elf(real);
	if (facts === undefined) return [];
	const triples = combined.list('/usr/lib').filter((name) => name.includes('-linux-'));
	const beside = real.replace(/\/[^/]*\/[^/]*$/, '/lib');
	const directories = [beside, '/usr/local/lib', '/usr/lib', '/usr/lib64', ...triples.map((name) => `/usr/lib/${name}`)];
	const libraries = facts.needed.filter((name) => name.startsWith('libpython'));
	return [facts, ...libraries.flatMap((name) => directories.flatMap((directory) => combined.elf(`${directory}/${name}`) ?? []))];
}

/** importlib.machinery.EXTENSION_SUFFIXES: its own tag, `abi3`, and no tag at all. */
function extensionsAnswer(extensions: readonly Extension[], { runtime }: Place): Answer {
	const { tag, minor } = runtime;
	const byModule = Map.groupBy(
		extensions,
		(extension) => extension.path.slice(0, extension.path.lastIndexOf('/') + 1) + (extension.path.split('/').at(-1) ?? '').split('.', 1)[0],
	);
	const wanted = tag ?? `cpython-3${minor}-`;
	const loads = ({ tag: own }: Extension): boolean =>
		own === '' || own === 'abi3' || (tag === undefined ? own.startsWith(wanted) : own === tag || own === shortTag(tag));
	const refused = [...byModule.values()].filter((candidates) => !candidates.some(loads));
	const [first] = refused.flat();
	if (first === undefined) {
		const bare = tag === undefined ? extensions.filter((extension) => extension.tag !== '' && extension.tag !== 'abi3') : [];
		return bare.length === 0
			? {
					answer: 'holds',
					because: [
						{
							...runtime.because,
							shows: `${runtime.because.shows} loads ${[...new Set(extensions.map((e) => e.tag || 'files without a tag'))].slice(0, 3).join(', ')}`,
						},
					],
				}
			: { answer: 'unknown', because: [runtime.because], hint: 'the base shows no tag of its own: import the module there to settle it' };
	}
	return {
		answer: 'fails',
		because: refused
			.flat()
			.slice(0, 5)
			.map((extension) => ({ path: extension.path, shows: `built for ${extension.tag}; the base loads ${wanted}` })),
		message: `No module named '${first.module}'`,
		hint: `install the packages for Python 3.${minor}${tag?.endsWith('-musl') ? ' on musl' : ''} again`,
	};
}

/** `cpython-311` of older builds. */
function shortTag(tag: string): string {
	return tag.split('-', 2).join('-');
}

function siteAnswer({ directory, module }: Extract<PythonData, { ask: 'site' }>, { standing, runtime, path }: Place): Answer {
	const real = (place: string): string => standing.combined.resolve(place)?.path ?? place;
	const own = path.sites.find((site) => real(site) === real(directory));
	if (own !== undefined) return { answer: 'holds', because: [{ path: directory, shows: `on the path of ${runtime.because.shows}` }] };
	return {
		answer: 'fails',
		because: [{ path: runtime.real, shows: `${runtime.because.shows} imports from ${path.sites.slice(0, 4).join(', ')}` }],
		message: `No module named '${module}'`,
		hint: `install the packages where this Python looks, or set PYTHONPATH=${directory} when it is the same minor version`,
	};
}
