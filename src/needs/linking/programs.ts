import type { Application, Standing } from '../../model/need.ts';
import type { Course } from '../launch/course.ts';
import { traceHealth, traceStart } from '../launch/trace.ts';
import { machineOf } from './machine.ts';
import type { Process, Start } from './process.ts';
import { startProcess } from './start-process.ts';

/** An ELF program that the launch starts, and what its loader does. */
export interface RunningProgram {
	readonly path: string;
	readonly process: Process;
	/** How it was started, to do it again on another file tree. */
	readonly start: Start;
	/** It is started whichever way the launch goes. */
	readonly certain: boolean;
}

const known = new WeakMap<Standing, Map<string, Promise<readonly RunningProgram[]>>>();

/** The programs of the launch chain (or of the health check) on a base, in the order they are started; read once per base. */
export function runningPrograms(application: Application, standing: Standing, of: 'start' | 'health'): Promise<readonly RunningProgram[]> {
	const kept = known.get(standing) ?? new Map<string, Promise<readonly RunningProgram[]>>();
	known.set(standing, kept);
	const before = kept.get(of);
	if (before !== undefined) return before;
	const reading = read(application, standing, of);
	kept.set(of, reading);
	return reading;
}

async function read(application: Application, standing: Standing, of: 'start' | 'health'): Promise<readonly RunningProgram[]> {
	const courses = of === 'start' ? await traceStart(application, standing) : await traceHealth(application, standing);
	const found: RunningProgram[] = [];
	for (const [path, { name, env, times }] of startedIn(courses)) {
		const start = { path, name, env, machine: machineOf(standing.base), cacheRebuilt: rebuildsCache(application) };
		const process = await startProcess(standing.combined, start);
		if (process !== undefined) found.push({ path, process, start, certain: times === courses.length });
	}
	return found;
}

interface Beginning {
	readonly name: string;
	readonly env: Course['started'][number]['env'];
	times: number;
}

function startedIn(courses: readonly Course[]): ReadonlyMap<string, Beginning> {
	const starts = new Map<string, Beginning>();
	for (const course of courses)
		for (const [path, started] of new Map(course.started.map((item) => [item.path, item]))) {
			const before = starts.get(path);
			if (before !== undefined) before.times += 1;
			else starts.set(path, { name: calledBy(path, started.argv[0]), env: started.env, times: 1 });
		}
	return starts;
}

/** The word that a program was called by, when that is one for its path: what a loader prints as its name. */
function calledBy(path: string, word: string | undefined): string {
	return word !== undefined && (path === word || path.endsWith(`/${word}`)) ? word : path;
}

/** ldconfig, or a package manager that runs it, after the application's files were put in. */
export function rebuildsCache(application: Application): boolean {
	return application.launch.runs.some(({ value }) =>
		/\b(ldconfig|(apt-get|apt|dnf|microdnf|yum)\b[^;&|\n]{0,200}\binstall|dpkg\s+(-i|--install))\b/.test(value.text),
	);
}
