import { accountFiles } from '../formats/accounts.ts';
import type { Interest } from '../model/rootfs.ts';
import { signatureMarks } from './signatures.ts';

/** What tells programs by their bytes, BusyBox whole for the list of its applets, what a Java home says of itself, the accounts. */
export const surfaceInterest: Interest = {
	paths: accountFiles,
	basenames: ['busybox', 'release'],
	marks: signatureMarks,
};
