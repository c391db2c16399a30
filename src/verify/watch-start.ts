import type { ReportedStart } from '../model/report.ts';
import { create, engineMessage, remove, stateFields, stateOf, tail } from './containers.ts';
import type { Workspace } from './engine.ts';
import type { Toolbox } from './toolbox.ts';
import { askPorts } from './toolbox-scripts.ts';
import { watchHealth } from './watch-health.ts';

export interface StartRequest {
	readonly image: string;
	/** Ports that the image exposes, numbers only. */
	readonly ports: readonly string[];
	/** What is asked for over HTTP. */
	readonly path: string;
	readonly hasHealthcheck: boolean;
	readonly flags: readonly string[];
	readonly readOnly: boolean;
	readonly waitMs: number;
	readonly toolbox: Toolbox;
	/** A text in its output that says that it is ready: then no port is asked. */
	readonly logLine?: string;
	/** Called when it is ready, while it still runs; `port` is the one that has answered. */
	readonly whenReady?: (container: string, port: string | undefined) => Promise<void>;
	/** Is given all that it wrote. */
	readonly record?: (title: string, text: string) => void;
}

const pause = 250;

/**
 * Starts the image as production would, without a network, and looks at it from outside: it ends with exit code 0, or it
 * answers on a port and its health check agrees. What only runs and says nothing is `unknown`.
 */
export async function watchStart(workspace: Workspace, request: StartRequest): Promise<ReportedStart> {
	const began = workspace.clock();
	const flags = [...(request.hasHealthcheck ? ['--health-interval', '1s'] : []), ...request.flags];
	const made = await create(workspace, { image: request.image, flags, readOnly: request.readOnly });
	if ('refused' in made) return { answer: 'fails', because: 'the engine cannot make the container', durationMs: 0, output: made.refused };
	try {
		const said = await workspace.run(['start', '--', made.id]);
		const state = await stateOf(workspace, made.id, said);
		const seen = state.started ? await watch(workspace, made.id, request) : notStarted(state.output, state.exitCode);
		if (seen.answer === 'holds' && seen.exitCode === undefined) await request.whenReady?.(made.id, seen.port);
		const log = state.started ? await logOf(workspace, made.id) : '';
		request.record?.('what it wrote after its start', log);
		const output = state.started ? `${seen.output ?? ''}${log}` : state.output;
		const durationMs = (seen.readyAt ?? workspace.clock()) - began;
		const { answer, because, exitCode, respondMs } = seen;
		return {
			answer,
			because,
			...(exitCode === undefined ? {} : { exitCode }),
			durationMs,
			...(respondMs === undefined ? {} : { respondMs }),
			output: tail(output),
		};
	} finally {
		await remove(workspace, made.id);
	}
}

interface Seen {
	readonly answer: ReportedStart['answer'];
	readonly because: string;
	readonly exitCode?: number;
	readonly output?: string;
	/** By the clock of the workspace; absent when it never was. */
	readonly readyAt?: number;
	readonly respondMs?: number;
	/** That answered. */
	readonly port?: string;
}

function notStarted(message: string, exitCode: number): Seen {
	const missing = exitCode === 127 || exitCode === 126;
	return { answer: 'fails', because: missing ? 'its program cannot be started' : 'the engine cannot start it', exitCode, output: message };
}

/** Whichever comes first: its end, an answer, or the end of patience. The one that asks is removed as soon as it is not needed. */
async function watch(workspace: Workspace, id: string, request: StartRequest): Promise<Seen> {
	const asker = await startAsking(workspace, id, request);
	try {
		return await watchWith(workspace, id, request, asker?.answer);
	} finally {
		if (asker !== undefined) await remove(workspace, asker.id);
	}
}

async function watchWith(workspace: Workspace, id: string, request: StartRequest, asking: Promise<Seen> | undefined): Promise<Seen> {
	const deadline = workspace.clock() + request.waitMs;
	let seen: Seen | undefined;
	void asking?.then((answer) => (seen = answer));
	while (seen === undefined && workspace.clock() < deadline) {
		const ended = await endOf(workspace, id);
		if (ended !== undefined) return ended;
		if (request.logLine !== undefined && (await logOf(workspace, id)).includes(request.logLine))
			seen = { answer: 'holds', because: `it said "${request.logLine}"`, readyAt: workspace.clock() };
		else await workspace.sleep(pause);
	}
	const last = seen ?? { answer: 'unknown', because: silence(request) };
	return (await endOf(workspace, id)) ?? (await withHealth(workspace, id, request, last));
}

