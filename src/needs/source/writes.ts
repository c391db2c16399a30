import type { Evidence } from '../../model/evidence.ts';
import type { Application } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { absolutePath } from '../application/stage-tree.ts';
import type { Creation } from '../launch/creation.ts';
import { atMost, type Language } from './fact.ts';
import type { ModuleWrite } from './javascript/read-module.ts';
import { homeDirectory, moduleDirectory } from './javascript/values.ts';
import { readSource, type Source } from './read-source.ts';

export interface Write {
	readonly creation: Creation;
	readonly language: Language;
	readonly certainty: Certainty;
	readonly because: Evidence;
}

/** A file or directory that is made, with the directories that come into being with it. */
interface Made {
	readonly path: string;
	readonly call: Creation['call'];
	readonly above: boolean;
	readonly language: Language;
	readonly certainty: Certainty;
	readonly because: Evidence;
}

/** Files that the application's own source writes at a place that is known, each place once with its surest line. */
export async function writesOf(application: Application): Promise<readonly Write[]> {
	const source = await readSource(application);
	const workingDir = application.launch.workingDir?.value ?? '/';
	const made = [...javascriptWrites(source, workingDir), ...otherWrites(source, workingDir)];
	const directories = made.flatMap(directoriesMade);
	const found = new Map<string, Write>();
	for (const { path, call, language, certainty, because } of made) {
		const before = found.get(path);
		if (before !== undefined && atMost(before.certainty, certainty) === certainty) continue;
		found.set(path, { creation: { path, call, makes: directories }, language, certainty, because });
	}
	return [...found.values()];
}

function javascriptWrites({ javascript }: Source, workingDir: string): readonly Made[] {
	const own = javascript.graph.modules.filter(({ dependency }) => !dependency);
	return own.flatMap(({ path: module, certainty: reached, facts }) =>
		facts.created.map((write) => ({
			path: placeOf(write, module, workingDir),
			call: write.call,
			above: write.recursive,
			language: 'javascript' as const,
			certainty: atMost(reached, write.certainty),
			because: { path: module, line: write.line, shows: write.shows },
		})),
	);
}

function otherWrites({ facts }: Source, workingDir: string): readonly Made[] {
	return facts.flatMap(({ action, dependency, language, certainty, because }) =>
		action.kind === 'make' && !dependency
			? [{ path: absolutePath(action.path, workingDir), call: action.call, above: action.above, language, certainty, because }]
			: [],
	);
}

function placeOf(write: ModuleWrite, module: string, workingDir: string): string {
	// who the user is and where its home lies depends on the base
	if (write.path.startsWith(homeDirectory)) return `${homeDirectory}${absolutePath(write.path.slice(homeDirectory.length), '/')}`;
	const inModule = write.path.startsWith(moduleDirectory);
	const text = inModule ? `./${write.path.slice(moduleDirectory.length)}` : write.path;
	return absolutePath(text, inModule ? module.slice(0, module.lastIndexOf('/')) || '/' : workingDir);
}

function directoriesMade({ path, call, above }: Made): readonly string[] {
	if (call !== 'mkdir' && !above) return [];
	const parts = path.split('/').slice(1);
	const all = above ? parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`) : [path];
	return call === 'open' ? all.slice(0, -1) : all;
}
