import type { Evidence } from '../../model/evidence.ts';
import type { Application } from '../../model/need.ts';
import type { Certainty } from '../../model/verdict.ts';
import { absolutePath } from '../application/stage-tree.ts';
import type { Creation } from '../launch/creation.ts';
import type { ModuleWrite } from './javascript/read-module.ts';
import { homeDirectory, moduleDirectory } from './javascript/values.ts';
import { readSource } from './read-source.ts';

export interface Write {
	readonly creation: Creation;
	readonly certainty: Certainty;
	readonly because: Evidence;
}

/** Files that the application's own source writes at a place that is known, each place once. */
export async function writesOf(application: Application): Promise<readonly Write[]> {
	const { javascript } = await readSource(application);
	const workingDir = application.launch.workingDir?.value ?? '/';
	const own = javascript.graph.modules.filter(({ dependency }) => !dependency);
	const made = own.flatMap(({ path, facts }) => facts.created.flatMap((write) => directoriesMade(write, path, workingDir)));
	const found = new Map<string, Write>();
	for (const { path, certainty: reached, facts } of own)
		for (const write of facts.created) {
			const place = placeOf(write, path, workingDir);
			const certainty = weaker(reached, write.certainty);
			const before = found.get(place);
			if (before !== undefined && weaker(before.certainty, certainty) === certainty) continue;
			const because = { path, line: write.line, shows: write.shows };
			found.set(place, { creation: { path: place, call: write.call, makes: made }, certainty, because });
		}
	return [...found.values()];
}

function placeOf(write: ModuleWrite, module: string, workingDir: string): string {
	// who the user is and where its home lies depends on the base
	if (write.path.startsWith(homeDirectory)) return `${homeDirectory}${absolutePath(write.path.slice(homeDirectory.length), '/')}`;
	const inModule = write.path.startsWith(moduleDirectory);
	const text = inModule ? `./${write.path.slice(moduleDirectory.length)}` : write.path;
	return absolutePath(text, inModule ? module.slice(0, module.lastIndexOf('/')) || '/' : workingDir);
}

function directoriesMade(write: ModuleWrite, module: string, workingDir: string): readonly string[] {
	if (write.call !== 'mkdir' && !write.recursive) return [];
	const path = placeOf(write, module, workingDir);
	const parts = path.split('/').slice(1);
	const above = write.recursive ? parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`) : [path];
	return write.call === 'open' ? above.slice(0, -1) : above;
}

const order: readonly Certainty[] = ['possible', 'likely', 'required'];
const weaker = (a: Certainty, b: Certainty): Certainty => (order.indexOf(a) < order.indexOf(b) ? a : b);