function silence({ toolbox, logLine }: StartRequest): string {
	if (logLine !== undefined) return `it runs, and never said "${logLine}"`;
	return 'missing' in toolbox ? `it runs, and nothing could be asked of it: ${toolbox.missing}` : 'it runs, and nothing was heard of it';
}

/** Health is asked for where the image has a check; it outweighs an answer. */
async function withHealth(workspace: Workspace, id: string, request: StartRequest, seen: Seen): Promise<Seen> {
	if (!request.hasHealthcheck || seen.answer === 'fails') return seen;
	const health = await watchHealth(workspace, id, request.waitMs);
	if (health.answer === 'holds')
		return { ...seen, answer: 'holds', because: seen.answer === 'holds' ? `${seen.because}; ${health.because}` : health.because };
	return { ...health, output: `${health.output}\n${seen.output ?? ''}` };
}

async function endOf(workspace: Workspace, id: string): Promise<Seen | undefined> {
	const { stdout } = await workspace.run(['container', 'inspect', '--format', '{{json .State}}', '--', id]);
	const state = stateFields(stdout);
	if (state === undefined || state.running) return undefined;
	if (state.exitCode === 0) return { answer: 'holds', because: 'it ran to its end with exit code 0', exitCode: 0 };
	const why = state.outOfMemory ? ': it was out of memory' : state.exitCode > 128 ? ` (signal ${state.exitCode - 128})` : '';
	return { answer: 'fails', because: `it ended with exit code ${state.exitCode}${why}`, exitCode: state.exitCode };
}

/** A second container that shares the network of the first and has the tools; none when a line in the log is waited for. */
async function startAsking(
	workspace: Workspace,
	id: string,
	request: StartRequest,
): Promise<{ readonly id: string; readonly answer: Promise<Seen> } | undefined> {
	if ('missing' in request.toolbox || request.logLine !== undefined) return undefined;
	const rounds = String(Math.max(1, Math.ceil(request.waitMs / 400)));
	const argv = ['/bin/sh', '-c', askPorts, 'sh', request.ports.join(' '), request.path, rounds];
	const made = await create(workspace, { image: request.toolbox.image, argv, network: `container:${id}` });
	// the first one may have ended by now: then there is no network to share
	if ('refused' in made) return undefined;
	const options = { timeoutMs: request.waitMs + 30_000, maxOutput: 16 * 1024 };
	const answer = workspace
		.run(['start', '--attach', '--', made.id], options)
		.then(({ stdout }) => heard(stdout, request.path, workspace.clock()));
	// when it is removed before, nobody waits for it
	answer.catch(() => {});
	return { id: made.id, answer };
}

/** Five further answers were waited for before `now`. */
function heard(output: string, path: string, now: number): Seen {
	const [first = '', ...rest] = output.split('\n');
	const answer = /^answer (\d+) (\d+) (\d*)$/.exec(first);
	if (answer === null) {
		const open = /^silent (.+)$/.exec(first)?.[1];
		const because = open === undefined ? 'it runs, and listens on no port' : `it listens on ${open}, and does not answer HTTP`;
		return { answer: 'unknown', because };
	}
	const because = `GET ${path} on port ${answer[1]} was answered ${answer[2]}`;
	const respondMs = Number(answer[3]) * 10;
	const seen = { because, output: `${rest.join('\n')}\n`, respondMs, readyAt: now - respondMs * 5, port: answer[1] ?? '' };
	return { ...seen, answer: Number(answer[2]) < 500 ? 'holds' : 'fails' };
}

async function logOf(workspace: Workspace, id: string): Promise<string> {
	const { stdout, stderr, exitCode } = await workspace.run(['logs', '--tail', '5000', '--', id]);
	return exitCode === 0 ? `${stdout}${stderr}` : engineMessage(stderr);
}
