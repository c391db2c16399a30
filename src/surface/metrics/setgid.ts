import { countEntries, rights } from '../count-entries.ts';
import type { Metric } from '../metric.ts';

/** `find -type f -perm -2000`. */
export const setgid: Metric<'setgid'> = {
	title: 'setgid files',
	unit: 'items',
	begin: (scene) => countEntries(scene, (e) => e.type === 'file' && (e.mode & 0o2000) !== 0, rights),
};
