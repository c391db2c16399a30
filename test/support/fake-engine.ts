import type { Host, ProcessResult } from '../../src/model/host.ts';
import type { EngineKind, Workspace } from '../../src/verify/engine.ts';
import { docker } from '../../src/verify/engines/docker.ts';
import { hostWithDisk } from './disk.ts';

/** What an engine answers to one of its commands: output, or an exit code with a complaint. */
export type Answer = string | { readonly exitCode: number; readonly stderr?: string; readonly stdout?: string };
export type Script = (command: readonly string[]) => Answer;

export function result(answer: Answer): ProcessResult {
	if (typeof answer === 'string') return { exitCode: 0, stdout: answer, stderr: '' };
	return { exitCode: answer.exitCode, stdout: answer.stdout ?? '', stderr: answer.stderr ?? '' };
}

export interface FakeEngine {
	readonly workspace: Workspace;
	/** Commands in order, their words joined. */
	readonly asked: readonly string[];
}

/** An engine that says what a script has it say; its clock goes on by a second whenever somebody waits. */
export function fakeEngine(script: Script, options: { readonly engine?: EngineKind; readonly keepsStages?: boolean } = {}): FakeEngine {
	const asked: string[] = [];
	let now = 0;
	const workspace: Workspace = {
		engine: options.engine ?? docker,
		version: '0',
		keepsStages: options.keepsStages ?? false,
		label: 'io.footing.owner=test-1-1',
		clock: () => now,
		sleep: async () => {
			now += 1000;
		},
		run: async (args) => {
			asked.push(args.join(' '));
			return result(script(args));
		},
		file: async () => ({ path: '/tmp/file', append: () => {}, close: async () => {} }),
		read: async () => 'sha256:0123456789abcdef',
		willPull: async () => {},
		close: async () => {},
	};
	return { workspace, asked };
}

/** A host whose programs answer by a script; the first word is the program. */
export function hostWithPrograms(script: Script): { readonly host: Host; readonly asked: readonly string[] } {
	const asked: string[] = [];
	const run: Host['processes']['run'] = async (program, args) => {
		asked.push([program, ...args].join(' '));
		return result(script([program, ...args]));
	};
	return { host: { ...hostWithDisk({}), processes: { run } }, asked };
}
