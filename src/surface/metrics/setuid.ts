import { countEntries, rights } from '../count-entries.ts';
import type { Metric } from '../metric.ts';

/** `find -type f -perm -4000`. */
export const setuid: Metric<'setuid'> = {
	title: 'setuid files',
	unit: 'items',
	begin: (scene) => countEntries(scene, (e) => e.type === 'file' && (e.mode & 0o4000) !== 0, rights),
};
