import { defines } from '../../../formats/elf-lookup.ts';
import type { Application, Standing } from '../../../model/need.ts';
import { machineOf } from '../machine.ts';
import type { Process, Start } from '../process.ts';
import { rebuildsCache, runningPrograms } from '../programs.ts';
import { startProcess } from '../start-process.ts';

/** Where runtimes lie that a start which does not get so far would have reached. */
const places = [
	'/usr/local/bin/node',
	'/nodejs/bin/node',
	'/usr/bin/node',
	'/usr/local/bin/bun',
	'/usr/bin/bun',
	'/opt/bitnami/node/bin/node',
];

export interface Runtime {
	readonly process: Process;
	/** How it was started, to do it again on another file tree. */
	readonly start: Start;
}

/** The process that opens addons: the program of the launch chain that offers Node-API; else one that lies on the base. */
export async function runtimeOf(application: Application, standing: Standing): Promise<Runtime | undefined> {
	const running = await runningPrograms(application, standing, 'start');
	const started = running.find(({ process }) => offersAddons(process));
	if (started !== undefined) return started;
	for (const path of places) {
		const start = {
			path,
			name: path,
			env: standing.config.env,
			machine: machineOf(standing.base),
			cacheRebuilt: rebuildsCache(application),
		};
		const process = await startProcess(standing.combined, start);
		if (process !== undefined && offersAddons(process)) return { process, start };
	}
	return undefined;
}

/** Node-API is exported by the program itself, or by a library that it is linked with (libnode). */
function offersAddons(process: Process): boolean {
	return process.objects.some(({ elf }) => defines(elf, 'napi_create_function') || defines(elf, 'napi_module_register'));
}
