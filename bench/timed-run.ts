import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TimedRun {
	/** Milliseconds of wall clock, process start and end included. */
	readonly milliseconds: number;
	/** Milliseconds of processor time, of the process and of those it waited for; in steps of 10. */
	readonly cpuMilliseconds: number;
	/** Largest resident size that was seen, bytes (VmHWM, asked every 20 ms). */
	readonly peakBytes: number;
	readonly stdout: string;
	readonly exitCode: number;
}

/** Runs one command as a whole process. `NODE_EXTRA_CA_CERTS` is left out: it costs Node 40 ms at each start. */
export async function timedRun(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<TimedRun> {
	const file = join(tmpdir(), `footing-bench-${process.pid}.out`);
	const out = openSync(file, 'w');
	const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
	const cpuBefore = childrenCpu();
	const started = process.hrtime.bigint();
	const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', out, 'ignore'], env: { ...inherited, ...env } });
	let peakBytes = 0;
	const sample = setInterval(() => {
		peakBytes = Math.max(peakBytes, highWater(child.pid));
	}, 20);
	const exitCode = await new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 255));
	});
	const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
	const cpuMilliseconds = childrenCpu() - cpuBefore;
	clearInterval(sample);
	closeSync(out);
	const stdout = readFileSync(file, 'utf8');
	rmSync(file);
	return { milliseconds, cpuMilliseconds, peakBytes, stdout, exitCode };
}

/** Processor time of the children that have ended (proc(5), cutime and cstime, clock ticks of 10 ms). */
function childrenCpu(): number {
	const text = readFileSync('/proc/self/stat', 'latin1');
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return 10 * (Number(fields[13]) + Number(fields[14]));
}

function highWater(pid: number | undefined): number {
	try {
		const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
		return Number(kilobytes ?? 0) * 1024;
	} catch {
		return 0;
	}
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
