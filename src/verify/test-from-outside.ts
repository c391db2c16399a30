import type { ReportedTests } from '../model/report.ts';
import { create, remove, stateOf, tail } from './containers.ts';
import type { Workspace } from './engine.ts';

export interface OutsideRequest {
	/** An image with the tools that the tests take. */
	readonly image: string;
	/** A command line for its shell, or a program with its arguments. */
	readonly test: string | readonly string[];
	/** The sources, which are copied to its working directory. */
	readonly directory: string;
	/** The port on which the application has answered. */
	readonly port?: string;
	readonly timeoutMs: number;
	readonly record?: (title: string, text: string) => void;
}

const place = '/footing';

/** Runs tests in a second container that shares the network of the application's, which runs as it would in production. */
export async function testFromOutside(workspace: Workspace, container: string, request: OutsideRequest): Promise<ReportedTests> {
	const { image, test, port } = request;
	const argv = typeof test === 'string' ? ['/bin/sh', '-c', test] : test;
	const told = { command: argv, outside: image };
	const url = port === undefined ? [] : ['--env', `FOOTING_URL=http://127.0.0.1:${port}`];
	const flags = ['--workdir', place, ...url];
	const made = await create(workspace, { image, argv, flags, network: `container:${container}` });
	if ('refused' in made)
		return { ...told, answer: 'unknown', because: 'the engine cannot make the container of the tests', output: made.refused };
	try {
		const copied = await workspace.run(['cp', `${request.directory}/.`, `${made.id}:${place}`]);
		if (copied.exitCode !== 0) return { ...told, answer: 'unknown', because: 'the sources cannot be copied', output: tail(copied.stderr) };
		const began = workspace.clock();
		const said = await workspace.run(['start', '--attach', '--', made.id], { timeoutMs: request.timeoutMs });
		const durationMs = workspace.clock() - began;
		const ran = await stateOf(workspace, made.id, said);
		request.record?.(`its tests, from ${image}: ${argv.join(' ')}`, ran.output);
		return { ...told, ...outcome(ran, said.timedOut === true), exitCode: ran.exitCode, durationMs, output: tail(ran.output) };
	} finally {
		await remove(workspace, made.id);
	}
}

/** A program that cannot be started there says nothing about the application. */
function outcome(
	{ started, exitCode }: { readonly started: boolean; readonly exitCode: number },
	timedOut: boolean,
): Pick<ReportedTests, 'answer' | 'because' | 'timedOut'> {
	if (!started) return { answer: 'unknown', because: 'the tests cannot be started in that image' };
	if (timedOut) return { answer: 'fails', timedOut, because: 'from outside, over its port; they did not end in time' };
	return { answer: exitCode === 0 ? 'holds' : 'fails', because: 'from outside, over its port' };
}
