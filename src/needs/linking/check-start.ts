import type { Check, Need, Standing } from '../../model/need.ts';
import { copyLibraries } from './copy-libraries.ts';
import { complaints, mappedFiles } from './evidence.ts';
import type { LinkingNeed } from './need.ts';
import type { Defect, Process } from './process.ts';
import { type RunningProgram, runningPrograms } from './programs.ts';
import { remedyOf } from './remedy.ts';
import { settle } from './settle.ts';
import { startProcess } from './start-process.ts';

/** Every ELF program that is started; the first that fails decides. */
export async function checkStart(need: Need<LinkingNeed & { readonly of: 'start' | 'health' }>, standing: Standing): Promise<Check> {
	const { application, of } = need.data;
	const programs = await runningPrograms(application, standing, of);
	if (programs.length === 0) return { need, answer: 'unknown', because: [], hint: 'no program was found that is started here' };
	const broken = programs.filter(({ process }) => process.defects.length > 0);
	const failing = broken.find(({ certain }) => certain) ?? broken[0];
	if (failing !== undefined) return failed(need, standing, failing);
	const because = programs.flatMap(({ process }) => mappedFiles(process));
	const doubt = programs.flatMap(({ process }) => process.doubts)[0];
	if (doubt !== undefined) return { need, answer: 'unknown', because, hint: doubt };
	return { need, answer: 'holds', because: because.length > 0 ? because : [staticEvidence(programs[0]?.process)] };
}

function staticEvidence(process: Process | undefined): { readonly path: string; readonly shows: string } {
	return { path: process?.objects[0]?.entry.path ?? '/', shows: 'statically linked: it needs no loader and no library' };
}

async function failed(need: Need<LinkingNeed>, standing: Standing, { process, certain, path, start }: RunningProgram): Promise<Check> {
	const defect = process.defects[0] as Defect;
	const because = complaints(process.defects);
	if (!certain)
		return { need, answer: 'unknown', because, hint: `${path} cannot be loaded; whether it is started depends on what is not known` };
	if (defect.when === 'call')
		return { need, answer: 'unknown', because, hint: `it starts, but ends when ${defect.missing} is called: ${defect.message}` };
	const again = async (rootfs: Standing['combined']): Promise<Process> => (await startProcess(rootfs, start)) ?? process;
	const changes = await copyLibraries(need.data.application, standing, process, process, again);
	const hint = remedyOf(defect, standing.base);
	const check: Check = { need, answer: 'fails', because, message: defect.message, hint, ...(changes.length > 0 ? { changes } : {}) };
	return settle(check, defect, need);
}
