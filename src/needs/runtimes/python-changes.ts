import type { Certainty } from '../../model/verdict.ts';
import { atMost } from '../source/fact.ts';
import { addedNames, removedNames } from '../source/python/later-names.ts';
import type { Source } from '../source/read-source.ts';

/** A part of Python or of its standard library that the application's own code uses and that not every version has. */
export interface PythonChange {
	readonly name: string;
	readonly path: string;
	readonly line: number;
	readonly certainty: Certainty;
	/** First minor version with it, or without it. */
	readonly minor: number;
	readonly gone: boolean;
	/** What the interpreter says in a version without it. */
	readonly message: string;
}

/** Uses in the application's own code, each name once; of the language the latest part of each module. */
export function changedPython({ python }: Source): readonly PythonChange[] {
	const found = new Map<string, PythonChange>();
	const add = (change: PythonChange): void => {
		const known = found.get(change.name);
		if (known === undefined || (known.certainty !== 'required' && change.certainty === 'required')) found.set(change.name, change);
	};
	for (const { path, certainty, main, dependency, facts } of python.graph.modules) {
		if (dependency) continue;
		// a module that is imported at all is compiled as a whole
		if (facts.syntax !== undefined) add({ ...facts.syntax, path, certainty, gone: false, message: 'SyntaxError: invalid syntax' });
		for (const use of facts.changed) {
			const [added, removed] = [addedNames.get(use.name), removedNames.get(use.name)];
			const minor = added ?? removed;
			if (minor === undefined) continue;
			const own = use.asMain && !main ? 'possible' : use.certainty;
			add({
				name: use.name,
				path,
				line: use.line,
				certainty: atMost(certainty, own),
				minor,
				gone: added === undefined,
				message: messageOf(use.name, use.imported),
			});
		}
	}
	return [...found.values()];
}

function messageOf(name: string, imported: boolean): string {
	const dot = name.lastIndexOf('.');
	const [module, member] = [name.slice(0, dot), name.slice(dot + 1)];
	return imported ? `cannot import name '${member}' from '${module}'` : `module '${module}' has no attribute '${member}'`;
}
