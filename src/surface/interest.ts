import type { Interest } from '../model/rootfs.ts';
import { signatureMarks } from './signatures.ts';

/** What tells programs by their bytes, BusyBox whole for the list of its applets, and what a Java home says of itself. */
export const surfaceInterest: Interest = {
	basenames: ['busybox', 'release'],
	marks: signatureMarks,
};
