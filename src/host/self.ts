import { readFileSync, readlinkSync } from 'node:fs';
import type { Self } from '../model/host.ts';

/**
 * This process as `SPACE-PID-START`: the space in which its number is one (the boot and the pid namespace), its number, and
 * when it started, because numbers are used again.
 */
export function createSelf(): Self {
	const space = spaceOfProcesses();
	return {
		id: `${space}-${process.pid}-${startOf(process.pid) ?? 0}`,
		isAlive(id) {
			const [where, pid, start] = id.split('-');
			if (where !== space || !/^[1-9][0-9]{0,9}$/.test(pid ?? '')) return undefined;
			return String(startOf(Number(pid)) ?? (exists(Number(pid)) ? 0 : -1)) === start;
		},
	};
}

function spaceOfProcesses(): string {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').replace(/[^0-9a-f]/g, '');
		return `${boot.slice(0, 12)}.${/[0-9]+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'}`;
	} catch {
		return 'one'; // no /proc: one space for all
	}
}

/** Field 22 of /proc/PID/stat (proc(5)), clock ticks since boot; the name before it may hold anything. A zombie is dead. */
function startOf(pid: number): number | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' ? undefined : Number(fields[19]);
	} catch {
		return undefined;
	}
}

/** Where there is no /proc. */
function exists(pid: number): boolean {
	if (spaceOfProcesses() !== 'one') return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}
