import { stateFields } from './containers.ts';
import type { Workspace } from './engine.ts';

export interface Health {
	readonly answer: 'holds' | 'fails' | 'unknown';
	readonly because: string;
	readonly output: string;
}

const pause = 300;
/** It is up by now and answers: what failed while it was still starting is no verdict, so that many more have to fail. */
const further = 2;
/** A check that is run by us may fail so often in a row, as Docker's default has it. */
const retries = 3;

/** The image's own health check, run by the engine or, where it does not, by us. */
export async function watchHealth(workspace: Workspace, id: string, waitMs: number): Promise<Health> {
	const { checkHealth } = workspace.engine;
	return checkHealth === undefined ? watched(workspace, id, waitMs) : checked(workspace, checkHealth(id));
}

async function watched(workspace: Workspace, id: string, waitMs: number): Promise<Health> {
	const deadline = workspace.clock() + Math.max(waitMs, 10_000);
	let before: number | undefined;
	for (;;) {
		const { stdout } = await workspace.run(['container', 'inspect', '--format', '{{json .State}}', '--', id]);
		const state = stateFields(stdout);
		const output = state?.healthOutput ?? '';
		if (state?.health === 'healthy') return { answer: 'holds', because: 'its health check says healthy', output };
		const failures = state?.healthFailures ?? 0;
		before = before === undefined || failures < before ? failures : before;
		if (state?.health === 'unhealthy' && (failures >= before + further || workspace.clock() > deadline))
			return { answer: 'fails', because: 'its health check says unhealthy', output };
		if (workspace.clock() > deadline) return { answer: 'unknown', because: 'its health check has not said anything in time', output };
		await workspace.sleep(pause);
	}
}

async function checked(workspace: Workspace, command: readonly string[]): Promise<Health> {
	let output = '';
	for (let turn = 0; turn < retries; turn++) {
		const result = await workspace.run(command);
		if (result.exitCode === 0) return { answer: 'holds', because: 'its health check says healthy', output: '' };
		output = `${result.stdout}${result.stderr}`.slice(0, 2000);
		await workspace.sleep(1000);
	}
	return { answer: 'fails', because: 'its health check says unhealthy', output };
}
