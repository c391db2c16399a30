import type { Application } from '../../model/need.ts';
import { atMost, type Fact } from './fact.ts';
import { type Entry, entriesOf } from './javascript/entries.ts';
import { type ModuleGraph, moduleGraph } from './javascript/module-graph.ts';
import { insideShell } from './shell-facts.ts';
import { type SourceFiles, sourceFiles } from './source-files.ts';
import { type StartCommand, startCommands } from './start-commands.ts';

/** The application's source as far as its start commands lead into it. */
export interface Source {
	readonly files: SourceFiles;
	readonly commands: readonly StartCommand[];
	readonly javascript: { readonly entries: readonly Entry[]; readonly graph: ModuleGraph };
	/** What the source does, the surest first. */
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
	const graph = await moduleGraph(space, entries);
	const facts = javascriptFacts(graph);
	return { files, commands, javascript: { entries, graph }, facts: [...facts, ...facts.flatMap(insideShell)] };
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
