import type { Cause, Reading, Scene } from './message-kind.ts';
import { holds, open } from './message-kind.ts';
import { ownStartCauses } from './start-causes.ts';

interface Code {
	readonly what: string;
	readonly possible: Reading['possible'];
	/** What in the image can be looked at for it. */
	readonly look?: (scene: Scene) => Promise<readonly Cause[]>;
}

const memory = { what: 'the memory limit was reached: "docker inspect" says OOMKilled, Kubernetes the same as its reason' };
const slowStop = {
	what: 'it did not end within the time to stop (10 s; Kubernetes 30 s): a shell as PID 1 does not pass SIGTERM on',
	hint: 'use the exec form, or exec in the script',
};

/** What engines, shells and loaders end with; 128 + N is ended by signal N. */
const codes: ReadonlyMap<number, Code> = new Map<number, Code>([
	[
		0,
		{
			what: 'the program ended by itself and was content; a service should not',
			possible: [
				{ what: 'the command runs in the background and its shell ends' },
				{ what: 'an interpreter was given nothing to run and no input' },
			],
		},
	],
	[
		1,
		{
			what: 'the program ended with an error of its own; its last lines say which',
			possible: [{ what: 'the message above or below it tells', hint: 'give the last lines of the log to this command' }],
			look: ownStartCauses,
		},
	],
	[
		125,
		{
			what: 'the engine could not make the container; the program was never started',
			possible: [
				{
					what: 'a flag or a mount of "docker run" is wrong, or the user is not in the image',
					hint: 'give the message of the engine to this command',
				},
			],
		},
	],
	[
		126,
		{
			what: 'what is to be started is there and may not or cannot be executed',
			possible: [{ what: 'it has no execute bit for the user', hint: 'COPY --chmod=755' }, { what: 'it is a directory, or no program' }],
			look: ownStartCauses,
		},
	],
	[
		127,
		{
			what: 'what is to be started, or a library that it needs, is not there',
			possible: [
				{ what: 'the program, the shell or the interpreter is not in the image' },
				{ what: 'glibc’s loader misses a library: it ends with 127 too' },
			],
			look: ownStartCauses,
		},
	],
	[
		132,
		{
			what: 'SIGILL: the processor does not know an instruction',
			possible: [{ what: 'it was built for a newer processor (x86-64-v3, AVX), or runs under emulation' }],
		},
	],
	[134, { what: 'SIGABRT: the program or its C library gave up by itself', possible: [{ what: 'its last lines say why' }] }],
	[
		135,
		{ what: 'SIGBUS: memory that cannot be had', possible: [{ what: '/dev/shm is too small (64 MB by default)', hint: '--shm-size' }] },
	],
	[136, { what: 'SIGFPE: a division by zero, or an old program on a new processor', possible: [] }],
	[
		137,
		{
			what: 'SIGKILL: it was ended from outside',
			possible: [memory, slowStop],
			look: async (scene) => [...shellAsFirst(scene, slowStop.what, slowStop.hint), open(memory.what)],
		},
	],
	[
		139,
		{
			what: 'SIGSEGV: the program touched memory that is not its own',
			possible: [
				{
					what: 'a library for glibc was loaded on musl, and a function that musl does not have was called',
					hint: 'build it on the libc of the base',
				},
				{ what: 'the small stacks of threads on musl (128 KiB)', hint: 'set the stack size, or take a base with glibc' },
				{ what: 'a defect of the program or of a native addon' },
			],
			look: ownStartCauses,
		},
	],
	[
		143,
		{
			what: 'SIGTERM: it was asked to stop and had no way of its own to do so',
			possible: [{ what: 'the program does not handle SIGTERM; as an end of a stop this is no fault' }],
			look: async (scene) => shellAsFirst(scene, 'the program is started by a shell', 'use the exec form, or exec in the script'),
		},
	],
	[
		255,
		{
			what: 'the program ended with -1, or the engine could not start it',
			possible: [{ what: 'a missing loader or interpreter, or a program for another processor: newer engines end with 255 then' }],
			look: ownStartCauses,
		},
	],
]);

const signals = new Map([
	[1, 'SIGHUP'],
	[2, 'SIGINT'],
	[3, 'SIGQUIT'],
	[5, 'SIGTRAP'],
	[10, 'SIGUSR1'],
	[12, 'SIGUSR2'],
	[13, 'SIGPIPE'],
	[14, 'SIGALRM'],
	[24, 'SIGXCPU'],
	[25, 'SIGXFSZ'],
	[31, 'SIGSYS'],
]);

export function explainExitCode(code: number): Reading {
	const known = codes.get(code);
	if (known !== undefined)
		return {
			what: known.what,
			possible: known.possible,
			look: known.look ?? (async () => known.possible.map(({ what, hint }) => open(what, [], hint))),
		};
	const signal = signals.get(code - 128);
	const what =
		signal === undefined
			? 'a number of the program’s own: its documentation or its last lines say what it means'
			: `${signal}: it was ended by that signal`;
	return { what, possible: [], look: async () => [] };
}

function shellAsFirst({ standing: { config } }: Scene, what: string, hint: string | undefined): readonly Cause[] {
	const argv = [...config.entrypoint, ...config.command];
	const shell = /(^|\/)(ba|da|a)?sh$/.test(argv[0] ?? '') && argv[1] === '-c';
	return shell ? [holds(what, [{ path: 'image config', shows: argv.join(' ').slice(0, 300) }], hint)] : [];
}
