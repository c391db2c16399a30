import type { Interest } from '../model/rootfs.ts';
import { signatureMarks } from './signatures.ts';

/** What tells programs by their bytes, and BusyBox whole for the list of its applets. */
export const surfaceInterest: Interest = {
	basenames: ['busybox'],
	marks: signatureMarks,
};
