import type { Check, Need, Standing } from '../../../model/need.ts';
import { complaints, mappedFiles } from '../evidence.ts';
import { machineOf } from '../machine.ts';
import type { LinkingNeed } from '../need.ts';
import type { Defect, Mapping, Process } from '../process.ts';
import { rebuildsCache, runningPrograms } from '../programs.ts';
import { remedyOf } from '../remedy.ts';
import { settle } from '../settle.ts';
import { startProcess } from '../start-process.ts';
import { hostOf } from './host.ts';

type FilesNeed = Need<LinkingNeed & { readonly of: 'files' }>;

/** Files of a group that are tried; the rest is taken to be like them. */
const maxTried = 200;

/** Every file of the group is loaded as its role says; all must load, and none of them loading is a failure. */
export async function checkFiles(need: FilesNeed, standing: Standing): Promise<Check> {
	const { application, group } = need.data;
	const paths = group.paths.slice(0, maxTried);
	const running = await runningPrograms(application, standing, 'start');
	const host = hostOf(
		group.role,
		running.map(({ process }) => process),
	);
	if (group.role !== 'program' && (host === undefined || host.libc === 'none'))
		return { need, answer: 'unknown', because: [], hint: 'the program that would load it is not known' };
	const tried: { readonly path: string; readonly mapping: Mapping }[] = [];
	for (const path of paths) {
		const mapping = group.role === 'program' ? await started(need, standing, path) : host?.open(path, { lazy: group.role !== 'python' });
		if (mapping !== undefined) tried.push({ path, mapping });
	}
	return judge(need, standing, tried, host);
}

function started(need: FilesNeed, standing: Standing, path: string): Promise<Process | undefined> {
	const { application } = need.data;
	const start = { path, name: path, env: standing.config.env, machine: machineOf(standing.base), cacheRebuilt: rebuildsCache(application) };
	return startProcess(standing.combined, start);
}

function judge(
	need: FilesNeed,
	standing: Standing,
	tried: readonly { readonly path: string; readonly mapping: Mapping }[],
	host: Process | undefined,
): Check {
	const failing = tried.filter(({ mapping }) => mapping.defects.some(({ when }) => when === 'load'));
	const first = failing[0]?.mapping.defects.find(({ when }) => when === 'load');
	if (first === undefined) {
		const doubt = tried.flatMap(({ mapping }) => [...mapping.doubts, ...mapping.defects.map(atCall)])[0];
		const files = tried.slice(0, 3).flatMap(({ mapping }) => mappedFiles(without(mapping, host)));
		const because = [...tried.slice(0, 12).map(({ path }) => ({ path, shows: 'can be loaded' })), ...files];
		if (doubt !== undefined || tried.length === 0)
			return { need, answer: 'unknown', because, hint: doubt ?? 'no file of it could be read' };
		return { need, answer: 'holds', because };
	}
	const because = complaints(failing.flatMap(({ mapping }) => mapping.defects.slice(0, 1)));
	const check: Check = { need, answer: 'fails', because, message: first.message, hint: remedyOf(first, standing.base) };
	if (failing.length < tried.length)
		return {
			...check,
			answer: 'unknown',
			hint: `${failing.length} of ${tried.length} files cannot be loaded; whether they are used is not known`,
		};
	return settle(check, first, need);
}

function atCall({ message }: Defect): string {
	return `it can be loaded, but not every function is there: ${message}`;
}

function without(mapping: Mapping, host: Process | undefined): Mapping {
	const before = new Set(host?.objects);
	return { ...mapping, objects: mapping.objects.filter((object) => !before.has(object)) };
}
