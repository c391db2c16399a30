import type { Evidence } from '../../model/evidence.ts';
import type { Application, Need } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { unseenAt } from '../application/unseen.ts';
import type { OutsideImport } from '../source/python/module-graph.ts';
import type { Source } from '../source/read-source.ts';
import { changedPython } from './python-changes.ts';

/** An extension module and the modules that are imported from it. */
export interface Extension {
	readonly path: string;
	readonly module: string;
	/** `cpython-311-x86_64-linux-gnu`, `abi3`; empty when the name has none. */
	readonly tag: string;
}

/** What a need of kind `python` asks of the interpreter. */
export type PythonData =
	| { readonly ask: 'runtime'; readonly names: readonly string[] }
	| { readonly ask: 'at-least' | 'below'; readonly minor: number; readonly names: readonly string[]; readonly message?: string }
	| { readonly ask: 'modules'; readonly modules: readonly OutsideImport[]; readonly names: readonly string[]; readonly unseen?: string }
	| { readonly ask: 'extensions'; readonly extensions: readonly Extension[]; readonly names: readonly string[] }
	| { readonly ask: 'site'; readonly directory: string; readonly module: string; readonly names: readonly string[] };

type PythonNeed = Need<PythonData>;

const kind = 'python';

/** What the application asks of its interpreter of Python; nothing when it is not started with one. */
export function findPythonNeeds(application: Application, source: Source): readonly PythonNeed[] {
	const { starts } = source.python;
	const because = starts.length > 0 ? starts.slice(0, 5).map(startEvidence) : namedInterpreter(source);
	if (because.length === 0) return [];
	const names = [...new Set([...starts.flatMap((start) => start.interpreter ?? []), 'python3', 'python'])];
	return [
		{ kind, what: 'an interpreter of Python 3', certainty: 'required', because, data: { ask: 'runtime', names } },
		...wished(application, names),
		...changedPython(source).map(
			({ name, path, line, certainty, minor, gone, message }): PythonNeed => ({
				kind,
				what: `Python ${gone ? 'below ' : ''}3.${minor}${gone ? '' : ' or newer'}, for ${name}`,
				certainty,
				because: [{ path, line, shows: name }],
				data: { ask: gone ? 'below' : 'at-least', minor, names, message },
			}),
		),
		...outside(application, source, names),
		...extensions(source, names),
		...sites(source, names),
	];
}

function startEvidence({ because, path }: Source['python']['starts'][number]): Evidence {
	return { ...because, shows: `${because.shows} → ${path}` };
}

function namedInterpreter({ commands }: Source): readonly Evidence[] {
	const found = commands.find(
		(command) => command.certainty === 'required' && command.words.some((word, i) => i < 4 && /(^|\/)python(3(\.\d+)?)?$/.test(word.text)),
	);
	return found === undefined ? [] : [found.because];
}

/** The minor version that it stands on today. */
function wished({ currentBase }: Application, names: readonly string[]): readonly PythonNeed[] {
	const minor = /(?:^|\/)python:3\.(\d{1,2})\b/.exec(currentBase?.reference ?? '')?.[1];
	if (minor === undefined || currentBase === undefined) return [];
	const what = `Python 3.${minor} or newer, as in ${currentBase.reference}`;
	return [{ kind, what, certainty: 'likely', because: [currentBase.because], data: { ask: 'at-least', minor: Number(minor), names } }];
}

/** Modules that the application does not bring, in one need for each certainty. */
function outside(application: Application, { python }: Source, names: readonly string[]): readonly PythonNeed[] {
	const unseen =
		application.unseen.find(({ where, code }) => where === '/' || /site-packages|dist-packages/.test(where) || code === 'unseen-python') ??
		unseenAt(application.unseen, '/usr/lib/python3/x');
	return (['required', 'likely', 'possible'] as const).flatMap((certainty): readonly PythonNeed[] => {
		const modules = python.graph.outside.filter((found) => sureness(found) === certainty).slice(0, 500);
		if (modules.length === 0) return [];
		const list = modules.slice(0, 6).map((found) => found.module);
		const what = `the modules ${list.join(', ')}${modules.length > list.length ? ` and ${modules.length - list.length} more` : ''}`;
		const because = modules.slice(0, 10).map(importEvidence);
		return [
			{
				kind,
				what,
				certainty,
				because,
				data: { ask: 'modules', modules, names, ...(unseen === undefined ? {} : { unseen: unseen.message }) },
			},
		];
	});
}

/** Packages test at run time for much that they can do without, and not always with `try`. */
function sureness({ certainty, dependency }: OutsideImport): Certainty {
	return dependency ? 'possible' : certainty;
}

export function importEvidence({ module, path, line }: OutsideImport): Evidence {
	return { path, line, shows: `import ${module}` };
}

export function extensionTag(path: string): string {
	const name = path.slice(path.lastIndexOf('/') + 1);
	return /^[^.]+\.(.+)\.(so|pyd)$/.exec(name)?.[1] ?? '';
}

/** Extension modules by certainty; of one module all files that could be meant. */
function extensions({ python }: Source, names: readonly string[]): readonly PythonNeed[] {
	return (['required', 'likely', 'possible'] as const).flatMap((certainty): readonly PythonNeed[] => {
		const found = [...python.graph.extensions].filter(([, extension]) => extension.certainty === certainty).slice(0, 500);
		if (found.length === 0) return [];
		const list = found.map(([path, { module }]): Extension => ({ path, module, tag: extensionTag(path) }));
		const tags = [...new Set(list.map(({ tag }) => tag || 'without a tag'))].slice(0, 4);
		const because = list.slice(0, 5).map(({ path, module }) => ({ path, shows: `import ${module}` }));
		return [
			{
				kind,
				what: `an interpreter for extension modules (${tags.join(', ')})`,
				certainty,
				because,
				data: { ask: 'extensions', extensions: list, names },
			},
		];
	});
}

/** Directories of packages, which an interpreter of another version or place does not look in. */
function sites({ python }: Source, names: readonly string[]): readonly PythonNeed[] {
	return [...python.graph.sites].slice(0, 20).map(([directory, { certainty, module }]) => ({
		kind,
		what: `an interpreter that imports from ${directory}`,
		certainty,
		because: [{ path: directory, shows: `import ${module}` }],
		data: { ask: 'site', directory, module, names },
	}));
}
