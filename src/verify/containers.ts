import type { ProcessResult } from '../model/host.ts';
import type { Workspace } from './engine.ts';

/** How a container of ours is made. */
export interface ContainerRequest {
	readonly image: string;
	/** Replaces entry point and command: the program, then its arguments. Absent: as the image says. */
	readonly argv?: readonly string[];
	/** Flags of `docker run` that the user gave or a rehearsal needs; they come after ours and win. */
	readonly flags?: readonly string[];
	/** `none` unless said. */
	readonly network?: string;
	readonly readOnly?: boolean;
	/** The engine's own privileges, as who does not think of them has them; else none. */
	readonly privileges?: 'default';
	/** A tar archive that is laid over its root before the start. */
	readonly files?: Uint8Array;
	readonly timeoutMs?: number;
}

/** What became of a container. */
export interface Ran {
	/** False: the engine could not start its program. */
	readonly started: boolean;
	readonly running: boolean;
	/** 126 and 127 without a start: the program cannot be run, or is not there. */
	readonly exitCode: number;
	/** Both outputs, up to a limit of 1 MiB; of a container that never started the engine's own message. */
	readonly output: string;
	readonly durationMs: number;
	readonly timedOut: boolean;
	readonly outOfMemory: boolean;
}

const bounds = ['--pids-limit', '512', '--memory', '1g', '--cpus', '2'];
/** Nothing that a service in production would miss. */
const noPrivileges = ['--security-opt', 'no-new-privileges', '--cap-drop', 'ALL'];
const outputLimit = 1024 * 1024;
/** Of a container that was never started. */
const never = '0001-01-01T00:00:00Z';

export function createArguments(workspace: Workspace, request: ContainerRequest): readonly string[] {
	const [program, ...rest] = request.argv ?? [];
	return [
		'create',
		'--label',
		workspace.label,
		...bounds,
		...(request.privileges === 'default' ? [] : noPrivileges),
		...networkOf(request),
		...(request.readOnly ? ['--read-only', '--tmpfs', '/tmp'] : []),
		...(request.flags ?? []),
		...(program === undefined ? [] : ['--entrypoint', program]),
		'--',
		request.image,
		...rest,
	];
}

/** Ours, unless the user's own flags name one: engines refuse a second. */
function networkOf({ network, flags = [] }: ContainerRequest): readonly string[] {
	return flags.some((flag) => /^--net(?:work)?(?:=|$)/.test(flag)) ? [] : ['--network', network ?? 'none'];
}

/** The id of a container that was made, or what the engine said. */
export async function create(
	workspace: Workspace,
	request: ContainerRequest,
): Promise<{ readonly id: string } | { readonly refused: string }> {
	await makeVolumes(workspace, request.flags ?? []);
	const { exitCode, stdout, stderr } = await workspace.run(createArguments(workspace, request));
	const id = stdout.trim().split('\n').at(-1) ?? '';
	return exitCode === 0 && id !== '' ? { id } : { refused: engineMessage(stderr) };
}

/** A volume that a flag names and nobody has made yet is made by us, with our mark: the engine would make it without. */
async function makeVolumes(workspace: Workspace, flags: readonly string[]): Promise<void> {
	for (const flag of flags) {
		const name = /^(?:-v|--volume)=?([A-Za-z0-9][\w.-]*):/.exec(flag)?.[1] ?? mountedVolume(flag);
		if (name === undefined || (await workspace.run(['volume', 'inspect', '--', name])).exitCode === 0) continue;
		await workspace.run(['volume', 'create', '--label', workspace.label, '--', name]);
	}
}

function mountedVolume(flag: string): string | undefined {
	if (!flag.startsWith('--mount=') || /[=,]type=(?!volume)/.test(flag)) return undefined;
	return /[=,](?:source|src)=([A-Za-z0-9][\w.-]*)/.exec(flag)?.[1];
}

export async function remove(workspace: Workspace, id: string): Promise<void> {
	await workspace.run(['rm', '--force', '--volumes', '--', id]);
}

