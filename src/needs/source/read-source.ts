import type { Application } from '../../model/need.ts';
import { absolutePath } from '../application/stage-tree.ts';
import { atMost, type Fact } from './fact.ts';
import { goFacts } from './go/programs.ts';
import { type JavaStart, javaStarts } from './java/starts.ts';
import { type Entry, entriesOf } from './javascript/entries.ts';
import { type ModuleGraph, moduleGraph } from './javascript/module-graph.ts';
import { moduleReader } from './javascript/module-reader.ts';
import { nativeFacts } from './native/programs.ts';
import { type PythonStart, pythonStarts, siteDirectories } from './python/entries.ts';
import { type PythonGraph, pythonGraph } from './python/module-graph.ts';
import { programsOfModules } from './python/python-calls.ts';
import { insideShell } from './shell-facts.ts';
import { type SourceFiles, sourceFiles } from './source-files.ts';
import { type StartCommand, startCommands } from './start-commands.ts';

/** The application's source as far as its start commands lead into it. */
export interface Source {
	readonly files: SourceFiles;
	readonly commands: readonly StartCommand[];
	readonly javascript: { readonly entries: readonly Entry[]; readonly graph: ModuleGraph };
	readonly python: { readonly starts: readonly PythonStart[]; readonly graph: PythonGraph };
	readonly java: readonly JavaStart[];
	/** What the source does. */
	readonly facts: readonly Fact[];
}

const known = new WeakMap<Application, Promise<Source>>();

/** Reads the source once per application; every kind of need that asks gets the same answer. */
export function readSource(application: Application): Promise<Source> {
	const before = known.get(application);
	if (before !== undefined) return before;
	const reading = read(application);
	known.set(application, reading);
	return reading;
}

async function read(application: Application): Promise<Source> {
	const files = sourceFiles(application);
	const commands = await startCommands(application, files);
	const space = { files: application.files, source: files };
	const entries = await entriesOf(space, commands);
	const graph = await moduleGraph(space, entries, moduleReader(application));
	const starts = pythonStarts(application, commands);
	const python = await pythonGraph(application.files, files, starts, searchPath(application, starts));
	const java = await javaStarts(application, commands);
	const facts = [
		...javaFacts(java),
		...javascriptFacts(graph),
		...pythonFacts(python),
		...(await goFacts(application, commands)),
		...(await nativeFacts(application, commands)),
	];
	return {
		files,
		commands,
		javascript: { entries, graph },
		python: { starts, graph: python },
		java,
		facts: [...facts, ...facts.flatMap(insideShell)],
	};
}

/** Whether the class comes to start it, and what becomes of the failure, is not followed. */
function javaFacts(java: readonly JavaStart[]): readonly Fact[] {
	return java.flatMap(({ facts, certainty }) =>
		[...(facts?.programs ?? [])].map(([program, by]): Fact => {
			const because = { path: by.jar, shows: `${by.name} starts ${program}` };
			return {
				action: { kind: 'program', program, arguments: [] },
				language: 'java',
				because,
				dependency: false,
				certainty: atMost(certainty, 'likely'),
			};
		}),
	);
}

/** sys.path as far as the application fills it: where the programs lie, PYTHONPATH, installed packages. */
function searchPath({ launch, files }: Application, starts: readonly PythonStart[]): readonly string[] {
	if (starts.length === 0) return [];
	const directory = launch.workingDir?.value ?? '/';
	const variable = launch.env.find(({ value }) => value.name === 'PYTHONPATH')?.value.value ?? '';
	const named = variable.split(':', 50).filter((part) => part !== '' && !part.includes('${'));
	return [
		...new Set([
			...starts.flatMap((start) => start.roots),
			...named.map((part) => absolutePath(part, directory)),
			...siteDirectories(files),
		]),
	];
}

function javascriptFacts(graph: ModuleGraph): readonly Fact[] {
	const written = new Set(graph.modules.flatMap((module) => module.facts.writes));
	return graph.modules.flatMap(({ path, certainty, dependency, facts }) =>
		facts.actions.flatMap(({ action, line, shows, certainty: own }): readonly Fact[] => {
			if (action.kind === 'file' && written.has(action.path)) return [];
			const because = { path, line, shows };
			return [{ action, language: 'javascript', because, dependency, certainty: dependency ? 'possible' : atMost(certainty, own) }];
		}),
	);
}

function pythonFacts(graph: PythonGraph): readonly Fact[] {
	const written = new Set(graph.modules.flatMap((module) => module.facts.writes));
	return graph.modules.flatMap(({ path, certainty, dependency, main, facts }) => [
		...facts.actions.flatMap(({ action, line, shows, certainty: own, asMain }): readonly Fact[] => {
			if (action.kind === 'file' && written.has(action.path)) return [];
			const sure = dependency || (asMain && !main) ? 'possible' : atMost(certainty, own);
			return [{ action, language: 'python', because: { path, line, shows }, dependency, certainty: sure }];
		}),
		...facts.imports.flatMap(({ module, level, line, certainty: own }): readonly Fact[] => {
			const program = level === 0 && !dependency ? programsOfModules.get(module) : undefined;
			if (program === undefined) return [];
			const action = { kind: 'program', program, arguments: [] } as const;
			return [
				{
					action,
					language: 'python',
					because: { path, line, shows: `import ${module}` },
					dependency,
					certainty: atMost(certainty, atMost(own, 'likely')),
				},
			];
		}),
	]);
}
