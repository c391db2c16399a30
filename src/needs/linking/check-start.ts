import type { Check, Need, Standing } from '../../model/need.ts';
import type { Problem } from '../../model/problem.ts';
import { complaints, mappedFiles } from './evidence.ts';
import { machineOf } from './machine.ts';
import type { LinkingNeed } from './need.ts';
import type { Defect, Process } from './process.ts';
import { remedyOf } from './remedy.ts';
import { startProcess } from './start-process.ts';
import { startedPrograms } from './started.ts';

/** Every ELF program of the launch chain, from the first that fails. */
export async function checkStart(need: Need<LinkingNeed>, standing: Standing): Promise<Check> {
	const { config, combined } = standing;
	const programs = await startedPrograms(combined, config, [...config.entrypoint, ...config.command]);
	if (programs.length === 0) return { need, answer: 'unknown', because: [], hint: 'which program is started is not known' };
	const processes: Process[] = [];
	for (const program of programs) {
		const process = await startProcess(combined, {
			...program,
			env: config.env,
			machine: machineOf(standing.base),
			cacheRebuilt: need.data.cacheRebuilt,
		});
		if (process === undefined) continue;
		processes.push(process);
		const defect = process.defects[0];
		if (defect !== undefined) return failing(need, standing, process, defect);
	}
	const doubt = processes.flatMap((process) => process.doubts)[0];
	const because = processes.flatMap((process) => mappedFiles(process));
	if (doubt !== undefined) return { need, answer: 'unknown', because, hint: doubt };
	return { need, answer: 'holds', because: because.length > 0 ? because : [staticEvidence(processes)] };
}

function staticEvidence(processes: readonly Process[]): { readonly path: string; readonly shows: string } {
	return { path: processes[0]?.objects[0]?.entry.path ?? '/', shows: 'statically linked: it needs no loader and no library' };
}

function failing(need: Need<LinkingNeed>, standing: Standing, process: Process, defect: Defect): Check {
	const hidden = mayBeHidden(defect, need.data.unseen);
	const because = complaints(process.defects);
	if (hidden !== undefined)
		return {
			need,
			answer: 'unknown',
			because: [...because, { path: hidden.where, shows: hidden.message }],
			hint: `not among the files that could be seen: ${hidden.message}`,
		};
	return { need, answer: 'fails', because, message: defect.message, hint: remedyOf(defect, standing.base) };
}

/** A library may be put in by what could not be seen; nothing makes a wrong processor right. */
function mayBeHidden(defect: Defect, unseen: readonly Problem[]): Problem | undefined {
	if (defect.kind === 'bad-format' || defect.kind === 'no-loader') return undefined;
	return unseen.find(
		({ where, code }) => code !== 'plain-node-modules' && code !== 'unseen-user' && /^\/(usr|lib\w*|opt|)(\/|$)/.test(where),
	);
}
