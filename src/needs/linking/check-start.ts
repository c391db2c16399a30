import type { Check, Need, Standing } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import { complaints, mappedFiles } from './evidence.ts';
import type { LinkingNeed } from './need.ts';
import type { Defect, Process } from './process.ts';
import { type RunningProgram, runningPrograms } from './programs.ts';
import { remedyOf } from './remedy.ts';

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

function failed(need: Need<LinkingNeed>, standing: Standing, { process, certain, path }: RunningProgram): Check {
	const defect = process.defects[0] as Defect;
	const because = complaints(process.defects);
	if (!certain)
		return { need, answer: 'unknown', because, hint: `${path} cannot be loaded; whether it is started depends on what is not known` };
	return settle({ need, answer: 'fails', because, message: defect.message, hint: remedyOf(defect, standing.base) }, defect, need);
}

/** A failure is unknown where the missing library may be put in by what could not be seen. */
export function settle(check: Check, defect: Defect, need: Need<LinkingNeed>): Check {
	const hidden = mayBeHidden(defect, need.data.application.unseen);
	if (hidden === undefined) return check;
	const because = [...check.because, { path: hidden.where, shows: hidden.message }];
	return {
		need,
		answer: 'unknown',
		because,
		hint: `${defect.missing} is not here and may be put there by what could not be seen: ${hidden.message}`,
	};
}

/** Nothing that is put in makes a wrong processor right. */
function mayBeHidden(defect: Defect, unseen: readonly Problem[]): Problem | undefined {
	if (defect.kind === 'bad-format') return undefined;
	return unseen.find(
		({ where, code }) => code !== 'plain-node-modules' && code !== 'unseen-user' && /^\/($|(usr|lib\w*|opt)(\/|$))/.test(where),
	);
}
