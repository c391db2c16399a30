import { defines } from '../../../formats/elf-lookup.ts';
import type { Process } from '../process.ts';
import type { FileRole } from './find-files.ts';

const shells = /\/(sh|bash|dash|ash|busybox|env|tini|dumb-init|su-exec|gosu)$/;

/** The process that opens files of this role: for Python the one that offers its C interface, else the last that is no shell. */
export function hostOf(role: FileRole, processes: readonly Process[]): Process | undefined {
	if (role === 'python') return processes.find((process) => process.objects.some(({ elf }) => defines(elf, 'PyModule_Create2')));
	return processes.findLast((process) => process.libc !== 'none' && !shells.test(process.objects[0]?.name ?? ''));
}