/** Runs a container to its end, or to the time-out, and removes it. */
export async function runToEnd(workspace: Workspace, request: ContainerRequest): Promise<Ran> {
	const began = workspace.clock();
	const made = await create(workspace, request);
	if ('refused' in made) return { ...notStarted, output: made.refused, durationMs: workspace.clock() - began };
	try {
		if (request.files !== undefined) await workspace.run(['cp', '-', `${made.id}:/`], { input: request.files });
		const options = { timeoutMs: request.timeoutMs ?? 120_000, maxOutput: outputLimit };
		const start = workspace.clock();
		const result = await workspace.run(['start', '--attach', '--', made.id], options);
		const durationMs = workspace.clock() - start;
		const state = await stateOf(workspace, made.id, result);
		const exitCode = state.started || workspace.engine.startTells ? state.exitCode : await codeOfRun(workspace, request);
		return { ...state, exitCode, durationMs, timedOut: result.timedOut === true };
	} finally {
		await remove(workspace, made.id);
	}
}

/** What could not be started is asked for again, the way in which the engine says why. */
async function codeOfRun(workspace: Workspace, request: ContainerRequest): Promise<number> {
	const [, ...flags] = createArguments(workspace, request);
	return (await workspace.run(['run', '--rm', ...flags])).exitCode;
}

const notStarted: Ran = { started: false, running: false, exitCode: 125, output: '', durationMs: 0, timedOut: false, outOfMemory: false };

/** What the engine knows of a container; `said` is what starting it printed. Told by state and exit code, never by wording. */
export async function stateOf(workspace: Workspace, id: string, said: ProcessResult): Promise<Ran> {
	const { stdout, exitCode } = await workspace.run(['container', 'inspect', '--format', '{{json .State}}', '--', id]);
	const state = exitCode === 0 ? stateFields(stdout) : undefined;
	if (state === undefined) return { ...notStarted, output: engineMessage(said.stderr) };
	const started = !state.startedAt.startsWith(never.slice(0, 10));
	const error = state.error === '' ? said.stderr : state.error;
	return {
		started,
		running: state.running,
		exitCode: state.exitCode === 0 && !started ? said.exitCode : state.exitCode,
		output: started ? `${said.stdout}${said.stderr}` : engineMessage(error),
		durationMs: 0,
		timedOut: false,
		outOfMemory: state.outOfMemory,
	};
}

interface StateFields {
	readonly running: boolean;
	readonly exitCode: number;
	readonly error: string;
	readonly startedAt: string;
	readonly outOfMemory: boolean;
	/** `starting`, `healthy`, `unhealthy`; empty without a health check. */
	readonly health: string;
	/** How many checks have failed in a row. */
	readonly healthFailures: number;
	/** What the last check printed. */
	readonly healthOutput: string;
}

/** `.State` of `container inspect`, checked; undefined when it is no such object. */
export function stateFields(json: string): StateFields | undefined {
	const state = parsed(json);
	if (state === undefined) return undefined;
	const health = record(state['Health'] ?? state['Healthcheck']);
	const log: unknown = health?.['Log'];
	const last = record(Array.isArray(log) ? log.at(-1) : undefined);
	return {
		running: state['Running'] === true,
		exitCode: typeof state['ExitCode'] === 'number' ? state['ExitCode'] : 0,
		error: text(state['Error']),
		startedAt: text(state['StartedAt']),
		outOfMemory: state['OOMKilled'] === true,
		health: text(health?.['Status']),
		healthFailures: typeof health?.['FailingStreak'] === 'number' ? health['FailingStreak'] : 0,
		healthOutput: text(last?.['Output']).slice(0, 2000),
	};
}

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
	try {
		return record(JSON.parse(json));
	} catch {
		return undefined;
	}
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** The last of a long output: what went wrong stands there. */
export function tail(output: string, limit = 4000): string {
	return output.length > limit ? `…${output.slice(-limit)}` : output;
}

/** An engine's complaint without its advice. */
export function engineMessage(stderr: string): string {
	return tail(
		stderr
			.split('\n')
			.filter((line) => line.trim() !== '' && !/^(Run '|See '|DEPRECATED|\s+Install the buildx|\s+environment-variable)/.test(line))
			.join('\n')
			.trim(),
	);
}
