import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { FootingError } from '../model/errors.ts';
import type { Processes, ProcessResult } from '../model/host.ts';
import { quote } from '../model/quote.ts';
import { beforeEnd } from './endings.ts';

const defaultMaxOutput = 1024 * 1024;
/** How long a program may take to end after it was asked to, before it is killed. */
const grace = 2000;

/** Other programs, never through a shell. */
export function createProcesses(env: Readonly<Record<string, string | undefined>>): Processes {
	const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
	return {
		...(terminal ? { attend: (program: string, args: readonly string[]) => attend(program, args, env) } : {}),
		run: (program, args, options = {}) =>
			new Promise<ProcessResult>((resolve, reject) => {
				const child = start(program, args, { env, inputFile: options.inputFile });
				const stdout = gather(child.stdout as Readable, options.maxOutput ?? defaultMaxOutput);
				const stderr = gather(child.stderr as Readable, options.maxOutput ?? defaultMaxOutput);
				let timedOut = false;
				const timers: NodeJS.Timeout[] = [];
				if (options.timeoutMs !== undefined) {
					const end = (): void => {
						timedOut = true;
						child.kill('SIGTERM');
						timers.push(setTimeout(() => child.kill('SIGKILL'), grace));
					};
					timers.push(setTimeout(end, options.timeoutMs));
				}
				const forget = beforeEnd(() => void child.kill('SIGTERM'));
				const settled = (): void => {
					forget();
					timers.forEach(clearTimeout);
				};
				child.on('error', (error: NodeJS.ErrnoException) => {
					settled();
					reject(cannotRun(program, error));
				});
				child.on('close', (code, signal) => {
					settled();
					const exitCode = code ?? 128 + (signalNumbers.get(signal ?? '') ?? 0);
					resolve({ exitCode, stdout: stdout(), stderr: stderr(), ...(timedOut ? { timedOut } : {}) });
				});
				// a program that does not read its input is no failure of ours
				child.stdin?.on('error', () => {});
				child.stdin?.end(options.input ?? '');
			}),
	};
}

interface StartOptions {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly inputFile: string | undefined;
}

/** The file is the program's own once it runs. */
function start(program: string, args: readonly string[], { env, inputFile }: StartOptions): ChildProcess {
	const input = inputFile === undefined ? 'pipe' : openSync(inputFile, 'r');
	try {
		return spawn(program, [...args], { env: { ...env }, stdio: [input, 'pipe', 'pipe'], windowsHide: true });
	} finally {
		if (typeof input === 'number') closeSync(input);
	}
}

/** The program has the terminal; a Ctrl-C there is its own affair. */
function attend(program: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, [...args], { env: { ...env }, stdio: 'inherit' });
		const forget = beforeEnd(() => void child.kill('SIGTERM'));
		child.on('error', (error: NodeJS.ErrnoException) => {
			forget();
			reject(cannotRun(program, error));
		});
		child.on('close', (code, signal) => {
			forget();
			resolve(code ?? 128 + (signalNumbers.get(signal ?? '') ?? 0));
		});
	});
}

const signalNumbers: ReadonlyMap<string, number> = new Map([
	['SIGHUP', 1],
	['SIGINT', 2],
	['SIGABRT', 6],
	['SIGKILL', 9],
	['SIGSEGV', 11],
	['SIGTERM', 15],
]);

/** Keeps the first `limit` bytes and lets the rest pass, so that the program does not stall. */
function gather(stream: NodeJS.ReadableStream, limit: number): () => string {
	const chunks: Buffer[] = [];
	let kept = 0;
	stream.on('data', (chunk: Buffer) => {
		if (kept >= limit) return;
		const part = chunk.subarray(0, limit - kept);
		chunks.push(part);
		kept += part.length;
	});
	return () => Buffer.concat(chunks).toString('utf8');
}

function cannotRun(program: string, cause: NodeJS.ErrnoException): FootingError {
	const why = cause.code === 'ENOENT' ? 'there is no such program' : cause.code === 'EACCES' ? 'permission denied' : cause.message;
	return new FootingError('not-found', `cannot run ${quote(program)}: ${quote(why)}`, { cause });
}
