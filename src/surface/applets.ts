import type { Rootfs } from '../model/rootfs.ts';
import type { Program } from './program.ts';

/**
 * Names of BusyBox's applets, read from its bytes: one text after the other, each ended by NUL, in alphabetical order
 * beginning with `[`. Undefined when the list is not found. An applet needs no link: `busybox NAME` starts it.
 */
export async function busyboxApplets(rootfs: Rootfs, program: Program): Promise<readonly string[] | undefined> {
	if (program.entry.size > 16 * 1024 * 1024) return undefined;
	const body = await rootfs.read(program.entry.path, { limit: 16 * 1024 * 1024 });
	return body === undefined ? undefined : appletList(body);
}

/** The longest run of sorted, NUL-ended names. */
export function appletList(bytes: Uint8Array): readonly string[] | undefined {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	let best: readonly string[] = [];
	for (const anchor of ['\0[\0', '\0acpid\0', '\0addgroup\0', '\0ash\0', '\0awk\0', '\0cat\0', '\0sh\0']) {
		for (let at = buffer.indexOf(anchor, 0, 'latin1'), tries = 0; at !== -1 && tries < 64; tries += 1) {
			const run = sortedRun(buffer, at + 1);
			if (run.length > best.length) best = run;
			at = buffer.indexOf(anchor, at + 1, 'latin1');
		}
		if (best.length >= 20) return best;
	}
	return best.length >= 2 ? best : undefined;
}

const longestName = 24;
const mostNames = 1000;

function sortedRun(buffer: Buffer, start: number): readonly string[] {
	const names: string[] = [];
	let before = '';
	for (let at = start; names.length < mostNames; ) {
		const end = buffer.indexOf(0, at);
		if (end <= at || end - at > longestName) break;
		const name = buffer.toString('latin1', at, end);
		if (name <= before || !/^(?:\[{1,2}|[a-z0-9][a-zA-Z0-9_.+-]*)$/.test(name)) break;
		names.push(name);
		before = name;
		at = end + 1;
	}
	return names;
}
