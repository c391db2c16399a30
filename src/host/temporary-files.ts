import { closeSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FootingError } from '../model/errors.ts';
import type { TemporaryFile } from '../model/host.ts';
import { beforeEnd } from './endings.ts';

/** Who we are, for the name of the directory: user, process, and the space in which the process number is one. */
function identity(): { readonly prefix: string; readonly space: string } {
	let space = '0';
	try {
		space = /[0-9]+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
	} catch {
		// no /proc: one space for all
	}
	return { prefix: `footing-${process.getuid?.() ?? 0}-`, space };
}

let directory: string | undefined;
let files = 0;

function removeDirectory(): void {
	if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
	directory = undefined;
}

/** Made with the first file, 0700, and removed however the process ends; a kill leaves it to the next start's sweep. */
function ownDirectory(): string {
	if (directory !== undefined) return directory;
	const { prefix, space } = identity();
	directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}.${space}-`));
	process.once('exit', removeDirectory);
	beforeEnd(removeDirectory);
	return directory;
}

export async function createTemporaryFile(beside?: { readonly file: TemporaryFile; readonly suffix: string }): Promise<TemporaryFile> {
	files += 1;
	const path = attempt('make', () => (beside === undefined ? join(ownDirectory(), String(files)) : `${beside.file.path}${beside.suffix}`));
	const descriptor = attempt('make', () => openSync(path, 'wx', 0o600));
	let open = true;
	return {
		path,
		append(chunk) {
			attempt('write', () => {
				for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
			});
		},
		async close() {
			if (!open) return;
			open = false;
			closeSync(descriptor);
			rmSync(path, { force: true });
		},
	};
}

function attempt<T>(doing: string, run: () => T): T {
	try {
		return run();
	} catch (error) {
		throw failed(doing, error);
	}
}

function failed(doing: string, cause: unknown): FootingError {
	const code = (cause as NodeJS.ErrnoException).code;
	const why = code === 'ENOSPC' ? 'the disk is full' : (cause as Error).message;
	return new FootingError('temporary-file', `cannot ${doing} a temporary file: ${why}`, { cause });
}

/** Removes what processes of this user that were killed left behind. Never fails: it is not what the user asked for. */
export function sweepTemporaryFiles(parent: string = tmpdir()): void {
	const { prefix, space } = identity();
	let names: string[] = [];
	try {
		names = readdirSync(parent);
	} catch {
		return;
	}
	for (const name of names) {
		const owner = name.startsWith(prefix) ? /^([1-9][0-9]{0,9})\.([0-9]+)-[A-Za-z0-9]{6}$/.exec(name.slice(prefix.length)) : null;
		if (owner === null || owner[2] !== space || isAlive(Number(owner[1]))) continue;
		try {
			rmSync(join(parent, name), { recursive: true, force: true });
		} catch {
			// somebody else's, or just being removed
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}
