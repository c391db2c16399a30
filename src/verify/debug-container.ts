import type { DebugReport } from '../model/debug-report.ts';
import { FootingError } from '../model/errors.ts';
import { quote } from '../model/quote.ts';
import { engineMessage, stateFields, tail } from './containers.ts';
import type { Workspace } from './engine.ts';

export interface DebugRequest {
	/** Name or id. */
	readonly container: string;
	/** `root` has what it takes to look at any process; `same` is the user of the target. */
	readonly user: 'root' | 'same';
	/** Run with a shell instead of giving the terminal away. */
	readonly command?: string;
	/** An image with a shell. */
	readonly toolbox: string;
	/** The toolbox is made of BusyBox: it can be laid beside the files of a container that has ended. */
	readonly portable: boolean;
}

export type Debugged = Pick<DebugReport, 'state' | 'root' | 'user' | 'ran'>;

/** Where the tools lie beside the files of a container that has ended. */
const toolsPath = '/.footing';
const bounds = ['--pids-limit', '512', '--security-opt', 'no-new-privileges'];

/**
 * A toolbox beside a container, which is only looked at: it shares the namespaces of a running one, whose root is
 * `/proc/1/root`. Of one that has ended a copy is made, as it was left, with the tools in a directory of their own.
 * @throws FootingError `not-found`, `unsupported`
 */
export async function debugContainer(workspace: Workspace, request: DebugRequest): Promise<Debugged> {
	const { state, user } = await lookAt(workspace, request.container);
	const who = request.user === 'root' ? '' : state.running ? await userOf(workspace, request) : user;
	const place = state.running ? beside(request, who) : await copied(workspace, request, who);
	const ran = await use(workspace, request, place);
	return { state, root: place.root, user: who, ...(ran === undefined ? {} : { ran }) };
}

interface Place {
	/** Flags of `docker run`. */
	readonly flags: readonly string[];
	readonly image: string;
	/** The shell, ready for its arguments. */
	readonly shell: readonly string[];
	readonly root: string;
}

async function lookAt(
	workspace: Workspace,
	container: string,
): Promise<{ readonly state: NonNullable<Debugged['state']>; readonly user: string }> {
	const shown = await workspace.run(['container', 'inspect', '--format', '{{json .State}}\n{{.Config.User}}', '--', container]);
	const [json = '', user = ''] = shown.stdout.split('\n');
	const state = stateFields(json);
	if (shown.exitCode !== 0 || state === undefined)
		throw new FootingError('not-found', `cannot debug ${quote(container)}: ${quote(engineMessage(shown.stderr), 300)}`);
	const log = await workspace.run(['logs', '--tail', '20', '--', container]);
	const { running, exitCode, outOfMemory, error } = state;
	return { state: { running, exitCode, outOfMemory, error, log: tail(`${log.stdout}${log.stderr}`) }, user: user.trim() };
}

/** Its number and that of its group, which both have to be the same for its files to be seen: of its first process, proc(5). */
async function userOf(workspace: Workspace, { container, toolbox }: DebugRequest): Promise<string> {
	const look = ['--pid', `container:${container}`, '--network', 'none', '--entrypoint', '/bin/cat', '--', toolbox, '/proc/1/status'];
	const { stdout } = await workspace.run(['run', '--rm', '--label', workspace.label, ...bounds, ...look]);
	const [uid, gid] = ['Uid', 'Gid'].map((name) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(stdout)?.[1]);
	if (uid === undefined || gid === undefined)
		throw new FootingError('unsupported', `cannot debug ${quote(container)} as its own user: its processes are not to be seen`);
	return `${uid}:${gid}`;
}

/** Root of the toolbox may look at processes of any user (ptrace(2), PTRACE_MODE_READ_FSCREDS); the same user may without that. */
function beside({ container, toolbox, user }: DebugRequest, who: string): Place {
	const shared = ['--pid', `container:${container}`, '--network', `container:${container}`];
	// root's processes may have capabilities, and only who has no fewer may look at them
	const dropped = who.startsWith('0:') ? [] : ['--cap-drop', 'ALL'];
	const rights = user === 'root' ? ['--user', '0', '--cap-add', 'SYS_PTRACE'] : [...dropped, '--user', who];
	return { flags: [...shared, ...rights], image: toolbox, shell: ['/bin/sh'], root: '/proc/1/root' };
}

/** What a container has written is kept in its stopped state; a commit of it is an image of ours, the container stays as it is. */
async function copied(workspace: Workspace, { container, toolbox, portable, user }: DebugRequest, who: string): Promise<Place> {
	if (!portable)
		throw new FootingError(
			'unsupported',
			`cannot debug ${quote(container)}: it has ended, and only a static BusyBox can be laid beside its files`,
			{
				hint: 'leave --toolbox out where this machine has a static BusyBox',
			},
		);
	const committed = await built(workspace, ['commit', '--change', `LABEL ${workspace.label}`, '--', container]);
	const text = [`FROM ${committed}`, `LABEL ${workspace.label}`, `COPY --from=${toolbox} /bin/ ${toolsPath}/`, ''].join('\n');
	const image = await built(
		workspace,
		['build', ...workspace.engine.buildFlags, '--quiet', '--force-rm', '--label', workspace.label, '-'],
		text,
	);
	const rights = user === 'root' ? ['--user', '0'] : ['--cap-drop', 'ALL', ...(who === '' ? [] : ['--user', who])];
	const path = `PATH=${toolsPath}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
	return { flags: ['--network', 'none', '--env', path, ...rights], image, shell: [`${toolsPath}/busybox`, 'sh'], root: '/' };
}

async function built(workspace: Workspace, args: readonly string[], input?: string): Promise<string> {
	const result = await workspace.run(args, input === undefined ? {} : { input });
	const image = result.stdout.trim().split('\n').at(-1) ?? '';
	if (result.exitCode === 0 && image !== '') return image;
	throw new FootingError(
		'unsupported',
		`cannot copy the container with ${workspace.engine.name}: ${quote(engineMessage(result.stderr), 400)}`,
	);
}

async function use(workspace: Workspace, { command }: DebugRequest, place: Place): Promise<Debugged['ran']> {
	const [program = '', ...rest] = place.shell;
	const common = ['run', '--rm', '--label', workspace.label, ...bounds, ...place.flags, '--entrypoint', program];
	if (command === undefined) {
		if (workspace.attend === undefined)
			throw new FootingError('bad-usage', 'cannot open a shell: there is no terminal', {
				hint: 'say what is to be run with --run COMMAND',
			});
		await workspace.attend([...common, '--interactive', '--tty', '--', place.image, ...rest]);
		return undefined;
	}
	const argv = [...rest, '-c', command];
	const { exitCode, stdout, stderr } = await workspace.run([...common, '--', place.image, ...argv]);
	return { command: [program, ...argv], exitCode, output: tail(`${stdout}${stderr}`, 64 * 1024) };
}
